"""Margins: how many residents each category of a classification holds, and whether they fit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.factor import Factor
from engage.core.statistics.people import UNKNOWN

# Totals from two official files differ by rounding; more than this is another population.
TOLERANCE = 0.005
SMALLEST = 20


class MarginError(ValueError):
    """Margins that cannot be used with this sample, and which of them where it is one."""

    def __init__(self, message: str, margin: str | None = None) -> None:
        """Keep the margin's name, so that a caller can do without it and say so."""
        super().__init__(message)
        self.margin = margin


class MarginsDoNotSumError(MarginError):
    """Two margins count populations of different sizes."""


class EmptyCategoryError(MarginError):
    """A category with residents in which nobody, or too few, answered."""


class NoResidentsError(MarginError):
    """A category in which people answered, of which the margin does not know the residents."""


class MissingCategoryError(MarginError):
    """People who are in no category of a margin."""


@dataclass(frozen=True, slots=True)
class Margin:
    """One margin: residents in each category."""

    name: str
    population: Mapping[str, float]

    @property
    def total(self) -> float:
        """All residents that the margin counts."""
        return float(sum(self.population.values()))

    def scaled(self, factor: float) -> "Margin":
        """The same margin with every category multiplied."""
        return Margin(self.name, {name: n * factor for name, n in self.population.items()})


def reconcile(margins: Sequence[Margin]) -> tuple[tuple[Margin, ...], tuple[str, ...]]:
    """Margins of one total, that of the first, and a warning for each that had to be rescaled.

    Totals within 0.5% of one another are rescaled; anything further apart is refused, since it
    is another population and not another rounding.
    """
    if not margins:
        return (), ()
    for margin in margins:
        _refuse_no_numbers(margin)
    first, warnings, fitted = margins[0], [], [margins[0]]
    for margin in margins[1:]:
        gap = abs(margin.total - first.total) / first.total if first.total else 1.0
        if gap > TOLERANCE:
            raise MarginsDoNotSumError(
                f"The margin {first.name} has {first.total:,.10g} residents and the margin "
                f"{margin.name} has {margin.total:,.10g}, {gap:.1%} apart. Margins must count "
                "the same people: correct the one that is wrong.",
                margin.name,
            )
        if gap > 1e-12:
            warnings.append(
                f"By {margin.name} the residents add up to {margin.total:,.10g}; they were "
                f"rescaled to the {first.total:,.10g} by {first.name}."
            )
            margin = margin.scaled(first.total / margin.total)  # noqa: PLW2901  the same margin
        fitted.append(margin)
    return tuple(fitted), tuple(warnings)


def _refuse_no_numbers(margin: Margin) -> None:
    """Raise MarginError for residents that are not a number, infinite or below zero."""
    for name, count in margin.population.items():
        if not np.isfinite(count) or count < 0:
            raise MarginError(
                f"The margin {margin.name} has {count:g} residents for {name}. Give a number of 0 "
                "or more.",
                margin.name,
            )


def fit(
    margin: Margin, factor: Factor, fewest: int = 1, sizes: FloatArray | None = None
) -> tuple[Factor, FloatArray]:
    """The people's categories in the margin's order, and the residents of each.

    An entry of `factor` stands for one person, or for as many as `sizes` says.
    Categories of nobody at all are left out. Refused: people in no category, people in a
    category without residents, and residents of a category in which fewer than `fewest` answered.
    """
    outside = factor.codes < 0
    missing = int(outside.sum() if sizes is None else sizes[outside].sum())
    if missing:
        raise MissingCategoryError(
            f"{missing} people are in no category of the margin {margin.name}. Give them a "
            "category such as unknown, with its share of the residents.",
            margin.name,
        )
    answered = dict(zip(factor.categories, factor.held(sizes).tolist(), strict=True))
    stray = [name for name, n in answered.items() if n and margin.population.get(name, 0) <= 0]
    if stray:
        raise NoResidentsError(
            f"The margin {margin.name} has no residents for {_listed(stray)}, where "
            f"{sum(answered[name] for name in stray)} people answered. Add the category to the "
            "margins, or correct the answers.",
            margin.name,
        )
    empty = [
        name
        for name, n in margin.population.items()
        if n > 0 and answered.get(name, 0) < max(fewest, 1)
    ]
    if empty:
        nobody = "Nobody" if fewest <= 1 else f"Fewer than {fewest} people"
        raise EmptyCategoryError(
            f"{nobody} in the sample: {_listed(empty)} of the margin {margin.name}, with "
            f"{sum(margin.population[name] for name in empty):,.10g} residents. Merge the "
            "category with a neighbour in both files, or leave the margin out.",
            margin.name,
        )
    kept = [name for name, n in margin.population.items() if n > 0]
    place = {name: position for position, name in enumerate(kept)}
    lookup = np.array([place.get(name, -1) for name in factor.categories], dtype=np.int64)
    residents = np.array([margin.population[name] for name in kept], dtype=np.float64)
    return Factor(margin.name, tuple(kept), lookup[factor.codes]), residents


def share_outside(
    margin: Margin, factor: Factor, weights: FloatArray, outside: Collection[str]
) -> Margin:
    """The margin with categories that no census knows, such as unknown or visitor.

    Each gets the share of the residents that it has of the design weights; the rest shrink pro
    rata, so that the total stays and nobody is dropped.
    """
    sums = np.bincount(factor.codes, weights=weights, minlength=len(factor.categories))
    shares = dict(zip(factor.categories, (sums / weights.sum()).tolist(), strict=True))
    added = {name: shares.get(name, 0.0) for name in outside if shares.get(name, 0.0) > 0}
    rest = 1 - sum(added.values())
    known = {name: n * rest for name, n in margin.population.items() if name not in added}
    return Margin(
        margin.name, known | {name: share * margin.total for name, share in added.items()}
    )


def thin(margins: Sequence[Factor], people: FloatArray | None = None) -> tuple[str, ...]:
    """Warnings of categories of fewer than 20 people: their weights rest on a few answers.

    An entry stands for one person, or for as many as `people` says. The warnings tell no count,
    which could be one of a few people or help to reckon one.
    """
    told: list[str] = []
    for factor in margins:
        sizes = zip(factor.categories, factor.held(people).tolist(), strict=True)
        few = [name for name, count in sizes if count < SMALLEST]
        if known := [name for name in few if name != UNKNOWN]:
            told.append(
                f"By {factor.name}, fewer than {SMALLEST} people answered in each of these, so "
                f"their weights rest on little: {'; '.join(known)}."
            )
        if UNKNOWN in few:
            told.append(
                f"Fewer than {SMALLEST} people did not say their {factor.name}. They stand for "
                "their share of the residents."
            )
    return tuple(told)


def _listed(names: Sequence[str]) -> str:
    """Names in a row, in quotes where something in them would not be seen."""
    return ", ".join(
        name if name.isprintable() and name == name.strip() else repr(name) for name in names
    )
