"""What organisations promised: how it stands on a day, how it changes, and how it is renewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, select, update
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.organisations.models import Commitment, Organisation, Progress, Promise, Standing
from engage.organisations.years import RENEW_WITHIN, ends_on, first_due

TABLE = table_of(Commitment)
OPEN = (Progress.PROMISED, Progress.UNDER_WAY)


class Status(StrEnum):
    """What everyone is told of a promise."""

    PROMISED = "promised"
    UNDER_WAY = "under_way"
    DONE = "done"
    LATE = "late"
    ENDED = "ended"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Change:
    """What an organisation says of a promise; `progress` is not `dropped` by itself."""

    progress: Progress
    owner: str
    evidence: str
    due_on: date


class DueError(ValueError):
    """The day by which a promise is to be kept is not in its year; the message says which is."""


def status_of(commitment: Commitment, today: date) -> Status:
    """How a promise stands on a day. One whose year is over holds no more, kept or not."""
    if commitment.progress == Progress.DROPPED:
        return Status.DROPPED
    if today > ends_on(commitment.renewed_on):
        return Status.ENDED
    if commitment.progress in OPEN and today > commitment.due_on:
        return Status.LATE
    return Status(commitment.progress)


def holds(commitment: Commitment, today: date) -> bool:
    """Whether a promise is one of the organisation's on a day, late or not."""
    return status_of(commitment, today) not in {Status.ENDED, Status.DROPPED}


def may_renew(commitment: Commitment, today: date) -> bool:
    """Whether a promise can be made for another year now: near its end, after it, or dropped."""
    near = today > ends_on(commitment.renewed_on) - RENEW_WITHIN
    return near or commitment.progress == Progress.DROPPED


def of_organisation(session: Session, organisation_id: int) -> Sequence[Commitment]:
    """The promises of an organisation in the order in which they are always told."""
    found = session.scalars(select(Commitment).filter_by(organisation_id=organisation_id)).all()
    order = list(Promise)
    return sorted(found, key=lambda each: order.index(Promise(each.promise)))


def holding(commitments: Sequence[Commitment], today: date) -> list[Commitment]:
    """Those that hold on a day."""
    return [each for each in commitments if holds(each, today)]


def change(connection: Connection, commitment: Commitment, new: Change, today: date) -> bool:
    """Keep what an organisation says of a promise. Raises DueError for a day outside its year.

    The day of the evidence is kept with it: it is today where the words have changed. False where
    the promise was taken back, renewed or moved on since it was read: then nothing changes.
    """
    first, last = commitment.renewed_on, ends_on(commitment.renewed_on)
    if not first <= new.due_on <= last:
        raise DueError(
            f"The promise {commitment.promise} cannot be due on {new.due_on}: its year is from "
            f"{first} to {last}."
        )
    values: dict[str, object] = {
        "progress": new.progress,
        "owner": new.owner,
        "evidence": new.evidence,
        "due_on": new.due_on,
    }
    if new.evidence != commitment.evidence:
        values["evidence_on"] = today if new.evidence else None
    return (
        connection.execute(update(TABLE).where(_as_read(commitment)).values(values)).rowcount == 1
    )


def renew(connection: Connection, commitment: Commitment, today: date) -> bool:
    """Let a promise be made for a year from today; False where it is too early, or done already.

    It is to be kept anew, so it is open again; what was told of the last year stays, with its day.
    """
    if not may_renew(commitment, today):
        return False
    again = (
        update(TABLE)
        .where(_as_read(commitment))
        .values(renewed_on=today, due_on=first_due(today), progress=Progress.PROMISED)
    )
    return connection.execute(again).rowcount == 1


def drop(connection: Connection, commitment_id: int) -> None:
    """Take a promise back. Everyone can see that it was made once; who saw to it is forgotten."""
    taken = update(TABLE).where(TABLE.c.id == commitment_id, TABLE.c.progress != Progress.DROPPED)
    connection.execute(taken.values(progress=Progress.DROPPED, owner=""))


def _as_read(commitment: Commitment) -> ColumnElement[bool]:
    """That a promise still stands as it was read."""
    return and_(
        TABLE.c.id == commitment.id,
        TABLE.c.renewed_on == commitment.renewed_on,
        TABLE.c.progress == commitment.progress,
    )


def overdue(session: Session, today: date) -> list[tuple[Organisation, Commitment, Status]]:
    """Every promise of a listed organisation that is late or was not renewed, longest first."""
    listed = (
        select(Organisation, Commitment)
        .join(Commitment, Commitment.organisation_id == Organisation.id)
        .where(Organisation.standing == Standing.APPROVED, Commitment.progress != Progress.DROPPED)
    )
    found = [
        (organisation, commitment, status_of(commitment, today))
        for organisation, commitment in session.execute(listed)
    ]
    behind = [each for each in found if each[2] in {Status.LATE, Status.ENDED}]
    return sorted(behind, key=lambda each: (since(each[1], each[2]), each[0].name.casefold()))


def since(commitment: Commitment, status: Status) -> date:
    """The day that a promise which is late or over has passed."""
    return ends_on(commitment.renewed_on) if status is Status.ENDED else commitment.due_on
