"""The checks that a schema cannot say, run over the whole definition; all faults at once."""

from collections.abc import Callable, Iterator

from engage.core.definition import (
    check_between,
    check_calculated,
    check_names,
    check_people,
    check_reach,
    check_rules,
    check_sealed,
    check_sensitive,
    check_tables,
    check_words,
)
from engage.core.definition.faults import Fault, Problem
from engage.core.definition.model import Definition

CHECKS: tuple[Callable[[Definition], Iterator[Problem]], ...] = (
    check_names.ids,
    check_names.options,
    check_names.write_ins,
    check_names.rankings,
    check_names.places,
    check_names.columns,
    check_names.platform,
    check_rules.show_if,
    check_rules.required_if,
    check_rules.bounds,
    check_calculated.calculated,
    check_reach.unreachable,
    check_reach.never_required,
    check_reach.cases,
    check_reach.dead_ends,
    check_between.rules,
    check_words.variants,
    check_words.piping,
    check_words.titles,
    check_people.roles,
    check_people.bands,
    check_tables.breakdowns,
    check_tables.cleaning,
    check_tables.areas,
    check_people.children,
    check_people.required,
    check_sensitive.skipped,
    check_sealed.sealed,
)


def check(definition: Definition, file: str) -> list[Fault]:
    """Everything wrong with a definition that passed the schema; an empty list when it is sound."""
    return [Fault(file, *problem) for rule in CHECKS for problem in rule(definition)]
