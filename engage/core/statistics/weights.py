"""Weights that make the sample add up to the residents: raking, and trimming what is extreme.

Deming and Stephan (1940); Deville, Särndal and Sautory (1993). Trimming as `trimWeights` of R's
survey package does it, and the repeated clip and rake that keeps the margins.
"""

from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.margins import MarginError
from engage.core.statistics.sample import Sample

# Far tighter than R's 1e-10 of the total, so that no figure depends on when the raking stopped.
CHANGE = 1e-12
SWEEPS = 5000
LOWER, UPPER = 0.3, 3.0


class RakingError(MarginError):
    """The margins contradict each other in this sample, so that no weights meet them all."""


class TrimmingError(MarginError):
    """No weights stay within the bounds and still meet the margins."""


@dataclass(frozen=True, slots=True)
class Raked:
    """Raked weights, one a cell, and how many sweeps over the margins they took."""

    weights: FloatArray
    iterations: int


def rake(sample: Sample, start: FloatArray | None = None) -> Raked:
    """Weights, one a cell, whose sums meet every margin; raises RakingError.

    Starts from the design weights (or `start`) and multiplies the categories of one margin after
    another until none of them moves a weight by more than 1e-12 of itself.
    """
    cells = sample.cells
    weights = cells.design_weights if start is None else start
    if cells.people:
        weights = weights * sample.residents / (weights @ cells.sizes)
    if not cells.margins:
        return Raked(weights, 0)
    for sweep in range(1, SWEEPS + 1):
        gap = 0.0
        for factor, residents in zip(cells.margins, sample.population, strict=True):
            held = np.bincount(factor.codes, weights * cells.sizes, minlength=len(residents))
            ratios = residents / held
            weights = weights * ratios[factor.codes]
            gap = max(gap, float(np.abs(ratios - 1).max()), key=_worse)
        # Margins that contradict each other come back to the same weights sweep after sweep, so
        # it is not enough that the weights stand still from one sweep to the next.
        if gap < CHANGE:
            return Raked(weights, sweep)
        if not np.isfinite(gap):
            raise RakingError(
                f"The weights of {cells.people:,} people came out as no numbers: design weights "
                f"from {cells.design_weights.min():.3g} to {cells.design_weights.max():.3g} are "
                "too far apart. Correct the ones that are out of all proportion."
            )
    raise RakingError(
        f"The weights still moved after {SWEEPS} sweeps; furthest from its residents is "
        f"{_worst(sample, weights)}. Merge thin categories or leave a margin out."
    )


def trim(
    sample: Sample, weights: FloatArray, lower: float = LOWER, upper: float = UPPER
) -> FloatArray:
    """Weights cut to `lower` and `upper` times their mean; the rest share the excess equally.

    One pass: a few can end just over the bound and the margins are no longer met exactly.
    """
    low, high = _bounds(sample, weights, lower, upper)
    outside = (weights < low) | (weights > high)
    sizes = sample.cells.sizes
    kept = sizes[~outside].sum()
    if not outside.any():
        return weights
    if not kept:
        raise TrimmingError("Every weight is outside the bounds. Widen them.")
    clipped = np.clip(weights, low, high)
    excess = ((weights - clipped) * sizes).sum()
    return np.where(outside, clipped, weights + excess / kept)


def trim_and_rake(
    sample: Sample,
    weights: FloatArray,
    lower: float = LOWER,
    upper: float = UPPER,
    cycles: int = 1000,
) -> Raked:
    """Weights within `lower` and `upper` times their mean that still meet every margin.

    Clips and rakes in turn until no weight moves by 1e-8; the last step is a rake, so the
    margins hold and the bounds hold to about that. Raises TrimmingError.
    """
    low, high = _bounds(sample, weights, lower, upper)
    for cycle in range(1, cycles + 1):
        raked = rake(sample, np.clip(weights, low, high)).weights
        moved = np.abs(raked - weights).max()
        weights = raked
        if moved < 1e-8:
            return Raked(weights, cycle)
    raise TrimmingError(
        f"No weights between {lower:g} and {upper:g} times the mean met the margins after "
        f"{cycles} cycles. Widen the bounds or merge thin categories."
    )


def _bounds(sample: Sample, weights: FloatArray, lower: float, upper: float) -> tuple[float, float]:
    mean = float(weights @ sample.cells.sizes) / sample.cells.people
    return lower * mean, upper * mean


def _worse(gap: float) -> float:
    """By how much a gap is worse than none; a gap that is no number is worst of all."""
    return np.inf if np.isnan(gap) else gap


def _worst(sample: Sample, weights: FloatArray) -> str:
    """The category whose weighted people are furthest from its residents, relative to them."""
    gaps: list[tuple[float, str]] = []
    for factor, residents in zip(sample.cells.margins, sample.population, strict=True):
        held = np.bincount(factor.codes, weights * sample.cells.sizes, minlength=len(residents))
        gap = np.abs(held / residents - 1)
        at = int(gap.argmax())
        told = f"{factor.categories[at]} of the margin {factor.name}"
        counts = f"{held[at]:,.10g} weighted people for {residents[at]:,.10g} residents"
        gaps.append((float(gap[at]), f"{told} ({counts})"))
    return max(gaps)[1]
