"""What the weights do: how far they reach, what they cost, and what they put right."""

import math
from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.sample import Sample
from engage.core.statistics.weights import rake


@dataclass(frozen=True, slots=True)
class MarginLine:
    """One category: the people in it, residents that they stood for before raking, and after."""

    margin: str
    category: str
    people: int
    before: float
    after: float
    residents: float


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What a reader needs to judge a set of weights.

    `design_effect` is Kish's, n sum(w^2) / (sum w)^2; `effective_base` the people divided by it.
    """

    people: int
    total: float
    smallest: float
    largest: float
    design_effect: float
    effective_base: float
    iterations: int
    margins: tuple[MarginLine, ...]
    warnings: tuple[str, ...]


def kish_effect(weights: FloatArray, sizes: FloatArray) -> float:
    """Kish's design effect (1965) of weights held by `sizes` people each."""
    total = float(sizes @ weights)
    return float(sizes.sum() * (sizes @ weights**2)) / total**2 if total else math.nan


def diagnose(sample: Sample) -> Diagnostics:
    """The diagnostics of a sample's raked weights; of its design weights when it has no margins."""
    raked = rake(sample)
    return describe(sample, raked.weights, raked.iterations)


def describe(sample: Sample, weights: FloatArray, iterations: int = 0) -> Diagnostics:
    """The diagnostics of any weights, one a cell."""
    sizes = sample.cells.sizes
    effect = kish_effect(weights, sizes)
    return Diagnostics(
        people=sample.cells.people,
        total=float(sizes @ weights),
        smallest=float(weights.min()) if len(weights) else math.nan,
        largest=float(weights.max()) if len(weights) else math.nan,
        design_effect=effect,
        effective_base=sample.cells.people / effect,
        iterations=iterations,
        margins=_lines(sample, weights),
        warnings=sample.warnings,
    )


def _lines(sample: Sample, weights: FloatArray) -> tuple[MarginLine, ...]:
    cells = sample.cells
    if not cells.margins:
        return ()
    lines: list[MarginLine] = []
    design = cells.design_weights * sample.residents / (cells.design_weights @ cells.sizes)
    for factor, residents in zip(cells.margins, sample.population, strict=True):
        sums = [
            np.bincount(factor.codes, each * cells.sizes, minlength=len(residents))
            for each in (np.ones_like(design), design, weights)
        ]
        lines += [
            MarginLine(factor.name, name, int(n), float(before), float(after), float(total))
            for name, n, before, after, total in zip(
                factor.categories, *sums, residents, strict=True
            )
        ]
    return tuple(lines)
