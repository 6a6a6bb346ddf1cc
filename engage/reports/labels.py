"""What the answers of a report are called: by the questionnaire, and by the site's policy."""

from collections.abc import Mapping
from functools import cache

from engage.config import ROOT
from engage.core.definition.load import load_definition
from engage.reports.policy import policy

FORM = ROOT / "engage" / "definitions" / "safe_report" / "v1.yaml"
NOTHING_TOLD = frozenset({"none", "dont_know", "refused"})


def labels(question_id: str) -> dict[str, str]:
    """The codes of a question that tell something, with their labels, in the form's order.

    The strands that a partnership adds stand after the others. Raises KeyError for no question.
    """
    found = dict(_of_form()[question_id])
    if question_id == "strands":
        found |= {each.code: each.words for each in policy().strands}
    return found


@cache
def _of_form() -> Mapping[str, Mapping[str, str]]:
    definition = load_definition(FORM)
    return {
        question.id: {
            option.code: option.label
            for option in question.options
            if option.code not in NOTHING_TOLD
        }
        for section in definition.sections
        for question in section.questions
    }
