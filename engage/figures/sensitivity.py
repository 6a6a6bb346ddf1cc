"""Headline figures with and without what cleaning took out, told only where it tells of nobody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from engage.core.cleaning.log import Cleaned
from engage.core.cleaning.sensitivity import Moved as Change, sensitivity
from engage.core.disclosure.suppress import suppress
from engage.core.disclosure.ties import Ties, ties
from engage.core.indicators.compute import compute
from engage.core.indicators.disclosure import disclosure
from engage.core.indicators.model import Headline, Indicator
from engage.core.statistics.estimate import EMPTY, HIDDEN
from engage.core.words.rounding import rounded
from engage.figures.breakdowns import cuts, linked, visitors
from engage.figures.inputs import Inputs
from engage.figures.moved import Moved, Unsaid
from engage.figures.tables import METHOD
from engage.figures.weighed import weigh

POINT = 0.01
Place = tuple[str, str, str]
"""An indicator, a breakdown and one of its groups."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """The figures of residents over one table, not suppressed, and how they were weighted."""

    tidy: pd.DataFrame
    numerators: pd.Series
    estimator: str
    ties: Ties

    def values(self) -> dict[str, float]:
        """Every figure by its place."""
        values = self.tidy["estimate"]
        return {
            "|".join(place): value for place, value in zip(_places(self.tidy), values, strict=True)
        }


def moved(given: Inputs, cleaned: Cleaned, shown: pd.DataFrame) -> tuple[Moved, ...]:
    """Each headline figure over what is used, and over all that came, raw, weighted alike.

    `shown` is the suppressed table of what is used, with labels. What cleaning took out is the
    difference of the two, so it goes through suppression as a table of its own: a figure is told
    where that which was taken out of it could be shown too. Where it could not, a percentage is
    told to have moved by so many whole points, if these stand for enough people. Headlines of
    groups that the table does not have are left out.
    """
    flags = dict(zip(_places(shown), shown["flag"].astype(str), strict=True))
    wanted = [each for each in given.headlines if _place(each) in flags]
    if not wanted:
        return ()
    used = _measured(given, cleaned.table, wanted)
    touched = bool(cleaned.removed or cleaned.cleared)
    received = _measured(given, given.table, wanted) if touched else used
    changes = {
        change.name: change
        for change in sensitivity(
            given.table,
            cleaned,
            lambda table: (used if table is cleaned.table else received).values(),
        )
    }
    hidden = {place for place, flag in flags.items() if HIDDEN in flag}
    few = _few(given, used, received) - hidden if touched else set()
    coarse = few & _enough(given, received)
    hidden |= few - coarse
    alike = used.estimator == received.estimator
    titles = _titles(given.indicators, shown)
    return tuple(
        _told(
            Moved(*place, title=headline.title or titles[place]),
            changes["|".join(place)],
            hidden=place in hidden,
            coarse=place in coarse,
            alike=alike,
        )
        for headline, place in ((each, _place(each)) for each in wanted)
    )


def _told(plain: Moved, change: Change, *, hidden: bool, coarse: bool, alike: bool) -> Moved:
    """The figure with its numbers, or with the reason why they are not told."""
    if hidden:
        return replace(plain, reason=Unsaid.HIDDEN)
    if change.difference is None:
        return replace(plain, reason=Unsaid.NOBODY)
    if not alike:
        return replace(plain, reason=Unsaid.UNLIKE)
    if coarse:
        points = float(rounded(100 * change.difference)) / 100
        return replace(plain, used=change.used, difference=points, reason=Unsaid.ROUNDED)
    return replace(plain, used=change.used, received=change.received, difference=change.difference)


def _measured(given: Inputs, table: pd.DataFrame, wanted: Sequence[Headline]) -> _Measured:
    """The headline indicators of the residents in a table, in the headlines' breakdowns."""
    away = visitors(given.definition, table)
    home = table.loc[~away].reset_index(drop=True)
    names = {each.breakdown for each in wanted}
    factors = [
        cut.factor
        for cut in cuts(given.definition, home, given.areas, given.united)
        if cut.factor.name in names
    ]
    weighed = weigh(given, home, int(away.sum()), factors)
    estimator = weighed.weighting.estimator
    counted = compute(
        home,
        _headlined(given.indicators, wanted),
        weighed.sample,
        wave=given.wave,
        estimators=[estimator],
        methods=[METHOD],
    )
    return _Measured(counted.tidy, counted.numerators, estimator, ties(weighed.sample.joint()))


def _few(given: Inputs, used: _Measured, received: _Measured) -> set[Place]:
    """Where what was taken out may not be shown.

    Whoever was taken out of a group for one figure and came into it for another could make a
    count fall below nobody, or the yes below it; such a place is hidden.
    """
    base = received.tidy["base"] - used.tidy["base"]
    yes = received.numerators - used.numerators
    odd = (base < 0) | (yes < 0) | (yes > base)
    taken = received.tidy.assign(base=base.mask(odd, 1), flag=np.where(base == 0, EMPTY, ""))
    indicators = [each for each in given.indicators if each.id in set(taken["indicator"])]
    shown = suppress(
        taken,
        numerators=yes.mask(odd & yes.notna(), 1.0),
        policy=disclosure(indicators, given.definition),
        within=(*linked(given.areas, given.united), *received.ties.within),
        rests=received.ties.rests,
    )
    return set(_places(shown[shown["flag"].astype(str).str.contains(HIDDEN, regex=False)]))


def _enough(given: Inputs, received: _Measured) -> set[Place]:
    """Where one point stands for as many people as may stay unknown among those taken out.

    A difference in whole points then leaves open, for as many people as a hidden count must, how
    those few answered: 0.01 of the base is at least 5 people, or 10 where it is sensitive.
    """
    policy = disclosure(given.indicators, given.definition)
    percentages = {each.id for each in given.indicators if each.kind.is_percentage}
    tidy = received.tidy
    least = [
        policy.smallest_side if name in policy.sensitive else policy.smallest_count
        for name in tidy["indicator"]
    ]
    enough = (tidy["base"].fillna(0) * POINT >= least) & tidy["indicator"].isin(percentages)
    return set(_places(tidy[enough]))


def _titles(indicators: Sequence[Indicator], shown: pd.DataFrame) -> Mapping[Place, str]:
    """What figures without a title are called: by the indicator, and by the group if not all."""
    names = {each.id: each.name for each in indicators}
    return {
        place: names[place[0]] if place[1] == "overall" else f"{names[place[0]]}: {label}"
        for place, label in zip(_places(shown), shown["label"], strict=True)
    }


def _headlined(indicators: Iterable[Indicator], wanted: Iterable[Headline]) -> list[Indicator]:
    names = {each.indicator for each in wanted}
    return [each for each in indicators if each.id in names]


def _place(headline: Headline) -> Place:
    return headline.indicator, headline.breakdown, headline.group


def _places(tidy: pd.DataFrame) -> list[Place]:
    return list(zip(tidy["indicator"], tidy["breakdown"], tidy["group"], strict=True))
