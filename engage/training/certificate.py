"""The certificate of who came to a training."""

from typing import Any

from flask_babel import gettext
from sqlalchemy import Row

from engage.clock import day_of
from engage.config import Settings
from engage.events.when import span
from engage.papers.pdf import LettersError, pdf
from engage.web.days import day
from engage.web.language import ENGLISH, language
from engage.web.speaking import speaking


def certificate_pdf(
    settings: Settings, event: Row[Any], name: str, code: str = ENGLISH.code
) -> bytes:
    """The certificate as a PDF, in the language of `code` where its words are translated.

    Else it is in English, as it is where our typeface lacks the letters of the language. Where it
    lacks those of the name, there is a line to write that on by hand.
    """
    english = _data(settings, event, name, ENGLISH.code)
    spoken = _data(settings, event, name, code)
    if spoken["lang"] == ENGLISH.code or _halves(english["words"], spoken["words"]):
        spoken = english
    for data in (spoken, english):
        try:
            return pdf("training", data)
        except LettersError:
            continue
    return pdf("training", english | {"name": ""})


def _data(settings: Settings, event: Row[Any], name: str, code: str) -> dict[str, Any]:
    """What the template asks for, in a language that this site may show, or else English."""
    held_on = day_of(event.ends_at)
    with speaking(code):
        return {
            "lang": language().code,
            "words": {
                "certificate": gettext("Certificate"),
                "name": gettext("Name:"),
                "part": gettext("took part in this training:"),
                "dated": gettext("Dated %(day)s.", day=day(held_on)),
            },
            "name": name,
            "title": event.title,
            "when": span(event.starts_at, event.ends_at),
            "place": event.place,
            "council": settings.council_name or gettext("Your council"),
            "colour": settings.council_colour,
            "year": held_on.year,
            "month": held_on.month,
            "day": held_on.day,
        }


def _halves(english: dict[str, str], spoken: dict[str, str]) -> bool:
    """Whether some words are not translated: half a paper in each language is none."""
    return any(spoken[each] == english[each] for each in english if each != "dated")
