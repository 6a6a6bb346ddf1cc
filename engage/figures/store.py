"""Stored figures for pages and files: the newest run over a wave, and its rows."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from engage.core.cleaning.flow import Flow
from engage.core.indicators.unanswered import Unanswered
from engage.core.representation.representation import Representation
from engage.core.statistics.estimate import Estimate, flag_now
from engage.extensions import table_of
from engage.figures.final import published
from engage.figures.models import Figure, FigureRun
from engage.figures.moved import Moved
from engage.figures.weighting import Weighting
from engage.waves.models import Wave, WaveState

Source = Session | scoped_session[Any]
FIGURES = table_of(Figure)
# Columns, not objects: a run has thousands of rows, and each object would cost as much as ten.
COLUMNS = tuple(column for column in FIGURES.columns if not column.primary_key)


@dataclass(frozen=True, slots=True)
class StoredRun:
    """One calculation over a wave: what went in, how it was weighted, and when.

    `past_flows` has the flow of the same responses under each older version of the rules.
    `sensitivity` tells what cleaning did to the headline figures. `representation` and
    `unanswered` (by indicator) tell nothing of a few people. All four are empty in a run that was
    made before they were kept. Numbers of people in its figures are multiples of
    `counts_rounded_to`.
    """

    id: int
    wave_id: int
    definition_id: int
    made_at: datetime
    interim: bool
    flow: Flow
    weighting: Weighting
    past_flows: Mapping[int, Flow] = field(default_factory=dict)
    sensitivity: tuple[Moved, ...] = ()
    representation: Representation | None = None
    unanswered: Mapping[str, Unanswered] = field(default_factory=dict)
    counts_rounded_to: int = 1


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """One row of the suppressed table; `label` names the group for people."""

    indicator: str
    breakdown: str
    group: str
    label: str
    estimator: str
    method: str
    estimate: Estimate


def newest_run(session: Source, wave_id: int, *, final: bool = False) -> StoredRun | None:
    """The newest run over a wave; None when none was made yet.

    With `final` it is the one that those see who may see no other (`engage.figures.final`).
    """
    newest = select(FigureRun).filter_by(wave_id=wave_id).order_by(FigureRun.id.desc()).limit(1)
    if final:
        runs = published().subquery()
        newest = newest.where(FigureRun.id.in_(select(runs.c.run_id)))
    row = session.scalars(newest).one_or_none()
    return _run(row) if row else None


def closed_wave(session: Source, wave: Wave) -> Wave | None:
    """The newest closed wave of an open wave's survey that has figures; none for a closed one."""
    if wave.state != WaveState.OPEN:
        return None
    with_figures = select(FigureRun.wave_id).where(FigureRun.interim.is_(False))
    newest = (
        select(Wave)
        .where(
            Wave.questionnaire == wave.questionnaire,
            Wave.state == WaveState.CLOSED,
            Wave.id.in_(with_figures),
        )
        .order_by(Wave.opens_on.desc())
        .limit(1)
    )
    return session.scalars(newest).one_or_none()


def run_of(session: Source, run_id: int) -> StoredRun | None:
    """A run by its number; None when it was replaced long ago."""
    row = session.get(FigureRun, run_id)
    return _run(row) if row else None


def newest_runs(session: Source) -> dict[int, StoredRun]:
    """The newest run of every wave that has one, by wave."""
    rows = session.scalars(select(FigureRun).order_by(FigureRun.id))
    return {row.wave_id: _run(row) for row in rows}


def figures_of(
    session: Source,
    run_id: int,
    breakdowns: Sequence[str] | None = None,
    indicator: str | None = None,
) -> tuple[StoredFigure, ...]:
    """The rows of a run in their order: all, or those of some breakdowns or one indicator."""
    wanted = select(*COLUMNS).where(FIGURES.c.run_id == run_id).order_by(FIGURES.c.position)
    if breakdowns is not None:
        wanted = wanted.where(FIGURES.c.breakdown.in_(breakdowns))
    if indicator is not None:
        wanted = wanted.where(FIGURES.c.indicator == indicator)
    return tuple(_figure(tuple(row)) for row in session.execute(wanted))


def breakdowns_of(session: Source, run_id: int) -> list[str]:
    """The breakdowns that a run has figures by, in their order."""
    first = func.min(Figure.position)
    wanted = select(Figure.breakdown).filter_by(run_id=run_id).group_by(Figure.breakdown)
    return list(session.scalars(wanted.order_by(first)))


def _run(row: FigureRun) -> StoredRun:
    past = json.loads(row.past_flows or "{}")
    mirror = json.loads(row.representation or "null")
    unanswered = json.loads(row.unanswered or "{}")
    return StoredRun(
        id=row.id,
        wave_id=row.wave_id,
        definition_id=row.definition_id,
        made_at=row.made_at,
        interim=row.interim,
        flow=Flow.from_data(json.loads(row.flow)),
        weighting=Weighting.from_data(json.loads(row.weighting)),
        past_flows={int(version): Flow.from_data(flow) for version, flow in past.items()},
        sensitivity=tuple(Moved.from_data(each) for each in json.loads(row.sensitivity or "[]")),
        representation=Representation.from_data(mirror) if mirror else None,
        unanswered={name: Unanswered(**each) for name, each in unanswered.items()},
        counts_rounded_to=row.counts_rounded_to,
    )


def _figure(row: tuple[Any, ...]) -> StoredFigure:
    indicator, breakdown, group, label, estimator, method = row[:6]
    estimate, error, lower, upper, base, effective, design, flag = row[6:]
    return StoredFigure(
        indicator,
        breakdown,
        group,
        label,
        estimator,
        method,
        Estimate(
            number_of(estimate),
            number_of(error),
            number_of(lower),
            number_of(upper),
            base,
            number_of(effective),
            number_of(design),
            flag_now(flag),
        ),
    )


def number_of(stored: float | None) -> float:
    """What is stored, or not a number where nothing is."""
    return math.nan if stored is None else stored
