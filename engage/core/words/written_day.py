"""A day as people write it, read back."""

import re
from calendar import month_name
from datetime import date

FORMS = "1 March 2027, 01/03/2027 or 2027-03-01"
"""How a day may be written, for messages."""

BRITISH = re.compile(r"([0-9]{1,2})[ /.-]+([0-9]{1,2}|[A-Za-z]{3,9})[ /.-]+([0-9]{4})")
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_day(written: str) -> date:
    """A day in words or numbers, the day before the month, or as ISO 8601 has it.

    Raises ValueError unless it is one from 2000 to 2100.
    """
    if found := ISO.fullmatch(written):
        year, month, day = found.groups()
    elif found := BRITISH.fullmatch(written):
        day, month, year = found.groups()
    else:
        raise ValueError(f"{written!r} is not a day. Write it as {FORMS}.")
    read = date(int(year), _month(month), int(day))
    if not 2000 <= read.year <= 2100:
        raise ValueError(f"{read} is too far away.")
    return read


def _month(written: str) -> int:
    """The number of a month given as a number, a name, or the beginning of a name."""
    if written.isdigit():
        return int(written)
    for number, name in enumerate(month_name):
        if name and name.lower().startswith(written.lower()):
            return number
    raise ValueError(f"{written!r} is not a month.")
