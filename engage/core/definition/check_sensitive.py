"""Checks that nobody has to answer what is personal."""

from collections.abc import Iterator

from engage.core.definition.faults import Problem
from engage.core.definition.kinds import CHOICE_KINDS, Kind, Means
from engage.core.definition.model import Definition

CHOICES = CHOICE_KINDS | {Kind.MULTIPLE}


def skipped(definition: Definition) -> Iterator[Problem]:
    """Questions with a theme that cannot be skipped, or choices without a way to say no."""
    for question in definition.questions.values():
        if not question.themes:
            continue
        about = f"it is on {', '.join(sorted(question.themes)).replace('_', ' ')}"
        if question.required or question.required_if:
            yield (
                question.id,
                f"{about}, but cannot be skipped.",
                "Let people skip it: remove required and required_if.",
            )
        refused = any(option.means is Means.REFUSED for option in question.options)
        if question.kind in CHOICES and not refused:
            yield (
                question.id,
                f"{about}, but nobody can answer that they would rather not say.",
                "Add an option with means: refused.",
            )
