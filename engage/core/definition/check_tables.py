"""Checks of what tables and cleaning go by: breakdowns, cleaning rules, the area question."""

from collections import Counter
from collections.abc import Iterator

from engage.core.definition.check_rules import strange_codes
from engage.core.definition.faults import Problem
from engage.core.definition.kinds import PLACE_KINDS, SOUGHT_KINDS, Kind
from engage.core.definition.model import Breakdown, Definition

CONNECTION = "connection"
OWN_BREAKDOWNS = frozenset({"overall", "area_group", "ward", CONNECTION})
"""Breakdowns that there are whatever a questionnaire says."""


def breakdowns(definition: Definition) -> Iterator[Problem]:
    """Groups that nobody can be in, or that rest on a question which is not there."""
    ids = Counter(breakdown.id for breakdown in definition.breakdowns)
    for breakdown in definition.breakdowns:
        where = f"breakdowns/{breakdown.id}"
        if ids[breakdown.id] > 1:
            yield where, "two breakdowns have this id.", "Give each its own id."
        if breakdown.id in OWN_BREAKDOWNS and not _by_connection(definition, breakdown):
            yield where, "a breakdown of the platform's own has this id.", "Give it another."
        codes = Counter(group.code for group in breakdown.groups)
        for code in (code for code, count in codes.items() if count > 1):
            yield where, f"two groups have the code {code!r}.", "Give each its own code."
        if not breakdown.groups:
            yield where, "it has no groups.", "Name a question with substantive options."
        for group in breakdown.groups:
            for named in group.when.questions():
                if named not in definition.questions:
                    yield where, f"there is no question {named!r}.", "Correct the id."
            yield from strange_codes(definition, where, group.when)


def _by_connection(definition: Definition, breakdown: Breakdown) -> bool:
    """Whether it is the breakdown by connection, which has its name and comes from the file."""
    role = definition.role(CONNECTION)
    named = {name for group in breakdown.groups for name in group.when.questions()}
    return breakdown.id == CONNECTION and role is not None and named == {role.id}


def cleaning(definition: Definition) -> Iterator[Problem]:
    """Cleaning rules that look at what is not asked."""
    for name in sorted(definition.cleaning.reversed_items):
        question = definition.questions.get(name)
        if question is None or question.kind is not Kind.SCALE:
            yield (
                "cleaning/reversed",
                f"{name!r} is no question of the kind scale.",
                "Name rows of a scale that are worded the other way round.",
            )
    counts = Counter(conflict.id for conflict in definition.cleaning.conflicts)
    for conflict in definition.cleaning.conflicts:
        where = f"cleaning/conflicts/{conflict.id}"
        if counts[conflict.id] > 1:
            yield where, "two conflicts have this id.", "Give each its own id."
        for named in conflict.questions():
            if named not in definition.questions:
                yield where, f"there is no question {named!r}.", "Correct the id."
        yield from strange_codes(definition, where, conflict.first)
        yield from strange_codes(definition, where, conflict.second)


def areas(definition: Definition) -> Iterator[Problem]:
    """Area questions that share their page, or are too many."""
    for section in definition.sections:
        kinds = [question.kind for question in section.questions]
        if SOUGHT_KINDS.intersection(kinds) and len(kinds) > 1:
            sought = "an area" if PLACE_KINDS.intersection(kinds) else "a place"
            yield section.id, f"{sought} question shares its page.", "Give it a section of its own."
    area = definition.role("area")
    if area and area.kind not in PLACE_KINDS:
        yield "roles/area", f"{area.id!r} does not ask for a ward.", "Name an area question."
    if sum(q.kind in PLACE_KINDS for q in definition.questions.values()) > 1:
        yield "sections", "there are two area questions.", "Keep the one that roles/area names."
