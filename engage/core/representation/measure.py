"""From a coded table and the residents on record to who answered and who is still needed."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd

from engage.core.definition.model import Definition
from engage.core.representation.grid import AGE, SEX, WARD, Axis, Grid, grid_of
from engage.core.representation.indicator import r_indicator
from engage.core.representation.needed import fine_enough, needed
from engage.core.representation.representation import JOINT, Needed, Representation, Summary
from engage.core.representation.share import Counts, gap_of, groups_of
from engage.core.statistics.population import Borough
from engage.core.statistics.residents import Residents

NOT_COMPARED = "This survey is not compared with the residents: it does not stand for all of them."
SHOWN = {"female": "Women", "male": "Men"}
NO_RESIDENTS = "No residents are on record to compare with."
NOTHING_TO_COMPARE = "Nothing is known of those who answered that is on record of the residents."


def represent(
    definition: Definition,
    table: pd.DataFrame,
    rows: Sequence[Residents],
    borough: Borough,
    *,
    target: int | None = None,
) -> Representation:
    """How well those who answered mirror the residents.

    `table` is the coded table of residents alone, cleaned; `rows` the residents on record by
    ward, sex and age. `target` is how many responses are wanted in all, of people whose groups
    are known; without it those that there are. Whoever did not say their age, sex or ward is
    in no share of it, and counted as unknown. A target below 0 is refused with a ValueError.
    """
    if target is not None and target < 0:
        raise ValueError(f"A target of {target} responses cannot be met: give 0 or more.")
    size = len(table)
    if definition.population == "none":
        return Representation(size, reason=NOT_COMPARED)
    if not sum(row.residents for row in rows) > 0:
        return Representation(size, reason=NO_RESIDENTS)
    grid = grid_of(definition, table, rows, borough)
    if not grid.axes or not grid.held.sum() > 0:
        return Representation(size, reason=NOTHING_TO_COMPARE, notes=grid.left_out)
    counts = {axis.name: _counts(grid, [axis]) for axis in grid.axes}
    joint = _counts(grid, grid.axes)
    gaps = [gap_of(name, each, size - _known(each)) for name, each in counts.items()]
    if len(grid.axes) > 1:
        gaps.append(gap_of(JOINT, joint, size - _known(joint)))
    summary, told = _summary(grid)
    return Representation(
        people=size,
        groups=tuple(group for name, each in counts.items() for group in groups_of(name, each)),
        gaps=tuple(gaps),
        summary=summary,
        needed=still_needed(grid, target),
        notes=(*grid.left_out, *told),
    )


def still_needed(grid: Grid, target: int | None = None) -> tuple[Needed, ...]:
    """How many more of each group, over all axes crossed or, where that is too fine, over fewer.

    The joint groups are used when the target gives them 5 people each on average. If not, age by
    sex is told apart from ward, each group of each for itself; and if that is too fine, single
    axes.
    """
    axes = {axis.name: axis for axis in grid.axes}
    who = [axes[name] for name in (AGE, SEX) if name in axes]
    where = [axes[name] for name in (WARD,) if name in axes]
    for split in ([[*who, *where]], [who, where]):
        parts = [part for part in split if part]
        wanted = [_total(grid, part, target) for part in parts]
        sizes = [int((grid.residents_by(part) > 0).sum()) for part in parts]
        if all(map(fine_enough, sizes, wanted)):
            return tuple(_needed(grid, *each) for each in zip(parts, wanted, strict=True))
    return tuple(_needed(grid, [axis], _total(grid, [axis], target)) for axis in grid.axes)


def _total(grid: Grid, axes: Sequence[Axis], target: int | None) -> int:
    return int(grid.people_by(axes).sum()) if target is None else target


def _needed(grid: Grid, axes: Sequence[Axis], total: int) -> Needed:
    people, residents = grid.people_by(axes).ravel(), grid.residents_by(axes).ravel()
    groups = []
    labels = product(*(axis.labels for axis in axes))
    for each, count, held in zip(labels, people.tolist(), residents.tolist(), strict=True):
        words = dict(zip((axis.name for axis in axes), each, strict=True))
        named = (words.get(SEX, ""), words.get(AGE, ""), words.get(WARD, ""))
        groups.append((*named, int(count), held))
    *most, last = [axis.name for axis in axes]
    return needed(f"{', '.join(most)} and {last}" if most else last, groups, total)


def _summary(grid: Grid) -> tuple[Summary | None, tuple[str, ...]]:
    """The R-indicator over all axes crossed, and what has to be said of it."""
    people, residents = grid.people_by(grid.axes), grid.residents_by(grid.axes)
    stray = int(people[residents <= 0].sum())
    inside = np.where(residents > 0, people, 0.0)
    told = [f"{stray:,} answered in a group of which nobody is on record."] if stray else []
    if (inside > residents).any():
        told.append("In some groups more people answered than are on record as living here.")
    if not inside.sum():
        return None, tuple(told)
    return r_indicator(inside, residents, [axis.name for axis in grid.axes]), tuple(told)


def _counts(grid: Grid, axes: Sequence[Axis]) -> Counts:
    people, residents = grid.people_by(axes).ravel(), grid.residents_by(axes).ravel()
    labels = product(*(axis.labels for axis in axes))
    return [
        (", ".join(SHOWN.get(label, label) for label in each), int(count), float(held))
        for each, count, held in zip(labels, people.tolist(), residents.tolist(), strict=True)
    ]


def _known(counts: Counts) -> int:
    return sum(people for _name, people, _residents in counts)
