"""A wave's residents, each with the weight that makes all of them stand for those on record."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.diagnostics import diagnose
from engage.core.statistics.factor import Factor
from engage.core.statistics.margins import MarginError
from engage.core.statistics.population import Frame, frame
from engage.core.statistics.sample import Sample, take_sample
from engage.core.statistics.weights import rake
from engage.figures.breakdowns import visitors
from engage.figures.inputs import Inputs
from engage.figures.weighting import Line, Weighting


@dataclass(frozen=True, slots=True)
class Weighed:
    """People with their weights, and how those were made."""

    sample: Sample
    weighting: Weighting


def weigh(given: Inputs, home: pd.DataFrame, guests: int, factors: Sequence[Factor]) -> Weighed:
    """The residents of a cleaned table, raked to those on record.

    Where no weights fit, everybody counts once and the weighting says why. `factors` are the
    breakdowns, `guests` the number of people who do not live here.
    """
    framed = frame(given.definition, home, given.population, given.borough)
    try:
        sample = take_sample(
            len(home), margins=framed.margins, labels=framed.labels, breakdowns=factors
        )
        return Weighed(sample, _weighting(framed, sample, guests))
    except MarginError as problem:
        framed = Frame(reason=f"{problem} Everybody counts once.", refused=framed.refused)
        sample = take_sample(len(home), breakdowns=factors)
        return Weighed(sample, _weighting(framed, sample, guests))


def each_weight(given: Inputs, table: pd.DataFrame) -> FloatArray:
    """The weight of each row of a cleaned table in the figures of everybody; 0 of who visits."""
    away = visitors(given.definition, table)
    home = table.loc[~away].reset_index(drop=True)
    sample = weigh(given, home, int(away.sum()), ()).sample
    weights = np.zeros(len(table))
    if len(home):
        weights[~away] = rake(sample).weights[sample.cells.rows]
    return weights


def _weighting(framed: Frame, sample: Sample, guests: int) -> Weighting:
    people = sample.cells.people
    if not framed.margins:
        return Weighting(
            "unweighted",
            people,
            guests,
            reason=framed.reason,
            merged=framed.merged,
            refused=framed.refused,
        )
    made = diagnose(sample)
    return Weighting(
        "rake",
        people,
        guests,
        margins=tuple(margin.name for margin in framed.margins),
        merged=framed.merged,
        refused=framed.refused,
        notes=made.warnings,
        population=made.total,
        smallest=made.smallest,
        largest=made.largest,
        design_effect=made.design_effect,
        effective_base=made.effective_base,
        lines=tuple(
            Line(line.margin, line.category, line.people, line.before, line.residents)
            for line in made.margins
        ),
    )
