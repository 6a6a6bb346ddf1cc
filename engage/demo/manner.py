"""How the people of the demonstration answer: shares and leanings, read from data beside this."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import numpy as np

from engage.core.definition.yaml_text import read_yaml

FOLDER = Path(__file__).parent / "answers"

DRIFT = 0.12
"""How far a wave that has only begun is from the one before: a standard deviation of logarithms."""


class Period(StrEnum):
    """Whose shares a wave takes: the earlier ones or the latest."""

    BEFORE = "before"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Who:
    """Who takes part: percentages, and how keen ages and women are next to others."""

    visitors: float
    no_ward: float
    no_sex: float
    women: float
    paper: float
    phone: float
    ages: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """A question of one answer: the shares of its substantive options in order.

    `apart` gives options that are no substantive answer, such as not doing this, their own
    percentage of those asked; `dont_know` is one, too.
    """

    shares: tuple[float, ...]
    before: tuple[float, ...] = ()
    unease: float = 0.0
    dont_know: float = 2.0
    apart: Mapping[str, float] = field(default_factory=dict)

    def at(self, period: Period) -> tuple[float, ...]:
        """The shares in a period."""
        return self.before if period is Period.BEFORE and self.before else self.shares

    def drifted(self, random: np.random.Generator) -> "Scale":
        """The same with its latest shares a little different."""
        moved = np.array(self.shares) * np.exp(random.normal(0, DRIFT, len(self.shares)))
        return replace(self, shares=tuple(moved.tolist()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticking:
    """The percentage of people who tick anything at all."""

    share: float = 100.0
    before: float | None = None
    unease: float = 0.0

    def at(self, period: Period) -> float:
        """The share in a period."""
        return self.share if period is Period.LATEST or self.before is None else self.before

    def drifted(self, random: np.random.Generator) -> Self:
        """The same with its latest share a little different."""
        odds = self.share / max(100 - self.share, 1e-9) * float(np.exp(random.normal(0, DRIFT)))
        return replace(self, share=100 * odds / (1 + odds))


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Ticking):
    """A question of several answers: how popular each is among those who tick anything."""

    ticks: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together(Ticking):
    """Lists of which a share of people tick something on any; each has its share of those."""

    lists: Mapping[str, List]


@dataclass(frozen=True, slots=True)
class Manner:
    """How one survey is answered."""

    who: Who
    scales: Mapping[str, Scale]
    lists: Mapping[str, List]
    together: tuple[Together, ...]
    chances: Mapping[str, Mapping[str, float]]
    one_thing: tuple[str, ...]

    def drifted(self, random: np.random.Generator) -> "Manner":
        """The same with all shares a little different, as in a wave that has only begun."""
        return replace(
            self,
            scales={name: each.drifted(random) for name, each in self.scales.items()},
            lists={name: each.drifted(random) for name, each in self.lists.items()},
            together=tuple(each.drifted(random) for each in self.together),
        )


def manner_of(questionnaire: str) -> Manner:
    """How a survey is answered in the demonstration."""
    own, shared = _read(questionnaire), _read("everyone")
    return Manner(
        who=Who(**own["who"]),
        scales={name: _scale(data) for name, data in own["scales"].items()},
        lists={name: List(**data) for name, data in own["lists"].items()},
        together=tuple(
            Together(**{**data, "lists": {n: List(**each) for n, each in data["lists"].items()}})
            for data in own.get("together", [])
        ),
        chances=shared["chances"],
        one_thing=tuple(shared["one_thing"]),
    )


def _scale(data: dict[str, Any]) -> Scale:
    plain = {**data, "shares": tuple(data["shares"]), "before": tuple(data.get("before", ()))}
    return Scale(**plain)


def _read(name: str) -> Any:
    file = FOLDER / f"{name}.yaml"
    return read_yaml(file.read_text("utf-8"), str(file))
