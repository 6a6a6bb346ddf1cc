"""The answers of an opened report, in the words of the form that they were given to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from engage.core.definition.load import load_definition
from engage.core.definition.model import Definition
from engage.core.reporting.fields import FIELDS, Part, codes_of
from engage.core.reporting.policy import Policy
from engage.reports.opened import OpenReport
from engage.waves.catalogue import REPORT, definition_file

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


@cache
def form() -> Definition:
    """The form that reports are made with."""
    return load_definition(definition_file(REPORT))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says questions and answers in words: `wards` are names by code."""

    policy: Policy
    wards: Mapping[str, str]

    def question(self, name: str) -> str:
        """The words of a question; its id, if the form has it no more."""
        found = form().questions.get(name)
        return found.text if found else name.replace("_", " ")

    def lines(self, name: str, value: Any) -> list[str]:
        """An answer in words: the labels of its options, the name of a ward, what was written."""
        found = form().questions.get(name)
        labels = {each.code: each.label for each in found.options} if found else {}
        if name == "strands":
            labels = {each.code: each.words for each in self.policy.strands} | labels
        if name == "ward":
            labels |= self.wards
        return [labels.get(code, code) for code in codes_of(value)]
