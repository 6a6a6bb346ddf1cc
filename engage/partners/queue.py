"""What waits for staff: organisations whose message was confirmed, and promises that are behind."""

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.organisations.commitments import overdue
from engage.organisations.models import Organisation, Standing
from engage.pledges.backing import backed


def confirmed() -> ColumnElement[bool]:
    """Whether a signature of it counts: confirmed, not taken back, and not taken out by staff."""
    return backed(table_of(Organisation).c.id)


def is_confirmed(session: Session, number: int) -> bool:
    """The same for one organisation."""
    found = select(Organisation.id).where(Organisation.id == number, confirmed())
    return session.scalar(found) is not None


def waiting(session: Session) -> dict[Standing, int]:
    """How many are to be verified, and how many to be approved."""
    wanted = (Standing.ASKED, Standing.VERIFIED)
    counted = (
        select(Organisation.standing, func.count())
        .where(Organisation.standing.in_(wanted), confirmed())
        .group_by(Organisation.standing)
    )
    found = {Standing(standing): number for standing, number in session.execute(counted)}
    return {each: found.get(each, 0) for each in wanted}


def notices(session: Session, today: date) -> list[str]:
    """What the home page of staff says about it."""
    said = []
    number = sum(waiting(session).values())
    if number:
        said.append(
            "One organisation waits for you"
            if number == 1
            else f"{number} organisations wait for you"
        )
    behind = len({organisation.id for organisation, _, _ in overdue(session, today)})
    if behind:
        said.append(
            "One organisation is behind with a promise"
            if behind == 1
            else f"{behind} organisations are behind with a promise"
        )
    return said
