"""From a coded table and the residents on record to who answered and who is still needed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from engage.core.definition.model import Definition
from engage.core.representation.grid import Axis, Grid, grid_of
from engage.core.representation.indicator import r_indicator
from engage.core.representation.representation import JOINT, Representation, Summary
from engage.core.representation.share import Counts, gap_of, groups_of
from engage.core.representation.told import PRIVATELY, shown, without_few
from engage.core.representation.wanted import EXACTLY, Telling, still_needed
from engage.core.statistics.people import FEWEST_TOLD, people
from engage.core.statistics.population import Borough
from engage.core.statistics.residents import Residents

NOT_COMPARED = "This survey is not compared with the residents: it does not stand for all of them."
SHOWN = {"female": "Women", "male": "Men"}
NO_RESIDENTS = "No residents are on record to compare with."
TOO_FEW = f"Fewer than {FEWEST_TOLD} people who live here have answered."
NOTHING_TO_COMPARE = "Nothing is known of those who answered that is on record of the residents."


def represent(
    definition: Definition,
    table: pd.DataFrame,
    rows: Sequence[Residents],
    borough: Borough,
    *,
    target: int | None = None,
    private: bool = False,
) -> Representation:
    """How well those who answered mirror the residents.

    `table` is the coded table of residents alone, cleaned; `rows` the residents on record by
    ward, sex and age. `target` is how many responses are wanted in all, of people whose groups
    are known; without it those that there are. Whoever did not say their age, sex or ward is
    in no share of it, and counted as unknown. A target below 0 is refused with a ValueError.
    `private` tells no count of fewer than 10 people, nor anything to reckon one from: this is
    what may be stored and shown.
    """
    if target is not None and target < 0:
        raise ValueError(f"A target of {target} responses cannot be met: give 0 or more.")
    size = len(table)
    nothing = Representation(shown(size) if private else size)
    if private and size < FEWEST_TOLD:
        return replace(nothing, reason=TOO_FEW)
    if definition.population == "none":
        return replace(nothing, reason=NOT_COMPARED)
    if not sum(row.residents for row in rows) > 0:
        return replace(nothing, reason=NO_RESIDENTS)
    grid = grid_of(definition, table, rows, borough)
    if not grid.axes or not grid.held.sum() > 0:
        return replace(nothing, reason=NOTHING_TO_COMPARE, notes=grid.left_out)
    true = _compared(grid, target, EXACTLY)
    if not private:
        return true
    return without_few(_compared(grid, target, PRIVATELY), true)


def _compared(grid: Grid, target: int | None, telling: Telling) -> Representation:
    """The whole, from counts of people as they are used."""
    size = grid.people
    counts = {axis.name: _counts(grid, [axis], telling) for axis in grid.axes}
    joint = _counts(grid, grid.axes, telling)
    gaps = [gap_of(name, each, size - _known(each)) for name, each in counts.items()]
    if len(grid.axes) > 1:
        gaps.append(gap_of(JOINT, joint, size - _known(joint)))
    summary, notes = _summary(grid)
    return Representation(
        people=size,
        groups=tuple(group for name, each in counts.items() for group in groups_of(name, each)),
        gaps=tuple(gaps),
        summary=summary,
        needed=still_needed(grid, target, telling),
        notes=(*grid.left_out, *notes),
    )


def _summary(grid: Grid) -> tuple[Summary | None, tuple[str, ...]]:
    """The R-indicator over all axes crossed, and what has to be said of it."""
    answered, residents = grid.people_by(grid.axes), grid.residents_by(grid.axes)
    stray = int(answered[residents <= 0].sum())
    inside = np.where(residents > 0, answered, 0.0)
    notes = []
    if stray:
        notes.append(f"{people(stray).capitalize()} answered in a group with nobody on record.")
    if (inside > residents).any():
        notes.append("In some groups more people answered than are on record as living here.")
    if not inside.sum():
        return None, tuple(notes)
    return r_indicator(inside, residents, [axis.name for axis in grid.axes]), tuple(notes)


def _counts(grid: Grid, axes: Sequence[Axis], telling: Telling) -> Counts:
    answered, residents = grid.people_by(axes).ravel(), grid.residents_by(axes).ravel()
    labels = product(*(axis.labels for axis in axes))
    return [
        (
            ", ".join(SHOWN.get(label, label) for label in each),
            telling.count(int(some)),
            float(held),
        )
        for each, some, held in zip(labels, answered.tolist(), residents.tolist(), strict=True)
    ]


def _known(counts: Counts) -> int:
    return sum(some for _name, some, _residents in counts)
