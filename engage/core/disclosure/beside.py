"""A table that somebody asks for, suppressed beside every table that was shown before.

What was shown cannot be taken back, so only the new table gives way. Of it is hidden what is small
in itself, what is nearly the same as a count that was shown, and then, as long as the attacker of
`reach` comes too close to a count of a few people in any of the tables or between them, the
smallest sum of the new table that helps. Who skipped a question is not a group: what only differs
by those is the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.disclosure.reach import Reach, TooFineError
from engage.core.disclosure.shown import SKIPPED, Profiles, Shown, profiles, window
from engage.core.statistics.arrays import BoolArray, FloatArray

MOST_PROFILES = 4000
WIDER = 1500
"""So many kinds of people may be made by tables that can only bound a count."""
MOST_TARGETS = 3000
ROUNDS = 200
CLOSE_FROM = 30
"""A count of so many people is compared with all that was shown, whatever that is about."""

Hide = Callable[[BoolArray], BoolArray]


class TooNearError(ValueError):
    """A table of nearly the same people as one that was shown: the few between would be told."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`few` people and more may be a count; those of whom is told together are `smallest_base`."""

    few: int
    smallest_base: int


def beside(
    asked: Shown, start: BoolArray, others: Sequence[Shown], limits: Limits, spread: Hide
) -> BoolArray:
    """Which sums of `asked` to hide, at least those of `start`.

    `asked` is told as if all were shown, everybody in it last; `spread` adds to what is hidden all
    that goes with it. Raises TooFineError when there is more to check than time, and TooNearError
    when fewer than `smallest_base` people are between it and a count that was shown. Beside what
    was shown of other people those are counted whom both have: what lies between the two states of
    the wave is more than a few, and is looked at with all other counts.
    """
    near, refused = _nearly_shown(asked, others, limits)
    if refused:
        raise TooNearError("Nearly the same people were shown already.")
    hidden = spread(start | near)
    held = window(asked, others, MOST_PROFILES, WIDER)
    if held is None:
        raise TooFineError(f"The tables cross into more than {MOST_PROFILES} kinds of people.")
    people = profiles(held)
    hidden = spread(hidden | _subtracted(held, people, limits))
    fixed = np.vstack(
        [people.over(at, each.told) for at, each in enumerate(held) if at]
        or [np.zeros((0, len(people.sizes)))]
    )
    fixed = np.unique(fixed, axis=0)
    mine = people.over(0, asked.told)
    targets = _targets(held, people, mine, limits)
    if not len(targets):
        return hidden
    if len(targets) > MOST_TARGETS:
        raise TooFineError(f"There are {len(targets)} counts of a few people.")
    reach = Reach(targets, people.sizes, np.full(len(targets), float(limits.few)))
    reach.lose(fixed)
    sums = mine @ people.sizes
    for _round in range(ROUNDS):
        shown = np.flatnonzero(~hidden)
        found = reach.close(np.vstack([mine[shown], fixed]), len(shown))
        more = set()
        for each in found:
            own = [int(shown[row]) for row in each.telling if row < len(shown)]
            if own:
                more.add(min(own, key=lambda row: (sums[row], row)))
        if not more:
            return hidden
        hidden[list(more)] = True
        hidden = spread(hidden)
    raise TooFineError("Hiding one thing after another came to no end.")


def _targets(
    held: Sequence[Shown], people: Profiles, mine: FloatArray, limits: Limits
) -> FloatArray:
    """Every count of one person to a few: of a table, and of those who stand alike in all."""
    rows = [mine, *(people.over(at, each.kept) for at, each in enumerate(held))]
    alike = np.flatnonzero(people.answered & (people.sizes < limits.few))
    rows.append(np.eye(len(people.sizes))[alike])
    counts = np.vstack(rows)
    counts = counts[np.isin(counts, (0.0, 1.0)).all(axis=1)]
    sums = counts @ people.sizes
    small = counts[(sums > 0) & (sums < limits.few)]
    return np.unique(small, axis=0) if len(small) else small


def _subtracted(held: Sequence[Shown], people: Profiles, limits: Limits) -> BoolArray:
    """Sums of the new table that hold a few people more, or fewer, than one that is shown."""
    found = np.zeros(len(held[0].told), dtype=bool)
    mine = people.over(0, held[0].told)
    for at, each in enumerate(held):
        if at:
            told = people.over(at, each.told)
            both = (people.places[:, 0] != SKIPPED) & (people.places[:, at] != SKIPPED)
            sizes = people.sizes * both
            found |= _apart(mine, told[np.isin(told, (0.0, 1.0)).all(axis=1)], sizes, limits.few)
    return found


def _nearly_shown(asked: Shown, others: Sequence[Shown], limits: Limits) -> tuple[BoolArray, bool]:
    """Sums of many people that hold a few more, or fewer, than one that was shown, of anything.

    And whether everybody in the table does, less or more `smallest_base`, of those people alone
    who were used when that was shown and are used now.
    """
    found, refused = np.zeros(len(asked.told), dtype=bool), False
    everybody = asked.told[-1:]
    for each in others:
        told = each.told[np.isin(each.told, (0.0, 1.0)).all(axis=1)]
        if not len(told):
            continue
        joint = _joint(asked, each, None)
        found |= _between(asked.told, joint, told, limits.few)
        same = joint if each.common is None else _joint(asked, each, each.common)
        refused |= bool(_between(everybody, same, told, limits.smallest_base)[-1])
    return found, refused


def _joint(asked: Shown, other: Shown, people: BoolArray | None) -> FloatArray:
    """How many people stand in each cell of one table and of another; without who skipped."""
    wide = asked.cells + 2
    keys = asked.places % wide * (other.cells + 2) + other.places % (other.cells + 2)
    if people is not None:
        keys = keys[people]
    joint = np.bincount(keys, minlength=wide * (other.cells + 2)).reshape(wide, -1)
    # Who skipped is in the last place of either.
    return joint[:-1, :-1].astype(np.float64)


def _between(mine: FloatArray, joint: FloatArray, told: FloatArray, few: int) -> BoolArray:
    mine = np.hstack([mine, np.zeros((len(mine), 1))])
    told = np.hstack([told, np.zeros((len(told), 1))])
    own, theirs = mine @ joint.sum(axis=1), told @ joint.sum(axis=0)
    return _near(mine @ joint @ told.T, own, theirs, few, CLOSE_FROM)


def _apart(mine: FloatArray, told: FloatArray, sizes: FloatArray, few: int) -> BoolArray:
    return _near((mine * sizes) @ told.T, mine @ sizes, told @ sizes, few, 1)


def _near(
    overlap: FloatArray, own: FloatArray, theirs: FloatArray, few: int, least: int
) -> BoolArray:
    """Where one holds all of the other, and one person to a few more."""
    inner = np.minimum(own[:, None], theirs)
    gap = np.abs(own[:, None] - theirs)
    near = (overlap >= inner - 0.5) & (gap > 0.5) & (gap < few - 0.5) & (inner >= least)
    return np.asarray(near.any(axis=1))
