"""Counting: every indicator of a wave counted once, for all that is estimated from it later."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from engage.core.indicators.answers import answers
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.counts import Answers, Moments, PairMoments, moments, pair_moments
from engage.core.statistics.sample import Sample


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator and what was counted for it: `items` are its columns among all items."""

    indicator: Indicator
    items: tuple[int, ...]
    pairs: PairMoments | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A wave's people and the counts of their answers, an item a column.

    `answers` are kept for those who answered in two waves, whom counts alone cannot match.
    """

    sample: Sample
    lines: tuple[Line, ...]
    held: Moments
    answers: tuple[Answers, ...]


def count_indicators(
    table: pd.DataFrame, indicators: Sequence[Indicator], sample: Sample
) -> Counted:
    """Every item of every indicator; `table` has a row for each person of `sample`, in order.

    Raises UnknownVariableError.
    """
    items: list[Answers] = []
    lines: list[Line] = []
    for indicator in indicators:
        own = answers(table, indicator)
        joint = indicator.kind is Kind.MEAN_OF_PROPORTIONS
        pairs = pair_moments(sample.cells, own) if joint else None
        lines.append(Line(indicator, tuple(range(len(items), len(items) + len(own))), pairs))
        items += own
    return Counted(sample, tuple(lines), moments(sample.cells, items), tuple(items))
