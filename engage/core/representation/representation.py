"""How well those who answered mirror the residents: what is stored and shown, without numpy."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

JOINT = "joint"
"""The margin that is all margins crossed."""


class State(StrEnum):
    """What a group's ratio says, its interval taken into account."""

    UNDER = "under"
    LEVEL = "level"
    OVER = "over"
    TOO_FEW = "too_few"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a margin beside its residents.

    `people` answered and `residents` live here. Shares are 0 to 1, of those who said which group
    they are in; `ratio` is the first share by the second (1 is level, 0.5 half as many as there
    should be) and `lower` and `upper` its 95% interval. Numbers are None where there are none:
    nobody answered, or nobody of the group lives here; and where they would tell of a few people.
    """

    margin: str
    name: str
    people: int | None
    residents: float
    sample_share: float | None
    population_share: float | None
    ratio: float | None
    lower: float | None
    upper: float | None
    state: State


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a whole margin is from the residents, over the `known` who said their group.

    `dissimilarity` is 0 to 1, the part of those who answered that would have to be others for
    the shares to agree; None where nobody answered. `widest` is the group furthest from its
    share, in standard deviations of belonging to it (`standardised`, below 0 where too few of it
    answered).
    """

    margin: str
    known: int | None
    unknown: int | None
    dissimilarity: float | None
    widest: str | None
    standardised: float | None


@dataclass(frozen=True, slots=True)
class Partial:
    """What one margin adds to the uneven response, in the unit of a propensity (0 to 0.5).

    `unconditional` is by itself, `conditional` what is left of it within the groups of the others.
    """

    margin: str
    unconditional: float
    conditional: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The R-indicator over the joint groups, and what it is made from.

    `r` is 1 when everybody was equally likely to answer, and `cv` the coefficient of variation of
    the chance to answer, 0 when equal. The `adjusted` ones are without what chance alone does to
    small groups. Only compare over the same groups.
    """

    groups: int
    rate: float
    spread: float
    r: float
    cv: float | None
    adjusted_r: float
    adjusted_cv: float | None
    partials: tuple[Partial, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """How many more of a group are needed. `words` say it: 23 men aged 16 to 24."""

    words: str
    more: int
    people: int | None
    target: int


@dataclass(frozen=True, slots=True)
class Needed:
    """The groups of one classification that are short, the shortest first, at `target` responses.

    `by` names it: `age, sex and ward`, or `ward` alone where joint groups would be tiny.
    """

    by: str
    target: int
    rows: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Representation:
    """Who answered beside who lives here.

    `people` are the residents who answered, `reason` why nothing could be compared and `notes`
    what was left out of the comparison; both in words for people. Margins are in order: age, sex,
    ward, and `joint` in `gaps` is all of them crossed. `summary` is None where nobody is in a
    joint group. Counts of a few people may be absent (`engage.core.representation.told`).
    """

    people: int | None
    groups: tuple[Group, ...] = ()
    gaps: tuple[Gap, ...] = ()
    summary: Summary | None = None
    needed: tuple[Needed, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()

    @property
    def widest(self) -> Gap | None:
        """The margin with the group that is furthest from its share; None without any."""
        told = [gap for gap in self.gaps if gap.standardised is not None and gap.margin != JOINT]
        return max(told, key=lambda gap: abs(gap.standardised or 0), default=None)

    def as_data(self) -> dict[str, Any]:
        """The whole as plain data, as it is stored."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Representation":
        """The whole in stored data."""
        summary = data["summary"]
        return cls(
            people=data["people"],
            groups=tuple(Group(**g | {"state": State(g["state"])}) for g in data["groups"]),
            gaps=tuple(Gap(**gap) for gap in data["gaps"]),
            summary=summary and Summary(**summary | {"partials": _partials(summary)}),
            needed=tuple(
                Needed(each["by"], each["target"], tuple(Need(**row) for row in each["rows"]))
                for each in data["needed"]
            ),
            reason=data["reason"],
            notes=tuple(data["notes"]),
        )


def _partials(summary: Mapping[str, Any]) -> tuple[Partial, ...]:
    return tuple(Partial(**partial) for partial in summary["partials"])
