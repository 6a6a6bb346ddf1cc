"""Of which indicators a comparison of wards would tell of a few people, beside what was shown."""

import json
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.core.disclosure.policy import Policy
from engage.crosstabs.seen import figures_seen, groupings, tables_shown
from engage.crosstabs.treated.arms import Home
from engage.crosstabs.treated.atoms import too_small
from engage.crosstabs.treated.models import TreatedComparison
from engage.figures.breakdowns import AREA_GROUP, WARD

Bases = Mapping[str, Mapping[str, int]]
"""How many people an indicator counts in each ward."""
Groupings = dict[str, set[frozenset[str]]]


def fewest(home: Home) -> int:
    """The fewest people of whom a figure of this survey may tell."""
    return home.given.definition.smallest_base or Policy().smallest_base


def singled_out(
    reading: Session, row: TreatedComparison, wave_id: int, home: Home, bases: Bases
) -> set[str]:
    """The indicators that must not be shown for these arms of a wave."""
    shown = _shown_before(reading, row, wave_id, home)
    new = {frozenset(json.loads(each)) for each in (row.treated, row.control)}
    few = fewest(home)
    return {
        indicator
        for indicator, people in bases.items()
        if too_small(people, [*shown[indicator], *new], few)
    }


def _shown_before(reading: Session, row: TreatedComparison, wave_id: int, home: Home) -> Groupings:
    """The groupings of wards that people have seen of a wave, by indicator."""
    found: Groupings = defaultdict(set)
    of = home.given.areas.group_of
    for shown in figures_seen(reading, wave_id).values():
        for name, breakdown, group in shown:
            if breakdown == WARD:
                found[name].add(frozenset({group}))
            elif breakdown == AREA_GROUP:
                found[name].add(frozenset({ward for ward, its in of.items() if its == group}))
    others = select(TreatedComparison).where(
        TreatedComparison.id != row.id,
        TreatedComparison.result.is_not(None),
        (TreatedComparison.before_id == wave_id) | (TreatedComparison.after_id == wave_id),
    )
    for other in reading.scalars(others.order_by(TreatedComparison.id)):
        result = json.loads(other.result or "{}")
        for told in result.get("rows", ()):
            if not told["reason"]:
                sides = {frozenset(json.loads(each)) for each in (other.treated, other.control)}
                found[told["indicator"]] |= sides
    tables = tables_shown(reading, wave_id)
    areas = home.given.areas
    apart = list(groupings(tables, [*areas.wards], areas.group_of, [*areas.groups]))
    for indicator in home.given.indicators:
        names = {f"i:{indicator.id}", *(f"q:{name}" for name in indicator.variables)}
        found[indicator.id] |= {wards for wards, about in apart if names & about}
    return found
