"""One side of a comparison: a wave's indicators in the groups of one breakdown."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engage.core.indicators.counting import Counted, Line
from engage.core.statistics.arrays import CodeArray, FloatArray, IntArray
from engage.core.statistics.composite import Composite, mean_of_proportions
from engage.core.statistics.contrast import Contrasts, contrast
from engage.core.statistics.groups import Groups, group
from engage.core.statistics.overlap import Shared, linearised
from engage.core.statistics.ratios import Ratios, ratios
from engage.core.statistics.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Side:
    """Every item of a wave in every group, and the means that several items make."""

    counted: Counted
    groups: Groups
    made: Ratios
    means: dict[str, Composite]

    def base(self, line: Line) -> FloatArray:
        """The people, unweighted, behind an indicator in each group."""
        mean = self.means.get(line.indicator.id)
        return mean.base if mean else self.made.base[:, line.items[0]]

    def contrasts(self, coefficients: FloatArray) -> Iterator[Contrasts]:
        """The contrasts (rows of `coefficients`) of every indicator, in their order."""
        items = contrast(self.groups, self.made, coefficients)
        for line in self.counted.lines:
            mean = self.means.get(line.indicator.id)
            at = line.items[0]
            yield (
                contrast(self.groups, mean, coefficients)
                if mean
                else Contrasts(items.value[:, at], items.variance[:, at], items.independent[:, at])
            )

    def linearised(self, line: Line, rows: IntArray, coefficients: FloatArray) -> FloatArray:
        """What each person of `rows` adds to the error of each contrast (see `overlap`)."""
        people = Shared(self.counted.sample.cells.rows[rows], self._groups_of(rows))
        items = [
            linearised(self.groups, self.made, item, self.counted.values(item, rows), people)
            for item in line.items
        ]
        return np.asarray(np.mean(items, axis=0) @ coefficients.T)

    def _groups_of(self, rows: IntArray) -> CodeArray:
        name = self.groups.split.name
        factor = next(each for each in self.counted.sample.groups if each.name == name)
        return factor.codes[rows]


def side_of(counted: Counted, scheme: Scheme, breakdown: str) -> Side:
    """The side of a wave for a breakdown, which its sample must have."""
    held = next(each for each in counted.held if each.split.name == breakdown)
    groups = group(counted.sample.cells, held.split, scheme)
    made = ratios(groups, held.moments)
    means = {
        line.indicator.id: mean_of_proportions(
            groups, made, line.items, line.pairs, held.pairs[line.indicator.id]
        )
        for line in counted.lines
        if line.joint
    }
    return Side(counted, groups, made, means)
