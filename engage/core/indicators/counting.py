"""Counting: every indicator of a wave counted once, for all that is estimated from it later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd

from engage.core.indicators.answers import answers, joined, paired, points_of
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.arrays import FloatArray, IntArray
from engage.core.statistics.counts import Item, Moments, Pair, moments, pair_counts
from engage.core.statistics.engine import Batch, Counts, Engine, Form, Split
from engage.core.statistics.sample import Sample
from engage.core.statistics.tally import count


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator and what it is made of: its columns among all items, and pairs of them."""

    indicator: Indicator
    items: tuple[int, ...]
    pairs: tuple[Pair, ...] = ()

    @property
    def joint(self) -> bool:
        """Whether several items make it together."""
        return self.indicator.kind is Kind.MEAN_OF_PROPORTIONS


@dataclass(frozen=True)
class Held:
    """What was counted of all items in the groups of one breakdown."""

    split: Split
    moments: Moments
    pairs: Mapping[str, FloatArray]


@dataclass(frozen=True)
class Counted:
    """A wave's people and the counts of their answers.

    `batch` are the people with what they answered, for those who answered in two waves, whom
    counts alone cannot match; nobody where only the counts are known.
    """

    sample: Sample
    counts: Counts
    lines: tuple[Line, ...]
    items: tuple[Item, ...]
    batch: Batch

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """What was counted, breakdown by breakdown."""
        form, made = self.counts.form, dict[int, Held]()
        found = []
        for split in self.counts.splits:
            # Groups that are groups of cells have the very counts of the cells.
            same = id(split.answers)
            if same not in made:
                pairs = {
                    line.indicator.id: pair_counts(form, split, line.pairs)
                    for line in self.lines
                    if line.joint
                }
                made[same] = Held(split, moments(form, split, self.items), pairs)
            found.append(replace(made[same], split=split))
        return tuple(found)

    def values(self, item: int, people: IntArray) -> FloatArray:
        """What some people's answers are worth, not a number outside the base of the item."""
        asked = self.items[item]
        factor = next(each for each in self.batch.answers if each.name == asked.answer)
        return np.append(asked.values, np.nan)[factor.codes[people]]


def count_indicators(
    table: pd.DataFrame,
    indicators: Sequence[Indicator],
    sample: Sample,
    engine: Engine = count,
) -> Counted:
    """Every item of every indicator; `table` has a row for each person of `sample`, in order.

    Raises UnknownVariableError.
    """
    batch = replace(sample.batch, answers=answers(table, indicators))
    return counted(engine(batch), indicators, sample, batch)


def counted(
    counts: Counts, indicators: Sequence[Indicator], sample: Sample, batch: Batch | None = None
) -> Counted:
    """The same of people who were counted before; raises KeyError for what was not counted."""
    items: list[Item] = []
    lines: list[Line] = []
    for indicator in indicators:
        own = _items(indicator, counts.form)
        places = tuple(range(len(items), len(items) + len(own)))
        lines.append(Line(indicator, places, _pairs(indicator, places)))
        items += own
    return Counted(sample, counts, tuple(lines), tuple(items), batch or sample.batch)


def _items(indicator: Indicator, form: Form) -> list[Item]:
    """What an indicator is made of, each with the value of every answer."""
    categories = dict(form.answers)
    if indicator.kind in {Kind.ANY, Kind.SUM_MEAN, Kind.SUM_THRESHOLD}:
        name = joined(indicator)
        return [Item(name, np.array([float(each) for each in categories[name]]))]
    points = points_of(indicator)
    return [
        Item(name, np.array([points.get(code, np.nan) for code in categories[name]]))
        for name in indicator.variables
    ]


def _pairs(indicator: Indicator, places: tuple[int, ...]) -> tuple[Pair, ...]:
    if indicator.kind is not Kind.MEAN_OF_PROPORTIONS:
        return ()
    named = zip(places, indicator.variables, strict=True)
    return tuple(
        Pair(first, second, paired(indicator, one, two))
        for (first, one), (second, two) in combinations(named, 2)
    )
