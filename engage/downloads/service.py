"""What can be downloaded of a wave, asking for a file, and handing one over. Without pandas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import StaffMember
from engage.approvals import store as approvals
from engage.approvals.models import Approval, ApprovalState
from engage.audit.log import record
from engage.clock import day_of
from engage.core.definition.model import Definition
from engage.downloads import requests, store
from engage.downloads.kinds import BUNDLES, OFFERS, FileKind
from engage.downloads.models import FullRequest
from engage.downloads.store import Listed
from engage.figures.store import newest_run
from engage.jobs import store as jobs
from engage.jobs.progress import progress_of
from engage.waves import store as waves
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of

JOB = "make_file"
LONGEST = timedelta(days=365)
RECENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that the worker is asked for; the responses in full by the number of the request."""

    wave_id: int
    kind: FileKind
    request_id: int | None = None

    @property
    def payload(self) -> dict[str, object]:
        """What the job says."""
        number = {} if self.request_id is None else {"request": self.request_id}
        return {"wave_id": self.wave_id, "kind": self.kind.value, **number}

    @property
    def key(self) -> str:
        """The key by which the file is asked for only once at a time."""
        number = "" if self.request_id is None else f":{self.request_id}"
        return f"file:{self.wave_id}:{self.kind.value}{number}"


@dataclass(frozen=True, slots=True)
class Seen:
    """A wave's files: those that are there, that are being made, that failed, and that can be.

    `pending` says how much of each is done, in percent. `requests` are one's own for the responses
    in full that wait for somebody else, or were refused, `to_decide` those of others that wait for
    one's own yes or no. `staff` are the names of those who asked
    for the full ones; `with_figures` says whether there are figures to put into a file,
    `with_answers` whether there still are answers.
    """

    wave: Wave
    definition: Definition
    files: list[Listed]
    pending: Mapping[FileKind, int]
    failed: list[FileKind]
    requests: list[Approval]
    to_decide: list[FullRequest]
    staff: Mapping[int, str]
    with_figures: bool
    with_answers: bool

    @property
    def bundles(self) -> list[FileKind]:
        """The bundles that can be asked for; with responses, figures are made where they lack."""
        there = {FileKind.BUNDLE: self.with_answers, FileKind.FIGURES_BUNDLE: self.with_figures}
        return [kind for kind, ready in there.items() if ready]

    @property
    def offered(self) -> list[FileKind]:
        """The kinds that can be asked for without saying what for."""
        return [
            kind
            for kind, offer in OFFERS.items()
            if kind not in {FileKind.RESPONSES_FULL, *BUNDLES}
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
    asked = _could_be_asked(session, wave_id, staff_id)
    to_decide = [
        each
        for each in requests.waiting(session)
        if each.wave_id == wave_id and each.asked_by != staff_id
    ]
    asked_by = {each.asked_by for each in files if each.asked_by is not None}
    asked_by |= {each.asked_by for each in to_decide}
    names = select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(asked_by))
    return Seen(
        wave=wave,
        definition=definition_of(wave.definition),
        files=files,
        pending=_pending(session, asked),
        failed=list(
            dict.fromkeys(each.kind for each in asked if _failed(session, each, files, now))
        ),
        requests=_undecided(session, wave_id, staff_id),
        to_decide=to_decide,
        staff={row.id: row.name for row in session.execute(names)},
        with_figures=newest_run(session, wave_id) is not None,
        with_answers=wave.delete_on > today,
    )


def _could_be_asked(session: Session, wave_id: int, staff_id: int) -> list[Asked]:
    """Everything of a wave that a job of this person's page can be about."""
    kinds = [kind for kind in OFFERS if kind is not FileKind.RESPONSES_FULL]
    numbers = requests.numbers_of(session, wave_id, staff_id)
    return [
        *(Asked(wave_id, kind) for kind in kinds),
        *(Asked(wave_id, FileKind.RESPONSES_FULL, number) for number in numbers),
    ]


def _pending(session: Session, asked: Iterable[Asked]) -> dict[FileKind, int]:
    """What is being made, and how much of it is done, in percent."""
    found = ((each.kind, progress_of(session, each.key)) for each in asked)
    return {kind: done for kind, done in found if done is not None}


def _undecided(session: Session, wave_id: int, staff_id: int) -> list[Approval]:
    """The newest word on each of somebody's requests that has no yes."""
    found = (
        approvals.history(session, requests.subject_of(each))[:1]
        for each in requests.of(session, wave_id, staff_id)
    )
    open_still = {ApprovalState.WAITING, ApprovalState.REFUSED}
    return [each for some in found for each in some if each.state in open_still]


def _failed(session: Session, asked: Asked, files: list[Listed], now: datetime) -> bool:
    """Whether a file could not be made within a day, and was not made since."""
    made = [
        file.made_at
        for file in files
        if (file.kind, file.request_id) == (asked.kind, asked.request_id)
    ]
    return asked.payload in jobs.failures(session, JOB, max([now - RECENT, *made]))


def ask(session: Session, wave_id: int, kind: FileKind, *, staff_id: int, now: datetime) -> None:
    """Ask the worker for a file and note who did, in the caller's transaction."""
    _ask(session, Asked(wave_id, kind), staff_id, now)


def ask_in_full(
    session: Session, wave_id: int, *, staff_id: int, now: datetime, purpose: str, delete_on: date
) -> None:
    """Ask somebody else to agree to the responses in full; note who did and why.

    The same purpose and day are one request, other ones another with a file of its own. To what
    somebody has agreed already the file is made again. In the caller's transaction.
    """
    request = requests.noted(
        session, wave_id, staff_id=staff_id, now=now, purpose=purpose, delete_on=delete_on
    )
    asked = Asked(wave_id, FileKind.RESPONSES_FULL, request.id)
    if requests.agreed(session, request):
        _ask(session, asked, staff_id, now)
        return
    _note(session, asked, staff_id, now)
    subject, digest = requests.subject_of(request), requests.digest_of(request)
    approvals.ask(session, subject, digest, by=staff_id, now=now)


def agree(
    session: Session, request: FullRequest, digest: str, *, staff_id: int, now: datetime
) -> None:
    """Agree to somebody else's request and have the file made; raises ApprovalError."""
    approvals.give(session, requests.subject_of(request), digest, by=staff_id, now=now)
    asked = Asked(request.wave_id, FileKind.RESPONSES_FULL, request.id)
    jobs.enqueue(session, JOB, asked.payload, due_at=now, key=asked.key)


def _ask(session: Session, asked: Asked, staff_id: int, now: datetime) -> None:
    jobs.enqueue(session, JOB, asked.payload, due_at=now, key=asked.key)
    _note(session, asked, staff_id, now)


def _note(session: Session, asked: Asked, staff_id: int, now: datetime) -> None:
    number = {} if asked.request_id is None else {"request": asked.request_id}
    record(
        session,
        at=now,
        staff_id=staff_id,
        action="file.asked",
        subject=f"wave:{asked.wave_id}",
        detail={"kind": asked.kind.value, **number},
    )


def last_day(wave: Wave, today: date) -> date:
    """The latest day on which a copy of the full responses may be deleted."""
    return min(today + LONGEST, wave.delete_on)


def may_open(file: Listed, staff_id: int, *, in_emergency: bool) -> bool:
    """Whether somebody may take a file. A full one is for who asked: another agreed to that.

    Administrators ask for one of their own. In an hour of break-glass nobody takes one: what is
    taken lasts longer than the hour.
    """
    if file.kind != FileKind.RESPONSES_FULL:
        return True
    return file.asked_by == staff_id and not in_emergency


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
