"""How a run was weighted, as it is stored and shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any

from engage.core.statistics.people import FEWEST_TOLD, UNKNOWN


@dataclass(frozen=True, slots=True)
class Line:
    """One category of a margin.

    `people` answered; unweighted they stand for `before` residents, weighted for all `residents`.
    What would tell a count below 10 is absent.
    """

    margin: str
    category: str
    people: int | None
    before: float | None
    residents: float | None

    @property
    def group(self) -> str:
        """What the category is called for people."""
        return "Not known" if self.category == UNKNOWN else self.category


@dataclass(frozen=True, slots=True)
class Weighting:
    """What a reader needs to judge the weights; every tuple holds sentences or names for people.

    `margins` are those raked to; `reason` says why there are none; `refused` and `merged` what
    did not fit and what was put together; `notes` the rest. `residents` and `visitors` are used
    responses; only residents are weighted. The numbers are Kish's, and absent without weights.
    """

    estimator: str
    residents: int
    visitors: int
    margins: tuple[str, ...] = ()
    reason: str = ""
    refused: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    population: float | None = None
    smallest: float | None = None
    largest: float | None = None
    design_effect: float | None = None
    effective_base: float | None = None
    lines: tuple[Line, ...] = ()

    @property
    def weighted(self) -> bool:
        """Whether residents count differently from one another."""
        return bool(self.margins)

    def as_data(self) -> dict[str, Any]:
        """The weighting as plain data, as it is stored: without counts of a few people."""
        return asdict(replace(self, lines=private(self.lines)))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Weighting":
        """The weighting in stored data."""
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        given["lines"] = private(Line(**line) for line in given.get("lines", ()))
        return cls(**given)


def private(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines without what tells how many people a category of fewer than 10 has.

    Where the rest of a margin would tell, its next smallest category is hidden as well. The
    share of a few unknown people is not taken off the residents of the other categories.
    """
    margins = groupby(lines, key=lambda line: line.margin)
    return tuple(line for _margin, held in margins for line in _private([*held]))


def _private(lines: Sequence[Line]) -> list[Line]:
    known = sorted((line for line in lines if line.people is not None), key=_people)
    count = sum(_people(line) < FEWEST_TOLD for line in known)
    if not count:
        return [*lines]
    # Two at least are hidden, and ten people: the total is known, and so is what is left of it.
    if len(known) == len(lines) and (count == 1 or sum(map(_people, known[:count])) < FEWEST_TOLD):
        count += 1
    hidden = {line.category for line in known[:count]}
    shown = _on_record(lines) if UNKNOWN in hidden else lines
    return [
        replace(line, people=None, before=None) if line.category in hidden else line
        for line in shown
    ]


def _on_record(lines: Sequence[Line]) -> list[Line]:
    """The lines with all residents in the known categories, and none told of the unknown."""
    total = sum(line.residents or 0.0 for line in lines)
    known = sum(line.residents or 0.0 for line in lines if line.category != UNKNOWN)
    return [
        replace(
            line,
            residents=None
            if line.category == UNKNOWN or line.residents is None
            else line.residents * total / known,
        )
        for line in lines
    ]


def _people(line: Line) -> int:
    return line.people or 0
