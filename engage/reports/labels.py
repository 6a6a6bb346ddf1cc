"""What the questions and answers of a report are called, as this site's form has them."""

import re
from collections.abc import Mapping
from datetime import date

from engage.core.reporting.fields import codes_of
from engage.core.reporting.periods import month_words
from engage.reports.form import report_form

MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
NOTHING_TOLD = frozenset({"none", "dont_know", "refused"})


def labels(question_id: str) -> dict[str, str]:
    """The codes of a question that tell something, with their labels, in the form's order.

    Raises KeyError for a question that the form does not have.
    """
    found = _options(question_id)
    return {code: label for code, label in found.items() if code not in NOTHING_TOLD}


def words(question_id: str) -> str:
    """What a question asks; its id where the form has it no more."""
    question = report_form().questions.get(question_id)
    return question.text if question else question_id.replace("_", " ").capitalize()


def answer(question_id: str, value: object, wards: Mapping[str, str]) -> list[str]:
    """An answer in words, a line each; what was written stays as it is."""
    known = dict(wards) if question_id == "ward" else {}
    if question_id in report_form().questions:
        known |= _options(question_id)
    return [known.get(code) or day_in_words(code) for code in codes_of(value)]


def day_in_words(written: str) -> str:
    """A day such as 2026-11-21, or a month such as 2026-11, in words; else as it was written."""
    if MONTH.fullmatch(written):
        return month_words(written)
    try:
        day = date.fromisoformat(written) if len(written) == len("2026-11-21") else None
    except ValueError:
        day = None
    return f"{day.day} {day:%B %Y}" if day else written


def _options(question_id: str) -> dict[str, str]:
    return {each.code: each.label for each in report_form().questions[question_id].options}
