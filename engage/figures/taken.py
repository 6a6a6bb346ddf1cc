"""What cleaning took out of the headline figures, and where that may be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.cleaning.log import Cleaned
from engage.core.cleaning.sensitivity import Moved as Change, sensitivity
from engage.core.disclosure.moved import in_points, leaves_open
from engage.core.disclosure.suppress import suppress
from engage.core.disclosure.ties import Ties, ties
from engage.core.indicators.compute import compute
from engage.core.indicators.disclosure import disclosure
from engage.core.indicators.model import Headline, Indicator, Key
from engage.core.statistics.estimate import EMPTY, HIDDEN
from engage.figures.breakdowns import cuts, linked, visitors
from engage.figures.inputs import Inputs
from engage.figures.tables import METHOD
from engage.figures.weighed import weigh


@dataclass(frozen=True, slots=True)
class _Measured:
    """The figures of residents over one table, not suppressed, and how they were weighted."""

    tidy: pd.DataFrame
    numerators: pd.Series
    weighted: tuple[str, ...]
    ties: Ties

    def values(self) -> dict[str, float]:
        """Every figure by its place."""
        values = self.tidy["estimate"]
        return {
            "|".join(place): value for place, value in zip(places(self.tidy), values, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Taken:
    """What cleaning did to figures, and at which places it may not be told.

    `few` are those where what was taken out may not be shown, and `coarse` has how many whole
    points a share moved, where that may be told all the same. `alike` says whether both tables
    were weighted in the same way: by the same margins, with the same categories put together.
    """

    changes: Mapping[Key, Change]
    few: frozenset[Key]
    coarse: Mapping[Key, float]
    alike: bool


def taken_out(given: Inputs, cleaned: Cleaned, wanted: Sequence[Headline]) -> Taken:
    """The headlines over what is used and over all that came, raw."""
    used = _measured(given, cleaned.table, wanted)
    touched = bool(cleaned.removed or cleaned.cleared)
    received = _measured(given, given.table, wanted) if touched else used
    found = sensitivity(
        given.table,
        cleaned,
        lambda table: (used if table is cleaned.table else received).values(),
    )
    by_name = {change.name: change for change in found}
    few: frozenset[Key] = _few(given, used, received) if touched else frozenset()
    return Taken(
        {place: by_name["|".join(place)] for place in places(used.tidy)},
        few,
        _coarse(given, cleaned, used, received, few),
        alike=used.weighted == received.weighted,
    )


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
    made = weighed.weighting
    categories = tuple(f"{line.margin}: {line.category}" for line in made.lines)
    weighted = (estimator, *made.margins, *categories)
    return _Measured(counted.tidy, counted.numerators, weighted, ties(weighed.sample.joint()))


def _few(given: Inputs, used: _Measured, received: _Measured) -> frozenset[Key]:
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
    return frozenset(places(shown[shown["flag"].astype(str).str.contains(HIDDEN, regex=False)]))


def _coarse(
    given: Inputs, cleaned: Cleaned, used: _Measured, received: _Measured, few: frozenset[Key]
) -> Mapping[Key, float]:
    """How many whole points shares moved that a `few` did, where it is open how those answered."""
    policy = disclosure(given.indicators, given.definition)
    shares = {each.id for each in given.indicators if each.kind.is_share}
    most = len(cleaned.removed) + len(cleaned.cleared)
    rows = zip(
        places(used.tidy),
        used.tidy["estimate"],
        received.tidy["estimate"],
        used.tidy["base"].fillna(0),
        strict=True,
    )
    made = {}
    for place, figure, everybody, base in rows:
        if place in few and place[0] in shares and base > 0:
            points = in_points(figure - everybody)
            sensitive = place[0] in policy.sensitive
            least = policy.smallest_side if sensitive else policy.smallest_count
            if leaves_open(float(figure), int(base), points, most, least):
                made[place] = points
    return made


def _headlined(indicators: Iterable[Indicator], wanted: Iterable[Headline]) -> list[Indicator]:
    names = {each.indicator for each in wanted}
    return [each for each in indicators if each.id in names]


def places(tidy: pd.DataFrame) -> list[Key]:
    """The place of each row of a table."""
    return list(zip(tidy["indicator"], tidy["breakdown"], tidy["group"], strict=True))
