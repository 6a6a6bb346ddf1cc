"""What an edition says besides its figures, in the reader's language.

It is stored in English. Sentences that the code has in a list are translated; any other stays
English, and is marked so.
"""

from dataclasses import replace

from flask_babel import gettext
from markupsafe import Markup

from engage.core.cleaning.words import REMOVES
from engage.published import removed
from engage.published.about import About
from engage.published.numerals import in_language
from engage.web.language import ENGLISH, language
from engage.web.marks import words_in

AT_LEAST = "at least "


def told(about: About) -> About:
    """The same with its words and its numbers of people as the reader's language has them."""
    if language().tag == ENGLISH.tag:
        return about
    return replace(
        about,
        received=_people(about.received),
        used=_people(about.used),
        removed=tuple(
            (sentence(label), _people(many), sentence(why)) for label, many, why in about.removed
        ),
        weighting=tuple(map(sentence, about.weighting)),
        caveat=sentence(about.caveat),
    )


def sentence(stored: str) -> str:
    """A stored sentence in the reader's language; one that nobody translated says it is English."""
    if not stored or language().tag == ENGLISH.tag:
        return stored
    said = gettext(stored)
    if said == stored:
        said = _of_several(stored)
    return words_in(stored, ENGLISH.code) if said == stored else Markup.escape(said)


def _of_several(stored: str) -> str:
    """Reasons that are told together, each by itself; the same text where one is unknown."""
    rest, said = stored, stored
    for each in (*REMOVES.values(), removed.OTHER):
        for text in filter(None, (each.reason, each.label)):
            new = gettext(text)
            if new != text and text in rest:
                rest, said = rest.replace(text, ""), said.replace(text, new)
    return stored if any(each.isalpha() for each in rest) else said


def _people(stored: str) -> str:
    known = {
        removed.FEW: gettext("fewer than 10"),
        removed.NEARLY: gettext("fewer than 10 more than we used"),
        "fewer than ten": gettext("fewer than ten"),
    }
    if stored in known:
        return known[stored]
    number = in_language(stored.removeprefix(AT_LEAST))
    if stored.startswith(AT_LEAST):
        return gettext("at least %(number)s", number=number)
    return number
