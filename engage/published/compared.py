"""The change and the targets of a figure as they are published: only of what is published too.

A change is told only where the figure it is reckoned from stands in the results of the wave
before, number for number; else it would tell a figure that nobody published.
"""

import math

from sqlalchemy.orm import Session

from engage.core.indicators.model import Key
from engage.core.statistics.estimate import Estimate
from engage.core.words.change import is_clear
from engage.figures.told import Told
from engage.published import store
from engage.published.figure import Aim, Change


class Compared:
    """The changes and targets of a run's figures that may be published with them."""

    def __init__(self, session: Session, told: Told) -> None:
        """Read what is published of the wave before."""
        self._told = told
        before = store.of_wave(session, told.earlier.id) if told.earlier else None
        shown = store.published_figures(session, before.id) if before else ()
        out = before is not None and not before.withdrawn
        self._published = {each.key: each.estimate for each in shown} if out else {}

    def change(self, key: Key) -> Change | None:
        """The change of a figure since the wave before, if both are published as they stand."""
        change, then = self._told.changes.get(key), self._told.before.get(key)
        if change is None or then is None or change.reason or math.isnan(change.value):
            return None
        if not _same(self._published.get(key), then):
            return None
        clear = is_clear(change)
        way = ("up" if change.value > 0 else "down") if clear else "none"
        return Change(change.before_wave, change.value, change.lower, change.upper, way)

    def targets(self, key: Key) -> tuple[Aim, ...]:
        """What a figure is held to, with what it says of that."""
        return tuple(
            Aim(
                operator=each.target.operator.value,
                value=each.target.value,
                year=each.target.year,
                verdict=each.verdict.value,
                ahead=each.ahead,
                source=each.target.source,
            )
            for each in self._told.verdicts.get(key, ())
            if each.verdict is not None
        )


def _same(one: Estimate | None, other: Estimate) -> bool:
    """Whether a figure stands as it does elsewhere, number for number."""
    return (
        one is not None
        and not one.hidden
        and (one.value, one.base, one.lower) == (other.value, other.base, other.lower)
    )
