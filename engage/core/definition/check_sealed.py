"""Checks of reports: they are stored sealed, so nothing of a survey may hang on them."""

from collections.abc import Iterator

from engage.core.definition.faults import Problem
from engage.core.definition.kinds import CHOICE_KINDS
from engage.core.definition.model import Definition


def sealed(definition: Definition) -> Iterator[Problem]:
    """What a questionnaire whose answers are sealed cannot have, or must not ask."""
    if not definition.sealed:
        return
    parts = {
        "breakdowns": definition.breakdowns,
        "calculated": definition.calculated,
        "invited": definition.invited,
        "weighting": definition.population != "none",
        "cleaning": definition.cleaning.actions or definition.cleaning.conflicts,
    }
    for name in (name for name, there in parts.items() if there):
        yield name, "a report is sealed, and nobody counts or cleans its answers.", "Remove it."
    for role in sorted(set(definition.roles or {}) - {"area"}):
        yield f"roles/{role}", "nobody counts the answers of a report by it.", "Remove it."
    for question in definition.questions.values():
        if any(not option.eligible for option in question.options):
            yield question.id, "an answer turns people away, and a report is for all.", _ELIGIBLE
        if question.required and question.kind not in CHOICE_KINDS:
            yield question.id, "words of a report cannot be required.", "Remove required."
        if any(True for way in question.texts for _ in way.piped()):
            yield question.id, "it repeats an answer, which others may see.", "Say it without."


_ELIGIBLE = "Remove eligible: false."
