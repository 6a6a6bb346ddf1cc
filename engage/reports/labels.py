"""What the questions and answers of a report are called: by the form, and by the site's policy."""

from collections.abc import Mapping
from functools import cache

from engage.config import ROOT
from engage.core.definition.load import load_definition
from engage.core.definition.model import Definition
from engage.core.reporting.fields import codes_of
from engage.reports.policy import policy

FORM = ROOT / "engage" / "definitions" / "safe_report" / "v1.yaml"
NOTHING_TOLD = frozenset({"none", "dont_know", "refused"})


def labels(question_id: str) -> dict[str, str]:
    """The codes of a question that tell something, with their labels, in the form's order.

    The strands that a partnership adds stand after the others. Raises KeyError for no question.
    """
    found = _options(question_id)
    return {code: label for code, label in found.items() if code not in NOTHING_TOLD}


def words(question_id: str) -> str:
    """What a question asks; its id where the form has it no more."""
    question = _form().questions.get(question_id)
    return question.text if question else question_id.replace("_", " ").capitalize()


def answer(question_id: str, value: object, wards: Mapping[str, str]) -> list[str]:
    """An answer in words, a line each; what was written stays as it is."""
    known = wards if question_id == "ward" else {}
    if question_id in _form().questions:
        known = {**known, **_options(question_id)}
    return [known.get(code, code) for code in codes_of(value)]


def _options(question_id: str) -> dict[str, str]:
    found = {each.code: each.label for each in _form().questions[question_id].options}
    if question_id == "strands":
        found |= {each.code: each.words for each in policy().strands}
    return found


@cache
def _form() -> Definition:
    return load_definition(FORM)
