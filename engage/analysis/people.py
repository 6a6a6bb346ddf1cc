"""Who answered beside who lives here, worded before the template."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.representation.representation import Group, Representation, State
from engage.core.statistics.estimate import HIDDEN
from engage.core.words.mirror import MARGINS, STATES, gap_words
from engage.core.words.rounding import percent, rounded

NOT_THERE = "–"
LITTLE, MUCH = 0.25, 0.5
"""Coefficients of variation of the chance to answer, from which it is no longer called little,
and from which it is called much."""


@dataclass(frozen=True, slots=True)
class Line:
    """One group: how many answered, its share of them and of the residents, and what that says."""

    name: str
    people: str
    sample: str
    population: str
    ratio: str
    says: str


@dataclass(frozen=True, slots=True)
class Margin:
    """The groups of one classification, with what is said of it as a whole."""

    title: str
    notes: Sequence[str]
    lines: Sequence[Line]


def in_brief(found: Representation) -> list[str]:
    """The few sentences that the page of a wave has on who answered."""
    if found.reason:
        return [found.reason]
    told = []
    if found.summary and found.summary.adjusted_cv is not None:
        cv = found.summary.adjusted_cv
        told.append(
            f"From one group of age, sex and ward to the next the chance to answer differed "
            f"{_how_much(cv)}, beyond what chance does to small groups: its coefficient of "
            f"variation is {rounded(cv, 2)}, where 0 is best."
        )
    under = [group for group in found.groups if group.state in {State.UNDER, State.NOBODY}]
    lowest = sorted(under, key=lambda group: group.ratio or 0.0)[:3]
    if lowest:
        named = "; ".join(f"{group.name} ({_times(group)})" for group in lowest)
        told.append(f"Furthest below their share of the residents: {named}.")
    elif found.groups:
        told.append("No group is clearly below its share of the residents.")
    return told


def margins(found: Representation) -> list[Margin]:
    """Every margin with its groups."""
    gaps = {gap.margin: gap for gap in found.gaps}
    names = dict.fromkeys(group.margin for group in found.groups)
    return [
        Margin(
            MARGINS.get(name, name),
            gap_words(gaps[name]) if name in gaps else [],
            [_line(group) for group in found.groups if group.margin == name],
        )
        for name in names
    ]


def _how_much(cv: float) -> str:
    """How uneven the chance to answer was, in words: below a quarter of its mean is little."""
    return "little" if cv < LITTLE else "a good deal" if cv < MUCH else "much"


def _times(group: Group) -> str:
    if group.state is State.NOBODY:
        return "nobody answered"
    if group.ratio is None:
        return "fewer than 10 answered"
    return f"about {percent(group.ratio)} of the answers that would be their share"


def _line(group: Group) -> Line:
    return Line(
        name=group.name,
        people=HIDDEN if group.people is None else f"{group.people:,}",
        sample=_share(group.sample_share),
        population=_share(group.population_share),
        ratio=_ratio(group),
        says=STATES[group.state],
    )


def _share(share: float | None) -> str:
    return NOT_THERE if share is None else percent(share)


def _ratio(group: Group) -> str:
    """One decimal and no interval: the count behind it is to the nearest ten."""
    return NOT_THERE if group.ratio is None else rounded(group.ratio, 1)
