"""A date in boxes of its own: day, month and year, or month and year."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field
from wtforms.validators import StopValidation

from engage import clock
from engage.core.definition.days import days_in
from engage.core.definition.kinds import Kind
from engage.core.definition.question import Question
from engage.web.days import date_in_words, month_names

PARTS = {Kind.DATE: ("day", "month", "year"), Kind.MONTH: ("month", "year")}
YEARS = (1000, 9999)
LONGEST = 20
GONE = {
    ("day",): lazy_gettext("Say the day too."),
    ("month",): lazy_gettext("Say the month too."),
    ("year",): lazy_gettext("Say the year too."),
    ("day", "month"): lazy_gettext("Say the day and the month too."),
    ("day", "year"): lazy_gettext("Say the day and the year too."),
    ("month", "year"): lazy_gettext("Say the month and the year too."),
}
HOW = {
    "day": lazy_gettext("Write the day as a number from 1 to 31."),
    "month": lazy_gettext("Write the month as a number from 1 to 12, or as a word."),
    "year": lazy_gettext("Write the year with four figures, such as 2026."),
}


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
        gone = tuple(name for name, words in self.parts.items() if not words)
        if gone:
            self._fail(gone[0], str(GONE[gone]))
        month = self._month(self.parts["month"])
        year = self._number("year", *YEARS)
        number = year * 100 + month
        if "day" in self.parts:
            number = number * 100 + self._number("day", 1, 31)
            if number % 100 > days_in(year, month):
                named, days = date_in_words(number // 100), days_in(year, month)
                self._fail("day", gettext("%(month)s has %(days)s days.", month=named, days=days))
        self._check_bounds(number)
        self.data = number

    def _month(self, words: str) -> int:
        folded = words.lower().rstrip(".")
        if len(folded) > 2:
            for number, name in month_names():
                if name.lower().startswith(folded):
                    return number
        return self._number("month", 1, 12)

    def _number(self, part: str, lowest: int, highest: int) -> int:
        words = self.parts[part]
        digits = words.isdecimal() and len(words) < LONGEST
        if not digits or not lowest <= int(words) <= highest:
            self._fail(part, str(HOW[part]))
        return int(words)

    def _check_bounds(self, number: int) -> None:
        question, now = self.question, clock.today()
        today = now.year * 100 + now.month
        if question.kind is Kind.DATE:
            today = today * 100 + now.day
        if question.until_today and number > today:
            said = gettext("%(date)s is still to come. Check the date.", date=date_in_words(number))
            self._fail("year", said)
        lowest, highest = question.minimum or 0, question.maximum or number
        if not lowest <= number <= highest:
            first, last = date_in_words(lowest), date_in_words(highest)
            said = gettext("Write a date from %(first)s to %(last)s.", first=first, last=last)
            if question.until_today:
                said = gettext("Write a date from %(first)s to today.", first=first)
            self._fail("year", said)

    def _fail(self, part: str, message: str) -> None:
        self.wrong_part = part
        raise StopValidation(message)
