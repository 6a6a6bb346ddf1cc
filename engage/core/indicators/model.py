"""An indicator: what is counted, out of whom, and which way is better."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engage.core.statistics.target import Target


class Kind(StrEnum):
    """How an indicator is made from answers."""

    PROPORTION = "proportion"
    ANY = "any"
    MEAN = "mean"
    SUM_MEAN = "sum_mean"
    SUM_THRESHOLD = "sum_threshold"
    MEAN_OF_PROPORTIONS = "mean_of_proportions"

    @property
    def is_share(self) -> bool:
        """Whether it is a share of people, each of whom is in it or not."""
        return self in {Kind.PROPORTION, Kind.ANY, Kind.SUM_THRESHOLD}

    @property
    def is_percentage(self) -> bool:
        """Whether it is printed as a percentage."""
        return self.is_share or self is Kind.MEAN_OF_PROPORTIONS


class Better(StrEnum):
    """Which way is an improvement; never inferred from the name."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    `numerator` and `base` are answer codes; `scores` give the points of each code in the base of
    a score; a `sum_threshold` counts who has at least `threshold` points. `outside`, where
    given, are all the codes outside the base that may occur, so that any other is a mistake.
    A `target` is in the unit of the figure: 0.72 for 72%.
    """

    id: str
    name: str
    kind: Kind
    variables: tuple[str, ...]
    numerator: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    outside: tuple[str, ...] | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    threshold: float | None = None
    better: Better = Better.NEITHER
    sensitive: bool = False
    question: str = ""
    note: str = ""
    target: Target | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Every answer code that puts somebody into the base."""
        return self.base or tuple(self.scores)


@dataclass(frozen=True, slots=True)
class GroupPair:
    """Two groups of a breakdown to compare within a wave: the second less the first."""

    breakdown: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas where something was done and areas to compare them with, as values of a breakdown."""

    breakdown: str
    treated: frozenset[str]
    control: frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Which comparisons are made besides each group's change between waves."""

    groups: tuple[GroupPair, ...] = ()
    areas: Areas | None = None


@dataclass(frozen=True, slots=True)
class IndicatorFile:
    """The indicators of one file, in its order, their questionnaire and their comparisons."""

    questionnaire: str | None
    indicators: tuple[Indicator, ...]
    comparisons: Comparisons = Comparisons()
