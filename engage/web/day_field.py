"""A day as three short boxes, which everyone can fill in whatever their browser."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.utils import unset_value

from engage.core.words.written_day import read_day

PARTS = ("day", "month", "year")
BOXES = "Write the day, the month and the year, one in each box, such as 1, 3 and 2027."


class DayField(Field):
    """Day, month and year; `data` is a date or nothing, `written` what stands in the boxes.

    A whole day may stand in any of the boxes too: people paste them.
    """

    def __init__(self, label: str, *, missing: str = "", **given: Any) -> None:
        """`missing` is the message when all boxes are empty; without one, they may be.

        The first box carries the field's id, for the error summary to lead to.
        """
        given["id"] = f"{given['name']}-{PARTS[0]}"
        super().__init__(label, **given)  # type: ignore[no-untyped-call]  # WTForms has no types
        self.missing = missing
        self.written: Mapping[str, str] = dict.fromkeys(PARTS, "")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three boxes, or show the value given."""
        super().process(None, data, extra_filters)  # type: ignore[no-untyped-call]  # nor has this
        if formdata is not None:
            self.written = {part: formdata.get(f"{self.name}-{part}", "").strip() for part in PARTS}
            self._read()
        if isinstance(self.data, date):
            self.written = {part: str(getattr(self.data, part)) for part in PARTS}

    def _read(self) -> None:
        self.data = None
        written = " ".join(filter(None, self.written.values()))
        if not written:
            self.process_errors = (self.missing,) if self.missing else ()
            return
        try:
            self.data = read_day(written)
        except ValueError:
            fault = f"{self.label.text}: {written[:40]!r} is not a day from 2000 to 2100."
            self.process_errors = (f"{fault} {BOXES}",)
