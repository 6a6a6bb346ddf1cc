"""Counts of people as they may be told: to the nearest ten, and fewer than ten as just that.

Counts of one wave stand in several tables: by ward in one, by merged wards in another. Where they
are exact, a difference can tell a small count that neither table does; to the nearest ten, not.
"""

from dataclasses import replace

from engage.core.representation.representation import (
    JOINT,
    Gap,
    Group,
    Need,
    Needed,
    Partial,
    Representation,
    Summary,
)
from engage.core.representation.wanted import Telling
from engage.core.statistics.people import FEWEST_TOLD

FEW = 5
"""What stands for any count below ten where something is worked out from it."""
JOINT_GROUPS = 20
"""How many joint groups make a summary of them too poor in facts to tell of any."""


def told(count: int) -> int:
    """A count of people to the nearest ten, a half upwards; 5 for any below ten."""
    return FEW if count < FEWEST_TOLD else (count + 5) // 10 * 10


PRIVATELY = Telling(told, least=20, always=False)


def without_few(found: Representation, true: Representation) -> Representation:
    """`found`, made from counts as `told`, without those that stand for a few people.

    `true` is the same from exact counts: whether a group answers too little is said of a few
    people too, how many they are is not.
    """
    margins = {gap.margin for gap in found.gaps if gap.margin != JOINT}
    hidden = {
        margin for margin in margins if any(_few(g) for g in found.groups if g.margin == margin)
    }
    return replace(
        found,
        people=shown(true.people),
        groups=tuple(map(_group, found.groups, true.groups)),
        gaps=tuple(map(_gap, found.gaps, true.gaps)),
        summary=_summary(true.summary, hidden) if true.summary else None,
        needed=tuple(_needed(each) for each in found.needed),
    )


def _few(group: Group) -> bool:
    return group.people == FEW


def shown(count: int | None) -> int | None:
    """A count of people to the nearest ten; None for any below ten."""
    return None if count is None or count < FEWEST_TOLD else told(count)


def _group(found: Group, true: Group) -> Group:
    if not _few(found):
        # What a group's share says is judged by exact counts, or rounding could turn it round.
        return replace(found, state=true.state)
    return replace(
        found, people=None, sample_share=None, ratio=None, lower=None, upper=None, state=true.state
    )


def _gap(found: Gap, true: Gap) -> Gap:
    """A margin is worked out from told counts; of joint groups, mostly of a few people, little is.

    A whole percent of those who answered must be ten people, or it would tell of fewer.
    """
    unknown = 0 if true.unknown == 0 else shown(true.unknown)
    known = shown(true.known)
    if found.margin != JOINT:
        if known is None:
            return Gap(found.margin, None, unknown, None, None, None)
        return replace(found, known=known, unknown=unknown)
    distance = None
    if true.dissimilarity is not None and (true.known or 0) >= 100 * FEWEST_TOLD:
        distance = round(true.dissimilarity, 2)
    return Gap(JOINT, known, unknown, distance, None, None)


def _summary(true: Summary, hidden: set[str]) -> Summary | None:
    """Two digits of each number, and no partial value of a margin with a group of a few people."""
    if hidden and true.groups < JOINT_GROUPS:
        return None
    return Summary(
        groups=true.groups,
        rate=_two_digits(true.rate),
        spread=_two_digits(true.spread),
        r=round(true.r, 2),
        cv=None if true.cv is None else _two_digits(true.cv),
        adjusted_r=round(true.adjusted_r, 2),
        adjusted_cv=None if true.adjusted_cv is None else _two_digits(true.adjusted_cv),
        partials=tuple(
            Partial(each.margin, _two_digits(each.unconditional), _two_digits(each.conditional))
            for each in true.partials
            if each.margin not in hidden
        ),
    )


def _two_digits(number: float) -> float:
    return float(f"{number:.2g}")


def _needed(found: Needed) -> Needed:
    rows = (replace(row, people=None) if row.people == FEW else row for row in found.rows)
    return replace(found, rows=tuple[Need, ...](rows))
