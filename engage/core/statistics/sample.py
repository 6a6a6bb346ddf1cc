"""A sample: who answered, which residents they stand for, and into which groups they fall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.cells import Cells, Joint, gather
from engage.core.statistics.engine import Batch, Counts
from engage.core.statistics.factor import Factor, overall
from engage.core.statistics.margins import Margin, MarginError, fit, reconcile, thin


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything about the people except their answers.

    `population` is the residents of each margin's categories, in their order; `residents` is
    their common total, or the number of people when there are no margins. `batch` are the people
    one by one, nobody where only their counts are known; `groups` the breakdowns they are in,
    the first of which is `overall`.
    """

    cells: Cells
    population: tuple[FloatArray, ...]
    residents: float
    warnings: tuple[str, ...]
    batch: Batch

    @property
    def groups(self) -> tuple[Factor, ...]:
        """The breakdowns, by person."""
        return (overall(self.batch.size), *self.batch.groups)

    def joint(self) -> Joint:
        """The people by all their groups at once, whatever they weigh."""
        return gather(None, (), self.groups, self.batch.size)


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
    weights = None if design_weights is None else np.asarray(design_weights, np.float64)
    batch = Batch(
        size=size,
        margins=tuple(replace((labels or {})[each.name], name=each.name) for each in margins),
        groups=tuple(factor for factor in breakdowns if factor.name != "overall"),
        weights=weights,
    )
    cells = gather(weights, batch.margins, (), size)
    return _fitted(cells, batch, margins, fewest)


def sample_from(counts: Counts, margins: Sequence[Margin], fewest: int = 1) -> Sample:
    """The sample of people who were counted somewhere else, of whom only the counts are known.

    `margins` are those of the counts, in their order. Raises MarginError as `take_sample` does.
    """
    nobody = np.zeros(0, dtype=np.int64)
    headings = counts.form.margins
    names = [name for name, _categories in headings]
    if names != [margin.name for margin in margins]:
        raise MarginError(
            f"The people were counted by {', '.join(names) or 'no margin'}, and the margins are "
            f"{', '.join(margin.name for margin in margins) or 'none'}. Give the same ones."
        )
    cells = Cells(
        rows=nobody,
        sizes=counts.splits[0].sizes.astype(np.float64),
        design_weights=counts.weights,
        margins=tuple(
            Factor(name, categories, counts.margins[:, at])
            for at, (name, categories) in enumerate(headings)
        ),
    )
    groups = tuple(Factor(name, categories, nobody) for name, categories in counts.form.groups)
    factors = tuple(Factor(name, categories, nobody) for name, categories in headings)
    return _fitted(cells, Batch(0, factors, groups), margins, fewest)


def _fitted(cells: Cells, batch: Batch, margins: Sequence[Margin], fewest: int) -> Sample:
    """The sample with its cells by the categories of which the residents are known."""
    weights = cells.design_weights
    if not (np.isfinite(weights) & (weights > 0)).all():
        raise MarginError(
            "A design weight is missing, zero or below. Give everyone one above 0; use 1 for "
            "all where everyone had the same chance to be asked."
        )
    fitted, warnings = reconcile(margins)
    pairs = [
        fit(margin, factor, fewest, cells.sizes)
        for margin, factor in zip(fitted, cells.margins, strict=True)
    ]
    factors = tuple(factor for factor, _residents in pairs)
    return Sample(
        cells=Cells(cells.rows, cells.sizes, weights, factors),
        population=tuple(residents for _factor, residents in pairs),
        residents=fitted[0].total if fitted else float(cells.people),
        warnings=(*warnings, *thin(factors, cells.sizes)),
        batch=batch,
    )
