"""Checks of names: ids, codes and columns that must not be the same."""

from collections import Counter
from collections.abc import Iterator

from engage.core.definition.codebook import variables
from engage.core.definition.faults import Problem
from engage.core.definition.model import CHOICE_KINDS, Definition


def ids(definition: Definition) -> Iterator[Problem]:
    """Ids that are used twice."""
    counts = Counter(q.id for section in definition.sections for q in section.questions)
    counts.update(section.id for section in definition.sections)
    for name, count in counts.items():
        if count > 1:
            yield name, f"the id {name!r} is used {count} times.", "Give each its own id."


def options(definition: Definition) -> Iterator[Problem]:
    """Codes that are used twice, and choices that are none."""
    for question in definition.questions.values():
        counts = Counter(option.code for option in question.options)
        for code, count in counts.items():
            if count > 1:
                yield (
                    question.id,
                    f"the code {code!r} stands for {count} options.",
                    "Give each option its own code.",
                )
        if question.kind in CHOICE_KINDS and len(question.options) < 2:
            yield question.id, "it offers fewer than two options.", "Add options."


def columns(definition: Definition) -> Iterator[Problem]:
    """Columns that would have one name."""
    names = Counter(variable.name for variable in variables(definition))
    for name, count in names.items():
        if count > 1:
            yield name, f"two columns would be called {name!r}.", "Rename the question or code."
