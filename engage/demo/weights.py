"""The weights that the figures will give the people of the demonstration."""

from collections.abc import Sequence

import numpy as np

from engage.areas.store import PopulationRow
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answers
from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.population import Borough, frame
from engage.core.statistics.sample import take_sample
from engage.core.statistics.weights import rake


def weights_of(
    definition: Definition,
    answers: Sequence[Answers],
    residents: Sequence[PopulationRow],
    borough: Borough,
) -> FloatArray:
    """The raked weight of each person; 1 for those who do not live here, or with no margins.

    What people answer about the subject does not matter, so this can come before it.
    """
    table = table_from_answers(definition, answers)
    weights = np.ones(len(table))
    here = np.flatnonzero((table["connection"] == "resident").to_numpy())
    people = table.iloc[here].reset_index(drop=True)
    margins = frame(definition, people, residents, borough)
    if margins.margins:
        sample = take_sample(len(people), margins=margins.margins, labels=margins.labels)
        weights[here] = rake(sample).weights[sample.cells.rows]
    return weights
