"""A published figure as pages and files read it: its estimate, its change and its targets."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from engage.core.indicators.model import Key
from engage.core.statistics.estimate import ESTIMATE_COLUMNS, Estimate


@dataclass(frozen=True, slots=True)
class Change:
    """A figure less that which is published of the wave named `since`; in the figure's own unit.

    `way` is `up` or `down` where the change is clear among all that were tested, else `none`.
    """

    since: str
    value: float
    lower: float
    upper: float
    way: str

    def written(self) -> str:
        """As JSON, as it is stored."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure is held to: `value` in its unit, `operator` one of >=, <= and =.

    `verdict` is what the figure says of it, in words; `ahead` that it is for a later year.
    """

    operator: str
    value: float
    year: str
    verdict: str
    ahead: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of a published table; `label` names the group for people."""

    indicator: str
    breakdown: str
    group: str
    label: str
    estimator: str
    method: str
    estimate: Estimate
    change: Change | None = None
    targets: Sequence[Aim] = ()

    @property
    def key(self) -> Key:
        """What tells it from the other rows of its publication."""
        return self.indicator, self.breakdown, self.group


def change_of(stored: str) -> Change | None:
    """The change in stored JSON; none in an empty text."""
    return Change(**json.loads(stored)) if stored else None


def targets_of(stored: str) -> tuple[Aim, ...]:
    """The targets in stored JSON; none in an empty text."""
    return tuple(Aim(**each) for each in json.loads(stored)) if stored else ()


def targets_written(targets: Sequence[Aim]) -> str:
    """Targets as JSON, as they are stored; empty for none."""
    return json.dumps([asdict(each) for each in targets], sort_keys=True) if targets else ""


def numbers_of(estimate: Estimate) -> dict[str, Any]:
    """The numbers of an estimate as a database takes them: nothing where there is no number."""
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in zip(ESTIMATE_COLUMNS, estimate.cells, strict=True)
    }
