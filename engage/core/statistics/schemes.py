"""Estimators: which weights a figure is made with, and how their standard error is reckoned."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.margins import MarginError
from engage.core.statistics.projection import Projection, project
from engage.core.statistics.sample import Sample
from engage.core.statistics.weights import rake, trim


@dataclass(frozen=True, slots=True)
class Scheme:
    """One estimator for one sample; weights are one a cell.

    `scale` are the weights at which raking explained the answers: the same as `weights`, except
    that trimming comes after raking. `unsampled` is the share of residents who did not answer
    (1 without finite population correction). Without `projection` the weights are taken as given.
    """

    name: str
    weights: FloatArray
    scale: FloatArray
    projection: Projection | None
    unsampled: float

    @property
    def calibrated(self) -> bool:
        """Whether the standard error allows for the margins."""
        return self.projection is not None


Weigh = Callable[[Sample, FloatArray], Scheme]


def _given(name: str, choose: Callable[[Sample, FloatArray], FloatArray]) -> Weigh:
    """An estimator that takes its weights as if they were certain."""

    def weigh(sample: Sample, raked: FloatArray) -> Scheme:
        weights = choose(sample, raked)
        return Scheme(name, weights, weights, None, 1.0)

    return weigh


def _raked(name: str, sample: Sample, raked: FloatArray, *, swept: bool = True) -> Scheme:
    return Scheme(name, raked, raked, project(sample.cells, raked, swept=swept), 1.0)


def _raked_finite(name: str, sample: Sample, raked: FloatArray) -> Scheme:
    unsampled = max(0.0, 1 - sample.cells.people / sample.residents)
    return Scheme(name, raked, raked, project(sample.cells, raked, swept=True), unsampled)


def _raked_trimmed(name: str, sample: Sample, raked: FloatArray) -> Scheme:
    return Scheme(name, trim(sample, raked), raked, project(sample.cells, raked, swept=True), 1.0)


ESTIMATORS: dict[str, Weigh] = {
    "unweighted": _given("unweighted", lambda sample, _raked: np.ones_like(sample.cells.sizes)),
    "base": _given("base", lambda sample, _raked: sample.cells.design_weights),
    "rake": partial(_raked, "rake"),
    "rake_fpc": partial(_raked_finite, "rake_fpc"),
    "calib": partial(_raked, "calib", swept=False),
    "fixed": _given("fixed", lambda _sample, raked: raked),
    "trim": partial(_raked_trimmed, "trim"),
    "fixed_trim": _given("fixed_trim", trim),
}
_WITHOUT_RAKING = {"unweighted", "base"}


def schemes(sample: Sample, names: Iterable[str]) -> tuple[Scheme, ...]:
    """The named estimators for a sample, raked once; raises MarginError."""
    wanted = list(names)
    unknown = [name for name in wanted if name not in ESTIMATORS]
    if unknown:
        raise ValueError(f"Unknown estimator {unknown[0]!r}: use one of {', '.join(ESTIMATORS)}.")
    raked = sample.cells.design_weights
    if not _WITHOUT_RAKING.issuperset(wanted):
        if not sample.cells.margins:
            raise MarginError(
                "There are no margins to rake to. Give some, or use the estimator unweighted."
            )
        raked = rake(sample).weights
    return tuple(ESTIMATORS[name](sample, raked) for name in wanted)
