"""Which rows of the performance table are shown, and in which order: links, no scripts."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from engage.core.statistics.target import Verdict
from engage.dashboard.table import Row, Way

BY_STATUS = {
    Verdict.NOT_MET: 0,
    Verdict.NOT_MET_WITHIN: 1,
    Verdict.MET_WITHIN: 2,
    Verdict.MET: 3,
    None: 4,
}
BY_WAY = {Way.WORSE: 0, Way.CHANGED: 1, Way.BETTER: 2, Way.UNCLEAR: 3}

SORTS: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "order": ("Main findings first", lambda row: row.position),
    "name": ("Name", lambda row: row.name.lower()),
    "change": ("Worse first", lambda row: (BY_WAY[row.way], -_size(row), row.position)),
    "status": ("Targets missed first", lambda row: (BY_STATUS[row.verdict], row.position)),
}
FILTERS: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "all": ("All figures", lambda _row: True),
    "main": ("Main findings", lambda row: row.leads),
    "target": ("With a target", lambda row: row.verdict is not None),
    "missed": (
        "Target not met",
        lambda row: row.verdict in {Verdict.NOT_MET, Verdict.NOT_MET_WITHIN},
    ),
    "changed": ("Clearly changed", lambda row: row.way is not Way.UNCLEAR),
}


def arranged(rows: Sequence[Row], sort: str, show: str) -> list[Row]:
    """The rows that `show` leaves, as `sort` says; KeyError for a name that is not offered."""
    keep, by = FILTERS[show][1], SORTS[sort][1]
    return sorted((row for row in rows if keep(row)), key=by)


def _size(row: Row) -> float:
    return 0.0 if math.isnan(row.size) else abs(row.size)
