"""Dates and places in a ranking, in the words of the reader's language."""

from datetime import date

from babel import Locale
from babel.dates import format_date
from flask_babel import gettext

from engage.core.definition import days, places
from engage.web.language import ENGLISH, language

FIRST_DAY = 1
MONTH = "LLLL y"


def day(value: date) -> str:
    """A day as people write it: 3 March 2026."""
    return date_in_words(value.year * 10000 + value.month * 100 + value.day)


def date_in_words(number: int) -> str:
    """The number of a day or a month (see `engage.core.definition.days`) as people write it."""
    tag = language().tag
    if tag == ENGLISH.tag:
        return days.in_words(number)
    if number > 999_999:
        return format_date(date(*days.parts_of_day(number)), "long", locale=tag)
    return format_date(date(*divmod(number, 100), FIRST_DAY), MONTH, locale=tag)


def month_names() -> list[tuple[int, str]]:
    """The numbers of months with their names, in English and as the reader's language has them."""
    named = list(enumerate(days.MONTHS, 1))
    if language().tag != ENGLISH.tag:
        forms = Locale.parse(language().tag).months
        for context in ("format", "stand-alone"):
            named += [
                pair for width in ("wide", "abbreviated") for pair in forms[context][width].items()
            ]
    return named


def ordinal(place: int) -> str:
    """A place as people write it: 1st, 2nd, 3rd; other languages number their places."""
    if language().tag == ENGLISH.tag:
        return places.ordinal(place)
    return gettext("number %(number)s", number=place)
