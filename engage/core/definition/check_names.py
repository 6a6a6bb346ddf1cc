"""Checks of names: ids, codes and columns that must not be the same."""

from collections import Counter
from collections.abc import Iterator

from engage.core.definition.codebook import variables
from engage.core.definition.faults import Problem
from engage.core.definition.kinds import CHOICE_KINDS, NAMED_KINDS, Kind
from engage.core.definition.model import Definition

PLATFORM = "response_"
"""How the platform's own columns begin in files."""


def ids(definition: Definition) -> Iterator[Problem]:
    """Ids that are used twice."""
    counts = Counter(q.id for section in definition.sections for q in section.questions)
    counts.update(section.id for section in definition.sections)
    counts.update(number.id for number in definition.calculated)
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
        if question.kind in CHOICE_KINDS | {Kind.RANKING} and len(question.options) < 2:
            yield question.id, "it offers fewer than two options.", "Add options."


def write_ins(definition: Definition) -> Iterator[Problem]:
    """Boxes beside options where there can be none."""
    for question in definition.questions.values():
        for option in question.options:
            if not option.write_in:
                continue
            if question.kind not in {Kind.SINGLE, Kind.MULTIPLE}:
                yield (
                    question.id,
                    f"write_in is set in a question of the kind {question.kind}.",
                    "Use it in a single or multiple one.",
                )
            if option.means or not option.eligible:
                yield (
                    question.id,
                    f"write_in is set at {option.code!r}, which is no answer to write beside.",
                    "Remove it there.",
                )


def rankings(definition: Definition) -> Iterator[Problem]:
    """Rankings with places that cannot be filled, or answers that are none to be ranked."""
    for question in definition.questions.values():
        if question.kind is not Kind.RANKING:
            continue
        if question.choose > len(question.options):
            yield question.id, "it has more places than options.", "Make choose smaller."
        for option in question.options:
            if option.means or option.write_in or not option.eligible:
                yield (
                    question.id,
                    f"{option.code!r} cannot be ranked.",
                    "Leave means, write_in and eligible out of the options of a ranking.",
                )


def places(definition: Definition) -> Iterator[Problem]:
    """Questions for places with answers that are no way of naming none."""
    for question in definition.questions.values():
        if question.kind not in NAMED_KINDS:
            continue
        for option in question.options:
            if not option.means or option.code.isdigit():
                yield (
                    question.id,
                    f"{option.code!r} stands beside places that people name.",
                    "Give it a means, such as dont_know, and a code in letters.",
                )


def columns(definition: Definition) -> Iterator[Problem]:
    """Columns that would have one name."""
    names = Counter(variable.name for variable in variables(definition))
    for name, count in names.items():
        if count > 1:
            yield name, f"two columns would be called {name!r}.", "Rename the question or code."


def platform(definition: Definition) -> Iterator[Problem]:
    """Names that begin as those of the platform's own columns do in files: `response_day`."""
    own = [*definition.questions, *(number.id for number in definition.calculated)]
    told = [name for name in own if name.startswith(PLATFORM)]
    told += [
        each.name
        for each in variables(definition)
        if each.name.startswith(PLATFORM) and not each.question.startswith(PLATFORM)
    ]
    for name in dict.fromkeys(told):
        yield (
            name,
            f"the column {name!r} could be taken for one of the platform's own.",
            f"Let its name not begin with {PLATFORM}.",
        )
