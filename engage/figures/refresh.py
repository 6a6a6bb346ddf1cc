"""Making a wave's figures anew: read, calculate, store. Runs in the worker, never in a request."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.figures.calculate import calculate
from engage.figures.comparisons.make import compare_run
from engage.figures.models import FigureRun
from engage.figures.read import read
from engage.figures.runs import keep, overtaken
from engage.jobs.fault import described
from engage.responses.reviews import list_marked
from engage.waves.models import Wave, WaveState

AFTER_CLOSING = timedelta(days=7)
logger = logging.getLogger(__name__)


class NoFiguresError(LookupError):
    """A wave of which no figures can be made."""


class FailedWavesError(RuntimeError):
    """Waves whose figures could not be made anew; those of the others were."""


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
        given = read(reading, wave)
        run = FigureRun(
            wave_id=wave_id,
            definition_id=wave.definition_id,
            made_at=now,
            interim=wave.state != WaveState.CLOSED,
            counts_rounded_to=given.counts_rounded_to,
        )
    made = calculate(given)
    later = overtaken(session, run, before or 0)
    if later is not None:
        return later
    keep(session, run, made)
    list_marked(session, wave_id, made.marked)
    compare_run(session, run)
    return run


def refresh_due(session: Session, now: datetime) -> int:
    """Make the figures anew of every wave that is open or closed within a week; how many.

    Each wave is tried, whatever becomes of the others. Raises FailedWavesError at the end if any
    failed, with the kind and the place of the error, never its words.
    """
    in_time = Wave.closes_on >= day_of(now - AFTER_CLOSING)
    wanted = (
        select(Wave.id)
        .where(Wave.delete_on > day_of(now))
        .where(or_(Wave.state == WaveState.OPEN, (Wave.state == WaveState.CLOSED) & in_time))
        .order_by(Wave.id)
    )
    waves = session.scalars(wanted).all()
    failed: list[str] = []
    for wave_id in waves:
        session.commit()  # each wave's figures are whole by themselves, and the lock is let go
        try:
            refresh(session, wave_id, now)
        except Exception as error:  # noqa: BLE001  # the other waves must not wait for this one
            session.rollback()
            failed.append(f"{wave_id} ({described(error)})")
            logger.error("wave=%d figures failed=%r", wave_id, described(error))  # noqa: TRY400  # a traceback could quote answers
    session.commit()
    if failed:
        raise FailedWavesError(f"No new figures of {len(failed)} waves: {', '.join(failed)}.")
    return len(waves)
