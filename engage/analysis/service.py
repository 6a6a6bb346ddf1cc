"""What the analyst may know of a wave's figures, and asking for new ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from engage.audit.log import record
from engage.clock import day_of
from engage.core.definition.model import Definition
from engage.core.words.tens import count
from engage.figures.store import StoredRun, breakdowns_of, closed_wave, newest_run, newest_runs
from engage.jobs import store as jobs
from engage.responses.store import received
from engage.waves import store as waves
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of

JOB = "refresh_figures"
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Listed:
    """A wave in the list, with its newest figures if there are any, and of how many people."""

    wave: Wave
    title: str
    run: StoredRun | None
    used: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A wave and its newest figures; `breakdowns` are those the figures have, in their order.

    `received` are the responses there are now. `pending` says that new figures are being made,
    `failed` that the newest try did not work, `deleted` that there are no answers any more.
    `closed` is the newest closed wave of the survey while this one is open.
    """

    wave: Wave
    definition: Definition
    run: StoredRun | None
    breakdowns: Sequence[str]
    received: int
    pending: bool
    failed: bool
    deleted: bool
    closed: Wave | None

    def count(self, number: int) -> str:
        """A number of those who answered, as it may be told of this survey."""
        return count(number, invited=self.definition.invited)


def key_of(wave_id: int) -> str:
    """The key by which a wave's figures are asked for only once at a time."""
    return f"figures-{wave_id}"


def listed(session: Session) -> list[Listed]:
    """Every wave that is or was in the field, those of a questionnaire together, newest first."""
    runs = newest_runs(session)
    return [
        _listed(wave, definition_of(wave.definition), runs.get(wave.id))
        for wave in waves.all_waves(session)
        if wave.state != WaveState.DRAFT
    ]


def _listed(wave: Wave, definition: Definition, run: StoredRun | None) -> Listed:
    used = count(run.flow.used, invited=definition.invited) if run else ""
    return Listed(wave, definition.title, run, used)


def look(session: Session, wave_id: int, now: datetime) -> Seen | None:
    """A wave that is or was in the field, with its newest figures; None for any other."""
    wave = waves.get(session, wave_id)
    if wave is None or wave.state == WaveState.DRAFT:
        return None
    run = newest_run(session, wave_id)
    since = run.made_at if run else now - RECENT
    return Seen(
        wave=wave,
        definition=definition_of(wave.definition),
        run=run,
        breakdowns=breakdowns_of(session, run.id) if run else [],
        received=received(session, wave_id),
        pending=jobs.pending(session, key_of(wave_id)),
        failed={"wave_id": wave_id} in jobs.failures(session, JOB, since),
        deleted=wave.delete_on <= day_of(now),
        closed=closed_wave(session, wave),
    )


def ask(session: Session, wave_id: int, *, staff_id: int, now: datetime) -> None:
    """Ask the worker for new figures of a wave and note who did, in the caller's transaction."""
    jobs.enqueue(session, JOB, {"wave_id": wave_id}, due_at=now, key=key_of(wave_id))
    subject = f"wave:{wave_id}"
    record(session, at=now, staff_id=staff_id, action="figures.asked", subject=subject)
