"""The suppressed tables of a wave: of its residents by every breakdown, and of its visitors."""

import pandas as pd

from engage.core.disclosure.suppress import suppress
from engage.core.disclosure.ties import ties
from engage.core.indicators.compute import compute
from engage.core.indicators.disclosure import disclosure
from engage.core.statistics.sample import take_sample
from engage.figures.breakdowns import CONNECTION, linked
from engage.figures.inputs import Inputs
from engage.figures.weighed import Weighed

METHOD = "xlogit"


def resident_tables(given: Inputs, home: pd.DataFrame, weighed: Weighed) -> list[pd.DataFrame]:
    """The suppressed tables of the overall figures and of each breakdown, in their order."""
    counted = compute(
        home,
        given.indicators,
        weighed.sample,
        wave=given.wave,
        estimators=[weighed.weighting.estimator],
        methods=[METHOD],
    )
    tied = ties(weighed.sample.joint())
    shown = suppress(
        counted.tidy,
        numerators=counted.numerators,
        policy=disclosure(given.indicators, given.definition, counts=given.counts_rounded_to),
        within=(*linked(given.areas, given.united), *tied.within),
        rests=tied.rests,
    )
    # A questionnaire without indicators has a table without rows, which is a table all the same.
    return [part for _name, part in shown.groupby("breakdown", sort=False)] or [shown]


def visitor_table(given: Inputs, guests: pd.DataFrame) -> pd.DataFrame:
    """The suppressed figures of people who do not live here."""
    counted = compute(
        guests,
        given.indicators,
        take_sample(len(guests)),
        wave=given.wave,
        estimators=["unweighted"],
        methods=[METHOD],
    )
    shown = suppress(
        counted.tidy,
        numerators=counted.numerators,
        policy=disclosure(given.indicators, given.definition, counts=given.counts_rounded_to),
    )
    return as_connection(shown, "visitor")


def as_connection(overall: pd.DataFrame, group: str) -> pd.DataFrame:
    """The overall figures of some people as a group of the breakdown by connection."""
    return overall.assign(breakdown=CONNECTION, group=group)
