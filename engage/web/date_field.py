"""A date in boxes of its own: day, month and year, or month and year."""

from collections.abc import Mapping
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from engage import clock
from engage.core.definition.days import MONTHS, days_in, in_words
from engage.core.definition.kinds import Kind
from engage.core.definition.question import Question

PARTS = {Kind.DATE: ("day", "month", "year"), Kind.MONTH: ("month", "year")}
YEARS = (1000, 9999)
LONGEST = 20


class WhenField(Field):
    """A date. `data` is its number (see `engage.core.definition.days`), None where there is none.

    `wrong_part` is the box that an error is about.
    """

    def __init__(self, question: Question, **given: Any) -> None:
        """Remember what the question asks for."""
        super().__init__(question.text, **given)  # type: ignore[no-untyped-call]  # it has no types
        self.question = question
        self.parts: dict[str, str] = {}
        self.wrong_part = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the boxes."""
        del data, extra_filters
        names = PARTS[self.question.kind]
        found: Mapping[str, str] = formdata or {}
        self.process_errors = ()
        self.parts = {each: found.get(f"{self.name}-{each}", "").strip() for each in names}
        self.raw_data = ["".join(self.parts.values())]
        self.wrong_part = names[0]
        self.data = None

    def pre_validate(self, _form: Any) -> None:
        """Put the boxes together, or say which of them is wrong and how."""
        if not self.raw_data or not self.raw_data[0]:
            return
        gone = [name for name, words in self.parts.items() if not words]
        if gone:
            self._fail(gone[0], f"Say the {' and the '.join(gone)} too.")
        month = self._month(self.parts["month"])
        year = self._number("year", *YEARS, "with four figures, such as 2026")
        number = year * 100 + month
        if "day" in self.parts:
            number = number * 100 + self._number("day", 1, 31, "as a number from 1 to 31")
            if number % 100 > days_in(year, month):
                self._fail("day", f"{MONTHS[month - 1]} {year} has {days_in(year, month)} days.")
        self._check_bounds(number)
        self.data = number

    def _month(self, words: str) -> int:
        folded = words.lower().rstrip(".")
        names = [name.lower() for name in MONTHS]
        named = [
            n for n, name in enumerate(names, 1) if len(folded) > 2 and name.startswith(folded)
        ]
        if named:
            return named[0]
        return self._number("month", 1, 12, "as a number from 1 to 12, or as a word")

    def _number(self, part: str, lowest: int, highest: int, how: str) -> int:
        words = self.parts[part]
        digits = words.isascii() and words.isdigit() and len(words) < LONGEST
        if not digits or not lowest <= int(words) <= highest:
            self._fail(part, f"Write the {part} {how}.")
        return int(words)

    def _check_bounds(self, number: int) -> None:
        question, now = self.question, clock.today()
        today = now.year * 100 + now.month
        if question.kind is Kind.DATE:
            today = today * 100 + now.day
        if question.until_today and number > today:
            self._fail("year", f"{in_words(number)} is still to come. Check the date.")
        lowest, highest = question.minimum or 0, question.maximum or number
        if not lowest <= number <= highest:
            self._fail(
                "year",
                f"Write a date from {in_words(lowest)} to {in_words(highest)}."
                if not question.until_today
                else f"Write a date from {in_words(lowest)} to today.",
            )

    def _fail(self, part: str, message: str) -> None:
        self.wrong_part = part
        raise StopValidation(message)
