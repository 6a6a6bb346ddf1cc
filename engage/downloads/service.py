"""What can be downloaded of a wave, asking for a file, and handing one over. Without pandas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.audit.log import record
from engage.clock import day_of
from engage.core.definition.model import Definition
from engage.downloads import store
from engage.downloads.kinds import OFFERS, FileKind
from engage.downloads.store import Listed
from engage.figures.store import newest_run
from engage.jobs import store as jobs
from engage.waves import store as waves
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of

JOB = "make_file"
LONGEST = timedelta(days=365)
RECENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A wave's files: those that are there, that are being made, that failed, and that can be.

    `staff` are the names of those who asked for the full ones; `with_figures` says whether there
    are figures to put into a file, `with_answers` whether there still are answers.
    """

    wave: Wave
    definition: Definition
    files: list[Listed]
    pending: list[FileKind]
    failed: list[FileKind]
    staff: Mapping[int, str]
    with_figures: bool
    with_answers: bool

    @property
    def offered(self) -> list[FileKind]:
        """The kinds that can be asked for without saying what for."""
        return [
            kind
            for kind, offer in OFFERS.items()
            if kind is not FileKind.RESPONSES_FULL
            and (self.with_answers if offer.of_responses else self.with_figures)
        ]


def fielded(session: Session) -> list[tuple[Wave, str]]:
    """Every wave that is or was in the field, with its survey's title."""
    return [
        (wave, definition_of(wave.definition).title)
        for wave in waves.all_waves(session)
        if wave.state != WaveState.DRAFT
    ]


def look(session: Session, wave_id: int, staff_id: int, now: datetime) -> Seen | None:
    """The files of a wave that is or was in the field; None for any other."""
    wave = waves.get(session, wave_id)
    if wave is None or wave.state == WaveState.DRAFT:
        return None
    today = day_of(now)
    files = [file for file in store.files_of(session, wave_id) if file.delete_on > today]
    asked_by = [file.asked_by for file in files if file.asked_by is not None]
    names = select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(asked_by))
    return Seen(
        wave=wave,
        definition=definition_of(wave.definition),
        files=files,
        pending=[kind for kind in OFFERS if jobs.pending(session, _key(wave_id, kind, staff_id))],
        failed=_failed(session, wave_id, staff_id, files, now),
        staff={row.id: row.name for row in session.execute(names)},
        with_figures=newest_run(session, wave_id) is not None,
        with_answers=wave.delete_on > today,
    )


def _failed(
    session: Session, wave_id: int, staff_id: int, files: list[Listed], now: datetime
) -> list[FileKind]:
    """The kinds that could not be made within a day, and were not made since."""
    failed = []
    for kind in OFFERS:
        about = _about(wave_id, kind, staff_id)
        since = max([now - RECENT, *(file.made_at for file in files if file.kind == kind)])
        given_up = jobs.failures(session, JOB, since)
        if any(about.items() <= payload.items() for payload in given_up):
            failed.append(kind)
    return failed


def _key(wave_id: int, kind: FileKind, staff_id: int) -> str:
    """The key by which a file is asked for only once at a time."""
    whose = f":{staff_id}" if kind is FileKind.RESPONSES_FULL else ""
    return f"file:{wave_id}:{kind.value}{whose}"


def _about(wave_id: int, kind: FileKind, staff_id: int) -> dict[str, object]:
    """What the job of a file says in any case; the full responses are everyone's own request."""
    about: dict[str, object] = {"wave_id": wave_id, "kind": kind.value}
    return about | {"asked_by": staff_id} if kind is FileKind.RESPONSES_FULL else about


def ask(
    session: Session,
    wave_id: int,
    kind: FileKind,
    *,
    staff_id: int,
    now: datetime,
    purpose: str = "",
    delete_on: date | None = None,
) -> None:
    """Ask the worker for a file and note who did, in the caller's transaction.

    `purpose` and `delete_on` belong to the full responses.
    """
    said = {"purpose": purpose, "delete_on": str(delete_on)} if delete_on else {}
    jobs.enqueue(
        session,
        JOB,
        _about(wave_id, kind, staff_id) | said,
        due_at=now,
        key=_key(wave_id, kind, staff_id),
    )
    record(
        session,
        at=now,
        staff_id=staff_id,
        action="file.asked",
        subject=f"wave:{wave_id}",
        detail={"kind": kind.value, **said},
    )


def last_day(wave: Wave, today: date) -> date:
    """The latest day on which a copy of the full responses may be deleted."""
    return min(today + LONGEST, wave.delete_on)


def may_open(file: Listed, staff_id: int, role: str) -> bool:
    """Whether somebody may take a file: a full one is for who asked, and administrators."""
    return (
        file.kind != FileKind.RESPONSES_FULL
        or file.asked_by == staff_id
        or role == Role.ADMINISTRATOR
    )


def note_download(session: Session, file: Listed, *, staff_id: int, now: datetime) -> None:
    """Note that somebody takes a file, in the caller's transaction."""
    record(
        session,
        at=now,
        staff_id=staff_id,
        action="file.downloaded",
        subject=f"file:{file.id}",
        detail={"kind": file.kind, "wave": file.wave_id, "name": file.name},
    )
