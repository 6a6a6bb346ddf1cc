"""What a publication says besides its figures, frozen with them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from engage.core.export.licence import Licence


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator as it is named for readers.

    `unit` is `percent` or `score`; `low` and `high` are the ends of its scale, 0 and 1 for
    percentages. `several` is over how many questions, where it is made of more than one.
    """

    id: str
    name: str
    unit: str
    question: str = ""
    better: str = "neither"
    note: str = ""
    low: float = 0.0
    high: float = 1.0
    share: bool = True
    sensitive: bool = False
    several: int = 1


@dataclass(frozen=True, slots=True)
class About:
    """The wave, how it was asked and weighted, and what its figures are called.

    Days are written as in 2026-11-22. `received` and `used` are numbers of people as they may be
    told; `removed` says why answers are not used and how many, `weighting` how answers were
    weighted, both in sentences. `breakdowns` are titles by id, in their order. `headlines` are
    keys of the leading figures. `licence` is on what terms all of it may be used. `titles` name the
    leading figures that are of one group, such as "Women", in the order of `headlines`.
    `people` is a digest of whose answers are used, which no page shows.
    """

    title: str
    wave: str
    definition_version: int
    opens_on: str
    closes_on: str
    run_made_at: str
    sample: str
    invited: bool = False
    population: str = ""
    made_up: bool = False
    counts_rounded_to: int = 1
    received: str = ""
    used: str = ""
    removed: tuple[tuple[str, str, str], ...] = ()
    weighted: bool = False
    weighting: tuple[str, ...] = ()
    caveat: str = ""
    indicators: tuple[Named, ...] = ()
    breakdowns: Mapping[str, str] = field(default_factory=dict)
    headlines: tuple[tuple[str, str, str], ...] = ()
    titles: tuple[str, ...] = ()
    licence: Licence = field(default_factory=Licence)
    people: str = ""

    @property
    def first_day(self) -> date:
        """The first day on which people could answer."""
        return date.fromisoformat(self.opens_on)

    @property
    def last_day(self) -> date:
        """The last day on which people could answer."""
        return date.fromisoformat(self.closes_on)

    @property
    def made_on(self) -> date:
        """The day on which the figures were made."""
        return date.fromisoformat(self.run_made_at)

    def indicator(self, name: str) -> Named | None:
        """An indicator by its id."""
        return next((each for each in self.indicators if each.id == name), None)

    def written(self) -> str:
        """As JSON, as it is stored; breakdowns keep their order."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, stored: str) -> "About":
        """What is stored."""
        data: dict[str, Any] = json.loads(stored)
        data["indicators"] = tuple(Named(**each) for each in data.get("indicators", ()))
        for name in ("removed", "headlines"):
            data[name] = tuple(tuple(each) for each in data.get(name, ()))
        data["licence"] = Licence(**data.get("licence", {}))
        for name in ("weighting", "titles"):
            data[name] = tuple(data.get(name, ()))
        return cls(**data)
