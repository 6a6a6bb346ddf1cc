"""Printed numbers as the reader's language writes them: 189.6 is 189,6 in Polish.

Figures are printed once, in English, by the rounding rule; here their marks alone are changed.
"""

import re

from babel.numbers import get_decimal_symbol, parse_decimal
from flask_babel import format_decimal, get_locale

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def in_language(printed: str) -> str:
    """Every number of a text that is printed in English, as the reader's language writes it."""
    return _NUMBER.sub(_written, printed)


def number_of(printed: str) -> float:
    """What a figure is that was printed in the reader's language: 66% and 66.0% are the same."""
    return float(parse_decimal(printed.rstrip("%"), locale=_locale()))


def _written(found: re.Match[str]) -> str:
    whole, point, decimals = found[0].partition(".")
    end = get_decimal_symbol(_locale()) + decimals if point else ""
    return format_decimal(int(whole.replace(",", ""))) + end if whole else found[0]


def _locale() -> str:
    return str(get_locale() or "en")
