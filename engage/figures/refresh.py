"""Making a wave's figures anew: read, calculate, store. Runs in the worker, never in a request."""

import json
import math
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session

from engage.areas import store as areas
from engage.clock import day_of
from engage.extensions import table_of
from engage.figures.breakdowns import Areas
from engage.figures.calculate import Inputs, Outcome, calculate
from engage.figures.comparisons.make import compare_run
from engage.figures.indicators import indicators_of
from engage.figures.models import Figure, FigureRun
from engage.responses.coded import coded_responses
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of

KEPT_RUNS = 2
AFTER_CLOSING = timedelta(days=7)
FIGURES = table_of(Figure)


class NoFiguresError(LookupError):
    """A wave of which no figures can be made."""


def refresh(session: Session, wave_id: int, now: datetime) -> FigureRun:
    """Make the figures of a wave anew and store them, in the caller's transaction.

    Reads on a connection of its own, so that nobody who answers waits while figures are made.
    Raises NoFiguresError for an unknown wave and for one whose answers are deleted by now: the
    figures that were made of those stay as they are. A run that began later and was stored while
    this one was made is given back instead: it knows of more answers.
    """
    with (
        session.get_bind().engine.connect().execution_options(read_only=True) as connection,
        Session(connection) as reading,
    ):
        wave = reading.get(Wave, wave_id)
        if wave is None:
            raise NoFiguresError(f"There is no wave {wave_id}.")
        if wave.delete_on <= day_of(now):
            raise NoFiguresError(
                f"The answers of wave {wave_id} were due to be deleted on {wave.delete_on}. Its "
                "last figures are kept."
            )
        before = reading.scalar(select(func.max(FigureRun.id)).filter_by(wave_id=wave_id))
        given = _read(reading, wave)
        run = FigureRun(
            wave_id=wave_id,
            definition_id=wave.definition_id,
            made_at=now,
            interim=wave.state != WaveState.CLOSED,
        )
    made = calculate(given)
    run.flow, run.weighting = json.dumps(made.flow.as_data()), json.dumps(made.weighting.as_data())
    return _overtaken(session, run, before or 0) or _store(session, run, made)


def refresh_due(session: Session, now: datetime) -> int:
    """Make the figures anew of every wave that is open or closed within a week; how many."""
    in_time = Wave.closes_on >= day_of(now - AFTER_CLOSING)
    wanted = (
        select(Wave.id)
        .where(Wave.delete_on > day_of(now))
        .where(or_(Wave.state == WaveState.OPEN, (Wave.state == WaveState.CLOSED) & in_time))
        .order_by(Wave.id)
    )
    waves = session.scalars(wanted).all()
    for wave_id in waves:
        session.commit()  # each wave's figures are whole by themselves, and the lock is let go
        refresh(session, wave_id, now)
    return len(waves)


def _read(session: Session, wave: Wave) -> Inputs:
    definition = definition_of(wave.definition)
    return Inputs(
        wave=wave.name,
        definition=definition,
        table=coded_responses(session, wave.id, wave.definition_id, definition),
        indicators=indicators_of(wave.questionnaire),
        population=areas.population_rows(session),
        areas=Areas(areas.ward_names(session), areas.groups(session), areas.ward_groups(session)),
    )


def _overtaken(session: Session, run: FigureRun, before: int) -> FigureRun | None:
    """The run over the same wave that began later and is stored already, if there is one.

    `before` is the newest that was stored when this one began. The wave stays locked until the
    caller commits, so that of two runs only one stores at a time; people go on answering.
    """
    session.execute(select(Wave.id).filter_by(id=run.wave_id).with_for_update(key_share=True))
    later = (
        select(FigureRun)
        .where(FigureRun.wave_id == run.wave_id, FigureRun.id > before)
        .where(FigureRun.made_at > run.made_at)
        .order_by(FigureRun.id.desc())
    )
    return session.scalars(later.limit(1)).one_or_none()


def _store(session: Session, run: FigureRun, made: Outcome) -> FigureRun:
    """Write the run, its rows and its comparisons, and drop what is older than the run before."""
    session.add(run)
    session.flush()
    rows = [
        {"run_id": run.id, "position": position} | row for position, row in enumerate(_plain(made))
    ]
    if rows:
        session.execute(insert(FIGURES), rows)
    newest = (
        select(FigureRun.id)
        .filter_by(wave_id=run.wave_id)
        .order_by(FigureRun.id.desc())
        .limit(KEPT_RUNS)
    )
    old = delete(FigureRun).where(
        FigureRun.wave_id == run.wave_id, FigureRun.id.not_in(session.scalars(newest).all())
    )
    session.execute(old)
    compare_run(session, run)
    return run


def _plain(made: Outcome) -> list[dict[str, Any]]:
    """The rows of the table as a database takes them: nothing where there is no number."""
    names = [column.name for column in FIGURES.columns if column.name not in {"run_id", "position"}]
    return [
        {
            name: None
            if value is None or (isinstance(value, float) and math.isnan(value))
            else value
            for name, value in zip(names, row, strict=True)
        }
        for row in made.tidy[names]
        .astype(object)
        .where(made.tidy[names].notna(), None)
        .itertuples(index=False)
    ]
