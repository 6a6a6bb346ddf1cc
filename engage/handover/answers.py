"""The answers of an opened report, in the words of the form that they were given to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engage.core.definition.model import Definition
from engage.core.reporting.fields import FIELDS, Part, codes_of
from engage.reports.labels import day_in_words
from engage.reports.opened import OpenReport

SHARED = [each for each in Part if each is not Part.WISHES]
"""The parts whose answers an agency may get."""


def answers_of(report: OpenReport) -> dict[str, Any]:
    """Every answer of a report by the id of its question, in the order of the form."""
    given = {
        name: value
        for part in SHARED
        for name, value in report.parts.get(part, {}).items()
        if value not in (None, "", [], ())
    }
    order = [*(name for name in FIELDS if name in given), *(set(given) - set(FIELDS))]
    return {name: given[name] for name in order}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says questions and answers in words, by the form of this site and its wards by code."""

    form: Definition
    wards: Mapping[str, str]

    def question(self, name: str) -> str:
        """The words of a question; its id, if the form has it no more."""
        found = self.form.questions.get(name)
        return found.text if found else name.replace("_", " ")

    def lines(self, name: str, value: Any) -> list[str]:
        """An answer in words: the labels of its options, the name of a ward, what was written."""
        found = self.form.questions.get(name)
        labels = {each.code: each.label for each in found.options} if found else {}
        if name == "ward":
            labels |= self.wards
        return [labels.get(code) or day_in_words(code) for code in codes_of(value)]
