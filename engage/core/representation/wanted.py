"""Who is still needed, counted over as many crossed axes as there are people for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from engage.core.representation.grid import AGE, SEX, WARD, Axis, Grid
from engage.core.representation.needed import LEAST_A_GROUP, fine_enough, needed
from engage.core.representation.representation import Needed


@dataclass(frozen=True, slots=True)
class Telling:
    """How counts of people are used: `count` is what stands for each.

    Groups must have `least` people each on average. Single axes are used `always`, or else by the
    same rule.
    """

    count: Callable[[int], int] = int
    least: int = LEAST_A_GROUP
    always: bool = True


EXACTLY = Telling()


def still_needed(
    grid: Grid, target: int | None = None, telling: Telling = EXACTLY
) -> tuple[Needed, ...]:
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
        if all(_fine(grid, part, target, telling) for part in parts):
            return tuple(_needed(grid, part, target, telling) for part in parts)
    return tuple(
        _needed(grid, [axis], target, telling)
        for axis in grid.axes
        if telling.always or _fine(grid, [axis], target, telling)
    )


def _fine(grid: Grid, axes: Sequence[Axis], target: int | None, telling: Telling) -> bool:
    size = int((grid.residents_by(axes) > 0).sum())
    return fine_enough(size, _total(grid, axes, target, telling), telling.least)


def _total(grid: Grid, axes: Sequence[Axis], target: int | None, telling: Telling) -> int:
    return sum(_people(grid, axes, telling)) if target is None else target


def _people(grid: Grid, axes: Sequence[Axis], telling: Telling) -> list[int]:
    return [telling.count(int(some)) for some in grid.people_by(axes).ravel().tolist()]


def _needed(grid: Grid, axes: Sequence[Axis], target: int | None, telling: Telling) -> Needed:
    people, residents = _people(grid, axes, telling), grid.residents_by(axes).ravel()
    groups = []
    labels = product(*(axis.labels for axis in axes))
    for each, some, held in zip(labels, people, residents.tolist(), strict=True):
        words = dict(zip((axis.name for axis in axes), each, strict=True))
        named = (words.get(SEX, ""), words.get(AGE, ""), words.get(WARD, ""))
        groups.append((*named, some, held))
    *most, last = [axis.name for axis in axes]
    total = _total(grid, axes, target, telling)
    return needed(f"{', '.join(most)} and {last}" if most else last, groups, total)
