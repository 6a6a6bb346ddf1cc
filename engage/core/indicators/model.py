"""An indicator: what is counted, out of whom, and which way is better."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from engage.core.statistics.target import Target

Key = tuple[str, str, str]
"""A figure of a wave: an indicator, a breakdown and one of its groups."""


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


class BreakKind(StrEnum):
    """Why figures of two versions of a questionnaire may not be compared as they stand."""

    WORDING = "wording"
    ORDER = "order"
    MODE = "mode"
    ANSWERS = "answers"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class DeclaredBreak:
    """A break that the council knows of: since which version, and a sentence that says why."""

    version: int
    kind: BreakKind
    says: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What an indicator is made of since a version; what is not given stays as it was before."""

    version: int
    variables: tuple[str, ...] = ()
    numerator: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    outside: tuple[str, ...] | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    `numerator` and `base` are answer codes; `scores` give the points of each code in the base of
    a score; a `sum_threshold` counts who has at least `threshold` points. `outside`, where
    given, are all the codes outside the base that may occur, so that any other is a mistake.
    A `target` is in the unit of the figure: 0.72 for 72%.

    What is said here holds since the first version of the questionnaire; `revisions`, oldest
    first, say what changed with later ones (see `at_version`).
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
    breaks: tuple[DeclaredBreak, ...] = ()
    revisions: tuple[Revision, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every answer code that puts somebody into the base."""
        return self.base or tuple(self.scores)


def at_version(indicator: Indicator, version: int) -> Indicator:
    """The indicator as it is made from the answers to one version of its questionnaire.

    Every revision since that version or an earlier one is applied, oldest first. Give it the
    indicator as it was read from its file: what was revised once cannot be made older again.
    """
    made = indicator
    for revision in indicator.revisions:
        if revision.version <= version:
            made = replace(
                made,
                variables=revision.variables or made.variables,
                numerator=revision.numerator or made.numerator,
                base=revision.base or made.base,
                outside=made.outside if revision.outside is None else revision.outside,
                scores=revision.scores or made.scores,
                threshold=made.threshold if revision.threshold is None else revision.threshold,
            )
    return made


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
class Headline:
    """One of the figures that lead the page; `title` names it for people, such as "Women"."""

    indicator: str
    breakdown: str = "overall"
    group: str = "all"
    title: str = ""

    @property
    def key(self) -> Key:
        """Which figure it is."""
        return self.indicator, self.breakdown, self.group


@dataclass(frozen=True, slots=True)
class UnitedGroup:
    """Groups of a breakdown put together; `parts` are their codes."""

    code: str
    label: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class United:
    """A breakdown that puts groups of the breakdown `of` together.

    A person in a group that is part of none is in none of these either.
    """

    id: str
    title: str
    of: str
    groups: tuple[UnitedGroup, ...]


@dataclass(frozen=True, slots=True)
class IndicatorFile:
    """The indicators of one file, in its order, with what goes with all of them."""

    questionnaire: str | None
    indicators: tuple[Indicator, ...]
    comparisons: Comparisons = Comparisons()
    headlines: tuple[Headline, ...] = ()
    united: tuple[United, ...] = ()
