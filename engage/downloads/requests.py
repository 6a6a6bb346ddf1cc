"""Requests for the responses in full as they are stored. The caller commits."""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.audit.log import kept_since
from engage.downloads.models import FullRequest


def noted(
    session: Session, wave_id: int, *, staff_id: int, now: datetime, purpose: str, delete_on: date
) -> FullRequest:
    """The request of somebody for this purpose and until this day; asking again makes no other."""
    same = select(FullRequest).filter_by(
        wave_id=wave_id, asked_by=staff_id, purpose=purpose, delete_on=delete_on
    )
    request = session.scalars(same.order_by(FullRequest.id).limit(1)).one_or_none()
    if request is None:
        request = FullRequest(
            wave_id=wave_id, asked_by=staff_id, purpose=purpose, delete_on=delete_on
        )
        session.add(request)
    request.asked_at = now
    session.flush()
    return request


def numbers_of(session: Session, wave_id: int, staff_id: int) -> list[int]:
    """The numbers of somebody's requests of a wave."""
    theirs = select(FullRequest.id).filter_by(wave_id=wave_id, asked_by=staff_id)
    return list(session.scalars(theirs.order_by(FullRequest.id)))


def forget(session: Session, now: datetime) -> int:
    """Delete the requests as old as the events of the audit log that name them; how many."""
    old = delete(FullRequest).where(FullRequest.asked_at <= kept_since(now))
    return len(session.scalars(old.returning(FullRequest.id)).all())
