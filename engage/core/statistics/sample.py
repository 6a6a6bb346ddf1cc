"""A sample: who answered, which residents they stand for, and into which groups they fall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.cells import Cells, gather
from engage.core.statistics.factor import Factor, overall
from engage.core.statistics.margins import Margin, MarginError, fit, reconcile, thin


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything about the people except their answers.

    `population` is the residents of each margin's categories, in their order; `residents` is
    their common total, or the number of people when there are no margins.
    """

    cells: Cells
    population: tuple[FloatArray, ...]
    residents: float
    warnings: tuple[str, ...]


def take_sample(
    size: int,
    *,
    margins: Sequence[Margin] = (),
    labels: Mapping[str, Factor] | None = None,
    breakdowns: Sequence[Factor] = (),
    design_weights: npt.ArrayLike | None = None,
    fewest: int = 1,
) -> Sample:
    """The sample of `size` people, with `labels[margin.name]` giving each one's category.

    Raises MarginError when margins and people do not fit. Without `design_weights` everyone
    counts once. The breakdown `overall` is always there. A margin is refused when a category
    has fewer than `fewest` people.
    """
    weights = np.ones(size) if design_weights is None else np.asarray(design_weights, np.float64)
    if not (np.isfinite(weights) & (weights > 0)).all():
        raise MarginError(
            "A design weight is missing, zero or below. Give everyone one above 0; use 1 for "
            "all where everyone had the same chance to be asked."
        )
    fitted, warnings = reconcile(margins)
    pairs = [fit(margin, (labels or {})[margin.name], fewest) for margin in fitted]
    factors = [factor for factor, _residents in pairs]
    groups = [overall(size), *(factor for factor in breakdowns if factor.name != "overall")]
    return Sample(
        cells=gather(weights, factors, groups),
        population=tuple(residents for _factor, residents in pairs),
        residents=fitted[0].total if fitted else float(size),
        warnings=(*warnings, *thin(factors)),
    )
