"""How the answers of a wave were cleaned: under every version of the rules, and what it moved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engage.core.cleaning.flow import Flow
from engage.core.cleaning.steps import steps
from engage.core.indicators.model import Indicator
from engage.core.words.rounding import percent, points, rounded
from engage.figures.moved import UNSAID, Moved, Unsaid
from engage.figures.store import StoredRun

IN_POINTS = "Not shown"


@dataclass(frozen=True, slots=True)
class Effect:
    """A headline figure of what is used and of all that came, and the points between them."""

    title: str
    used: str
    received: str
    difference: str
    note: str = ""


def columns(flows: Sequence[Flow]) -> list[str]:
    """What each version of the rules is called; the first is the one that the figures use."""
    used, *older = (f"Rules {flow.rules}" for flow in flows)
    return [f"{used} (used)", *older]


def lines(flows: Sequence[Flow], told: Callable[[int], str]) -> list[tuple[str, list[str]]]:
    """The rows of the table of flows: a name, and a count a version; none where a rule is not.

    `told` puts a count into words. Left out is what was marked or cleared under no version.
    """
    return [
        (step.name, ["–" if count is None else told(count) for count in step.counts])
        for step in steps(flows)
        if any(step.counts) or step.name.startswith(("Received", "Removed", "Used"))
    ]


def effects(run: StoredRun, indicators: Mapping[str, Indicator]) -> list[Effect]:
    """What cleaning did to each headline figure."""
    return [
        _effect(moved, indicators[moved.indicator])
        for moved in run.sensitivity
        if moved.indicator in indicators
    ]


def _in_points(difference: float) -> str:
    """A difference that is kept in whole points; what rounds to none is under half a point."""
    return points(difference) if round(difference, 2) else "under half a point"


def _effect(moved: Moved, indicator: Indicator) -> Effect:
    share = indicator.kind.is_percentage
    write = percent if share else rounded
    if moved.reason == Unsaid.ROUNDED and moved.used is not None and moved.difference is not None:
        return Effect(moved.title, write(moved.used), IN_POINTS, _in_points(moved.difference))
    if moved.used is None or moved.received is None or moved.difference is None:
        return Effect(moved.title, "", "", "", UNSAID.get(moved.reason, "Not known."))
    size = points(moved.difference, 1) if share else rounded(moved.difference, 2)
    return Effect(moved.title, write(moved.used, 1), write(moved.received, 1), size)
