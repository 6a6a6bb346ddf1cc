"""The certificate of who came to a training."""

from typing import Any

from sqlalchemy import Row

from engage.clock import day_of
from engage.config import Settings
from engage.events.when import span
from engage.papers.pdf import LettersError, pdf
from engage.web.days import day
from engage.web.speaking import speaking


def certificate_pdf(settings: Settings, event: Row[Any], name: str) -> bytes:
    """The certificate as a PDF, in English.

    Where our typeface lacks the letters of a name, there is a line to write it on by hand.
    """
    held_on = day_of(event.ends_at)
    with speaking("en"):
        data = {
            "name": name,
            "title": event.title,
            "when": span(event.starts_at, event.ends_at),
            "place": event.place,
            "council": settings.council_name or "This council",
            "colour": settings.council_colour,
            "dated": day(held_on),
            "year": held_on.year,
            "month": held_on.month,
            "day": held_on.day,
        }
    try:
        return pdf("training", data)
    except LettersError:
        return pdf("training", data | {"name": ""})
