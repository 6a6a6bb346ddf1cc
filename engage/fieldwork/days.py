"""A day as three short boxes, which everyone can fill in whatever their browser."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.utils import unset_value

PARTS = ("day", "month", "year")


def read_day(written: Mapping[str, str]) -> date:
    """The day in three boxes; raises ValueError unless it is one from 2000 to 2100."""
    day, month, year = (_number(written[part]) for part in PARTS)
    found = date(year, month, day)
    if not 2000 <= year <= 2100:
        raise ValueError(f"{found} is too far away.")
    return found


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) <= 4):
        raise ValueError(f"{written!r} is not a number of up to four digits.")
    return int(written)


class DayField(Field):
    """Day, month and year; `data` is a date or nothing, `written` what stands in the boxes."""

    def __init__(self, label: str, *, missing: str = "", **given: Any) -> None:
        """`missing` is the message when all boxes are empty; without one, they may be.

        The first box carries the field's id, for the error summary to lead to.
        """
        given["id"] = f"{given['name']}-{PARTS[0]}"
        super().__init__(label, **given)  # type: ignore[no-untyped-call]  # WTForms has no types
        self.missing = missing
        self.written = dict.fromkeys(PARTS, "")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three boxes, or show the value given."""
        super().process(None, data, extra_filters)  # type: ignore[no-untyped-call]  # nor has this
        if isinstance(self.data, date):
            self.written = {part: str(getattr(self.data, part)) for part in PARTS}
        if formdata is not None:
            self.written = {part: formdata.get(f"{self.name}-{part}", "").strip() for part in PARTS}
            self._read()

    def _read(self) -> None:
        self.data = None
        if not any(self.written.values()):
            self.process_errors = (self.missing,) if self.missing else ()
            return
        try:
            self.data = read_day(self.written)
        except ValueError:
            written = " ".join(self.written.values())[:40]
            fault = f"{self.label.text}: {written!r} is not a day. Enter one such as 27 3 2026."
            self.process_errors = (fault,)
