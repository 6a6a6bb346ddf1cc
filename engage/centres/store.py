"""Centres and their workers as they are stored: register, pause, end, train, remove."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, delete, select, update
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.centres.models import Centre, CentreWorker, Standing
from engage.extensions import table_of

TRAINED_FOR_YEARS = 1
REVIEWED_AFTER_YEARS = 1
"""How long a worker's training and a centre's agreement hold unless staff say otherwise."""
LONGEST_NAME = 120

CENTRES, WORKERS, STAFF = table_of(Centre), table_of(CentreWorker), table_of(StaffMember)


class CentreError(ValueError):
    """A centre or worker cannot be changed so; the message says why and what to do."""


class Bar(StrEnum):
    """Why a worker cannot send a report today."""

    TRAINING = "training"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker of a centre, with what decides whether they can report."""

    staff_id: int
    name: str
    email: str
    centre_id: int
    centre: str
    standing: str
    trained_on: date
    training_ends_on: date

    @property
    def shared_key(self) -> str:
        """The name of the key that the workers of this centre share."""
        return key_name(self.centre_id)

    def bar(self, today: date) -> Bar | None:
        """Why they cannot report on that day; None if they can. Training holds on its last day."""
        if self.standing == Standing.ENDED:
            return Bar.ENDED
        if self.standing == Standing.PAUSED:
            return Bar.PAUSED
        return Bar.TRAINING if self.training_ends_on < today else None


def key_name(centre_id: int) -> str:
    """What the shared key of a centre is called."""
    return f"centre:{centre_id}"


def register(session: Session, name: str, agreed_on: date) -> Centre:
    """A new centre; raises CentreError if it has no name or the name is taken."""
    name = _name(session, name, None)
    centre = Centre(
        name=name,
        standing=Standing.ACTIVE,
        agreed_on=agreed_on,
        review_on=years_after(agreed_on, REVIEWED_AFTER_YEARS),
    )
    session.add(centre)
    session.flush()
    return centre


def rename(session: Session, centre: Centre, name: str, review_on: date) -> None:
    """Correct what a centre is called and when its agreement is looked at; raises CentreError."""
    centre.name = _name(session, name, centre.id)
    centre.review_on = review_on
    session.flush()


def put(session: Session, centre_id: int, standing: Standing, today: date) -> bool:
    """Pause, resume or end a centre; whether that changed it. One that ended stays so."""
    values = {"standing": standing, "ended_on": today if standing == Standing.ENDED else None}
    changed = session.execute(
        update(CENTRES)
        .where(CENTRES.c.id == centre_id, CENTRES.c.standing.not_in((standing, Standing.ENDED)))
        .values(values)
        .returning(CENTRES.c.id)
    )
    return changed.one_or_none() is not None


def employ(session: Session, centre: Centre, staff_id: int, trained_on: date) -> None:
    """Make an account that of a worker; raises CentreError if the centre has ended."""
    if centre.standing == Standing.ENDED:
        raise CentreError(f"{centre.name} has ended: register it again to give it workers.")
    ends = years_after(trained_on, TRAINED_FOR_YEARS)
    session.add(
        CentreWorker(
            staff_id=staff_id, centre_id=centre.id, trained_on=trained_on, training_ends_on=ends
        )
    )
    session.flush()


def renew(session: Session, staff_id: int, trained_on: date, ends_on: date) -> None:
    """Note that somebody was trained again; raises CentreError for days in the wrong order."""
    if ends_on < trained_on:
        raise CentreError("The training runs out before it took place: correct one of the days.")
    session.execute(
        update(WORKERS)
        .where(WORKERS.c.staff_id == staff_id)
        .values(trained_on=trained_on, training_ends_on=ends_on)
    )


def dismiss(session: Session, staff_id: int) -> None:
    """Let an account no longer be that of a worker."""
    session.execute(delete(WORKERS).where(WORKERS.c.staff_id == staff_id))


def worker_of(connection: Connection, staff_id: int) -> Worker | None:
    """The worker whose account it is; None for everybody else, and for accounts that are closed."""
    found = connection.execute(_workers().where(STAFF.c.id == staff_id)).mappings().one_or_none()
    return Worker(**found) if found is not None else None


def workers_of(connection: Connection, centre_id: int) -> list[Worker]:
    """The workers of a centre by name."""
    rows = connection.execute(
        _workers().where(WORKERS.c.centre_id == centre_id).order_by(STAFF.c.name, STAFF.c.id)
    )
    return [Worker(**row) for row in rows.mappings()]


def everyone(session: Session) -> list[Centre]:
    """All centres by name, those that ended last."""
    ended = Centre.standing == Standing.ENDED
    return list(session.scalars(select(Centre).order_by(ended, Centre.name)))


def names(connection: Connection) -> dict[int, str]:
    """Centre to its name, in the order in which they were registered."""
    rows = connection.execute(select(CENTRES.c.id, CENTRES.c.name).order_by(CENTRES.c.id))
    return {row.id: row.name for row in rows}


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February where there is no 29th."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)


def _workers() -> Select[*tuple[Any, ...]]:
    return (
        select(
            STAFF.c.id.label("staff_id"),
            STAFF.c.name,
            STAFF.c.email,
            CENTRES.c.id.label("centre_id"),
            CENTRES.c.name.label("centre"),
            CENTRES.c.standing,
            WORKERS.c.trained_on,
            WORKERS.c.training_ends_on,
        )
        .join(WORKERS, WORKERS.c.staff_id == STAFF.c.id)
        .join(CENTRES, CENTRES.c.id == WORKERS.c.centre_id)
        .where(STAFF.c.active.is_(True), STAFF.c.role == Role.CENTRE_WORKER)
    )


def _name(session: Session, name: str, own: int | None) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise CentreError(f"Give the centre a name of 1 to {LONGEST_NAME} characters.")
    there = session.scalar(select(Centre.id).where(Centre.name == name))
    if there is not None and there != own:
        raise CentreError(f"There is a centre called {name} already: look for it in the list.")
    return name
