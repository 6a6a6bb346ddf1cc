"""What is stored of the figures that a performance table shows: nothing else is read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engage.core.indicators.model import Key
from engage.core.statistics.estimate import Estimate
from engage.dashboard.series import Series
from engage.figures.comparisons.store import StoredChange, StoredVerdict, comparisons_of
from engage.figures.store import StoredFigure, figures_of
from engage.figures.words import OVERALL

Parts = Sequence[tuple[str, str | None]]
"""Breakdowns to read, each for one indicator or for all."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of the figures of one run, by key; `before` as they were in waves before."""

    figures: Mapping[Key, StoredFigure]
    changes: Mapping[Key, StoredChange]
    verdicts: Mapping[Key, StoredVerdict]
    before: Mapping[Key, Estimate]


def stored_of(
    session: Session, held: Series, heads: Collection[Key], *, leading: bool, final: bool
) -> Stored:
    """The figures of everybody and the headlines, or with `leading` the headlines alone.

    With `final` there is no change since figures that were made while answers still came.
    """
    parts = _parts(heads)
    read = _figures(session, held.newest.run_id, parts)
    figures = {
        key: each
        for key, each in read.items()
        if key in heads or (key[1] == OVERALL and not leading)
    }
    changes: dict[Key, StoredChange] = {}
    verdicts: dict[Key, StoredVerdict] = {}
    for breakdown, indicator in parts:
        compared = comparisons_of(session, held.newest.run_id, breakdown, indicator)
        changes |= {key_of(each): each for each in compared.changes}
        # The first target that holds already is the one of today; one of a later year comes after.
        for each in sorted(compared.verdicts, key=lambda verdict: verdict.ahead):
            verdicts.setdefault(key_of(each), each)
    if final:
        known = {each.run_id for each in held.waves}
        changes = {key: each for key, each in changes.items() if each.before_run in known}
    before = {
        key: each.estimate
        for run in {each.before_run for each in changes.values()}
        for key, each in _figures(session, run, parts).items()
    }
    return Stored(figures, changes, verdicts, before)


def key_of(row: StoredFigure | StoredChange | StoredVerdict) -> Key:
    """Which figure a row is of."""
    return row.indicator, row.breakdown, row.group


def _parts(heads: Iterable[Key]) -> Parts:
    """Everybody, and of other breakdowns only what the headlines name: of wards there are many."""
    named = ((breakdown, indicator) for indicator, breakdown, _group in heads)
    return [(OVERALL, None), *dict.fromkeys(each for each in named if each[0] != OVERALL)]


def _figures(session: Session, run_id: int, parts: Parts) -> dict[Key, StoredFigure]:
    return {
        key_of(each): each
        for breakdown, indicator in parts
        for each in figures_of(session, run_id, [breakdown], indicator)
    }
