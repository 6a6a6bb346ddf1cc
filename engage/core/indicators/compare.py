"""Comparisons of indicators: wave on wave, between groups, against targets, between areas."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.indicators.counting import Counted, Line
from engage.core.indicators.model import Better, Comparisons, GroupPair
from engage.core.indicators.side import Side, side_of
from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.change import change
from engage.core.statistics.contrast import (
    between_groups,
    distance,
    each_group,
    second_less_first,
)
from engage.core.statistics.detectable import smallest_change
from engage.core.statistics.did import CONTROL, TREATED
from engage.core.statistics.difference import Difference, differences
from engage.core.statistics.intervals import clopper_pearson
from engage.core.statistics.overlap import Links, covariance
from engage.core.statistics.schemes import Scheme, schemes
from engage.core.statistics.target import Target, Verdict, judge

# The breakdown of treated and control areas; no column can have this name.
AREAS = "@area"
OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave by name, counted."""

    name: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison, and what may be said of it.

    `kind` is wave_diff, group_diff_w and the wave's name, did or vs_target. `fewest` is the
    smallest number of people in any figure that it is made of, and `made_of` names these figures
    by wave, breakdown and group. `detectable` is the change that a next wave as precise as the
    later one could show, for each change and target.
    """

    kind: str
    estimator: str
    indicator: str
    breakdown: str
    group: str
    difference: Difference
    fewest: int
    made_of: tuple[tuple[str, str, str], ...]
    target: float | None = None
    verdict: Verdict | None = None
    detectable: float = math.nan


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both waves by one estimator."""

    before: Wave
    after: Wave
    schemes: tuple[Scheme, Scheme]
    links: Links | None

    def sides(self, breakdown: str) -> tuple[Side, Side]:
        return (
            side_of(self.before.counted, self.schemes[0], breakdown),
            side_of(self.after.counted, self.schemes[1], breakdown),
        )


def compare(
    before: Wave,
    after: Wave,
    *,
    breakdowns: Sequence[str],
    comparisons: Comparisons,
    estimators: Sequence[str] = ("rake",),
    links: Links | None = None,
) -> list[Comparison]:
    """Every comparison of two waves with the same indicators, groups and categories.

    Each group of `breakdowns` changes between the waves; the pairs of `comparisons` are compared
    within either wave, its areas by difference in differences (the samples must have the
    breakdown `@area`, see `did.arms`), and whatever has a target is held to it in the later wave.
    With `links` the waves share those people. Comparisons of groups with nobody in them are there
    too, without numbers. Raises MarginError, and ValueError for an unknown estimator.
    """
    made: list[Comparison] = []
    weighed = (schemes(wave.counted.sample, estimators) for wave in (before, after))
    for both in zip(*weighed, strict=True):
        pair = _Pair(before, after, (both[0], both[1]), links)
        for name in breakdowns:
            made += _changes(pair, name)
        for groups in comparisons.groups:
            made += _between(pair, groups)
        if comparisons.areas:
            made += _areas(pair)
        made += _targets(pair)
    return made


def _changes(pair: _Pair, breakdown: str) -> Iterator[Comparison]:
    first, second = pair.sides(breakdown)
    take = each_group(first.groups)
    parts = zip(first.counted.lines, first.contrasts(take), second.contrasts(take), strict=True)
    for line, earlier, later in parts:
        bases = first.base(line), second.base(line)
        shared = _shared(pair.links, first, second, line, take)
        gaps = differences(change(earlier, later, *bases, shared))
        errors = np.sqrt(later.variance)
        for name, gap, error in zip(first.groups.names, gaps, errors.tolist(), strict=True):
            yield Comparison(
                "wave_diff",
                pair.schemes[0].name,
                line.indicator.id,
                breakdown,
                name,
                gap,
                min(gap.base_first, gap.base_second),
                tuple((wave.name, breakdown, name) for wave in (pair.before, pair.after)),
                detectable=smallest_change(error),
            )


def _shared(
    links: Links | None, first: Side, second: Side, line: Line, take: FloatArray
) -> FloatArray | None:
    """The covariance of two waves' contrasts through the people who are in both."""
    if links is None:
        return None
    return covariance(
        first.linearised(line, links.first, take), second.linearised(line, links.second, take)
    )


def _between(pair: _Pair, groups: GroupPair) -> Iterator[Comparison]:
    for wave, side in zip((pair.before, pair.after), pair.sides(groups.breakdown), strict=True):
        names = (groups.first, groups.second)
        at = [side.groups.names.index(name) for name in names]
        take = second_less_first(side.groups, *names)
        for line, made in zip(side.counted.lines, side.contrasts(take), strict=True):
            first, second = (side.base(line)[[place]] for place in at)
            (gap,) = differences(between_groups(made, first, second))
            yield Comparison(
                f"group_diff_w{wave.name}",
                side.groups.scheme.name,
                line.indicator.id,
                groups.breakdown,
                f"{groups.second}-{groups.first}",
                gap,
                min(gap.base_first, gap.base_second),
                tuple((wave.name, groups.breakdown, name) for name in names),
            )


def _areas(pair: _Pair) -> Iterator[Comparison]:
    first, second = pair.sides(AREAS)
    take = second_less_first(first.groups, CONTROL, TREATED)
    parts = zip(first.counted.lines, first.contrasts(take), second.contrasts(take), strict=True)
    for line, earlier, later in parts:
        control, treated = first.base(line) + second.base(line)
        shared = _shared(pair.links, first, second, line, take)
        bases = np.array([treated]), np.array([control])
        (gap,) = differences(change(earlier, later, *bases, shared))
        yield Comparison(
            "did",
            pair.schemes[0].name,
            line.indicator.id,
            AREAS,
            f"{TREATED}-{CONTROL}",
            gap,
            int(min(*first.base(line), *second.base(line))),
            tuple(
                (wave.name, AREAS, arm)
                for wave in (pair.before, pair.after)
                for arm in (TREATED, CONTROL)
            ),
        )


def _targets(pair: _Pair) -> Iterator[Comparison]:
    side = side_of(pair.after.counted, pair.schemes[1], OVERALL)
    for line, made in zip(side.counted.lines, side.contrasts(each_group(side.groups)), strict=True):
        target, better = line.indicator.target, line.indicator.better
        if target is None:
            continue
        base = side.base(line)
        (gap,) = differences(distance(made, target, base))
        lower, upper = _limits(side, line, gap, target)
        yield Comparison(
            "vs_target",
            side.groups.scheme.name,
            line.indicator.id,
            OVERALL,
            f"wave{pair.after.name}",
            gap,
            int(base[0]),
            ((pair.after.name, OVERALL, "all"),),
            target.value,
            None
            if math.isnan(lower)
            else judge(
                target,
                gap.value + target.value,
                lower,
                upper,
                higher_is_better=better is Better.HIGHER,
            ),
            smallest_change(gap.standard_error),
        )


def _limits(side: Side, line: Line, gap: Difference, target: Target) -> tuple[float, float]:
    """The interval that is held to the target: at 0% and 100% it is Clopper and Pearson's."""
    if gap.standard_error == 0 and line.indicator.kind.is_share:
        share = np.round(side.made.value[:, line.items[0]])
        lower, upper = clopper_pearson(share, side.made.kish_base[:, line.items[0]])
        return float(lower[0]), float(upper[0])
    return gap.lower + target.value, gap.upper + target.value
