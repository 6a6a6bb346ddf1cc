"""How the answers of a wave were cleaned: under every version of the rules, and what it moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.core.cleaning.flow import Flow
from engage.core.cleaning.words import RULES
from engage.core.indicators.model import Indicator
from engage.core.words.rounding import percent, points, rounded
from engage.figures.moved import Moved, Unsaid
from engage.figures.store import StoredRun

UNSAID: dict[str, str] = {
    Unsaid.HIDDEN: "Not shown: it would tell what a few people said.",
    Unsaid.NOBODY: "Nobody answered.",
    Unsaid.UNLIKE: "Not shown: the answers could not be weighted the same way with those removed.",
}


IN_POINTS = "Not shown"


@dataclass(frozen=True, slots=True)
class Column:
    """One version of the rules: how many each removed, and how many were used."""

    heading: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Effect:
    """A headline figure of what is used and of all that came, and the points between them."""

    title: str
    used: str
    received: str
    difference: str
    note: str = ""


def columns(run: StoredRun) -> list[Column]:
    """The flow by version of the rules, the newest first."""
    older = sorted(run.past_flows.items(), reverse=True)
    return [
        Column(f"Rules {run.flow.rules} (used)", _counts(run.flow)),
        *(Column(f"Rules {version}", _counts(flow)) for version, flow in older),
    ]


def lines(made: Sequence[Column]) -> list[tuple[str, list[str]]]:
    """The rows of the table of flows: a name, and a count a column; none where a rule is not."""
    names = dict.fromkeys(name for column in made for name in column.counts)
    return [
        (
            name,
            [f"{column.counts[name]:,}" if name in column.counts else "–" for column in made],
        )
        for name in sorted(names, key=_ORDER.index)
    ]


def effects(run: StoredRun, indicators: Mapping[str, Indicator]) -> list[Effect]:
    """What cleaning did to each headline figure."""
    return [
        _effect(moved, indicators[moved.indicator])
        for moved in run.sensitivity
        if moved.indicator in indicators
    ]


_ORDER = [
    "Received",
    *(f"Removed: {told.label.lower()}" for told in RULES.values()),
    "Used",
    *(f"Marked, and used: {told.label.lower()}" for told in RULES.values()),
    *(f"Without some answers, and used: {told.label.lower()}" for told in RULES.values()),
]


def _counts(flow: Flow) -> dict[str, int]:
    removed = {f"Removed: {RULES[name].label.lower()}": n for name, n in flow.removed.items()}
    marked = {f"Marked, and used: {RULES[name].label.lower()}": n for name, n in _any(flow.flagged)}
    without = {
        f"Without some answers, and used: {RULES[name].label.lower()}": n
        for name, n in _any(flow.cleared)
    }
    return {"Received": flow.received} | removed | {"Used": flow.used} | marked | without


def _in_points(difference: float) -> str:
    """A difference that is kept in whole points; what rounds to none is under half a point."""
    return points(difference) if round(difference, 2) else "under half a point"


def _any(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(name, count) for name, count in counts.items() if count]


def _effect(moved: Moved, indicator: Indicator) -> Effect:
    share = indicator.kind.is_percentage
    write = percent if share else rounded
    if moved.reason == Unsaid.ROUNDED and moved.used is not None and moved.difference is not None:
        return Effect(moved.title, write(moved.used), IN_POINTS, _in_points(moved.difference))
    if moved.used is None or moved.received is None or moved.difference is None:
        return Effect(moved.title, "", "", "", UNSAID.get(moved.reason, "Not known."))
    size = points(moved.difference, 1) if share else rounded(moved.difference, 2)
    return Effect(moved.title, write(moved.used, 1), write(moved.received, 1), size)
