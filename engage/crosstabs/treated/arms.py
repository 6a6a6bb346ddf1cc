"""One wave of a comparison of treated wards with others: its people, groups and figures.

Only the worker loads this.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.core.disclosure.suppress import suppress
from engage.core.disclosure.ties import ties
from engage.core.indicators.compare import AREAS, Wave
from engage.core.indicators.compute import tabulate
from engage.core.indicators.counting import count_indicators
from engage.core.indicators.disclosure import disclosure
from engage.core.indicators.model import Indicator
from engage.core.statistics.did import arms
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.factor import Factor
from engage.figures.breakdowns import WARD, visitors
from engage.figures.inputs import Inputs
from engage.figures.tables import METHOD
from engage.figures.weighed import Weighed, weigh


@dataclass(frozen=True, slots=True)
class Home:
    """The residents of a cleaned wave, the ward of each, and how many people are in each ward."""

    given: Inputs
    table: pd.DataFrame
    away: int
    wards: Factor

    @property
    def people(self) -> Mapping[str, int]:
        """Those who answered, by ward."""
        codes = self.wards.codes
        counted = np.bincount(codes[codes >= 0], minlength=len(self.wards.categories))
        return dict(zip(self.wards.categories, counted.tolist(), strict=True))


def home_of(given: Inputs) -> Home | None:
    """The residents of a wave, cleaned; None where its questionnaire asks for no ward."""
    area = given.definition.role("area")
    if area is None:
        return None
    limits = Thresholds(wards=frozenset(given.areas.wards), opens_on=given.opens_on)
    table = clean(given.definition, given.table, limits, flags=False).table
    away = visitors(given.definition, table)
    home = table.loc[~away].reset_index(drop=True)
    wards = tuple(given.areas.wards)
    place = {ward: at for at, ward in enumerate(wards)}
    codes = np.array([place.get(each, -1) for each in home[area.id].astype(object)], dtype=np.int64)
    return Home(given, home, int(away.sum()), Factor(WARD, wards, codes))


def weighed_arms(home: Home, treated: frozenset[str], control: frozenset[str]) -> Weighed:
    """The residents with their weights, and the two arms and the wards as breakdowns."""
    factors = [arms(home.wards, treated, control, AREAS), home.wards]
    return weigh(home.given, home.table, home.away, factors)


def counted(home: Home, weighed: Weighed, indicators: Sequence[Indicator]) -> Wave:
    """The wave with these indicators counted in either arm."""
    return Wave(home.given.wave, count_indicators(home.table, indicators, weighed.sample))


def shown(
    home: Home, weighed: Weighed, wave: Wave, estimator: str
) -> tuple[dict[tuple[str, str], Estimate], dict[str, dict[str, int]]]:
    """The suppressed figure of each indicator in each arm, by both; and how many it counts by ward.

    The second is for `singled_out` alone and is never stored.
    """
    indicators = [line.indicator for line in wave.counted.lines]
    made = tabulate(wave.counted, wave=wave.name, estimators=[estimator], methods=[METHOD])
    by_ward = made.tidy["breakdown"] == WARD
    tied = ties(weighed.sample.joint())
    tidy = suppress(
        made.tidy.loc[~by_ward].reset_index(drop=True),
        numerators=made.numerators.loc[~by_ward].reset_index(drop=True),
        policy=disclosure(indicators, home.given.definition, counts=home.given.counts_rounded_to),
        within=[pair for pair in tied.within if not _of_wards(*pair)],
        rests=[each for each in tied.rests if not _of_wards(each.name, each.whole, *each.parts)],
    )
    arms_of = tidy.loc[tidy["breakdown"] == AREAS].to_dict("records")
    bases: dict[str, dict[str, int]] = {}
    for row in made.tidy.loc[by_ward].to_dict("records"):
        bases.setdefault(row["indicator"], {})[row["group"]] = int(row["base"])
    return {(row["indicator"], row["group"]): Estimate.from_row(row) for row in arms_of}, bases


def _of_wards(*groups: tuple[str, str]) -> bool:
    """Whether a ward is among groups: wards are not shown here, only held against what was."""
    return any(breakdown == WARD for breakdown, _group in groups)
