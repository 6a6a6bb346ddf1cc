"""A whole number as a form or an address sends it: a version, a page, a year."""

from typing import TypeVar

DIGITS = 9
"""More than anything that is counted here has; databases hold no number of many more."""
Otherwise = TypeVar("Otherwise", int, None)


def whole_number(said: str | None, otherwise: Otherwise) -> int | Otherwise:
    """The number that is said in plain digits, or `otherwise` where none is or it is bent."""
    plain = said is not None and said.isascii() and said.isdigit() and len(said) <= DIGITS
    return int(said) if said is not None and plain else otherwise
