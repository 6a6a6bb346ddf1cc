"""Requests for the responses in full, and whether a second person agreed. The caller commits."""

import hashlib
import json
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.accounts.models import Role
from engage.approvals import store as approvals
from engage.audit.log import kept_since
from engage.downloads.models import FullRequest

KIND = "full_request"
AGREE = (Role.ANALYST, Role.ADMINISTRATOR)
"""The roles that can agree to somebody else's request. Nobody goes without that."""


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


def subject_of(request: FullRequest) -> str:
    """How approvals and the audit log name a request."""
    return f"{KIND}:{request.id}"


def digest_of(request: FullRequest) -> str:
    """What somebody agrees to: these answers for this person, this purpose and until this day."""
    told = {
        "wave": request.wave_id,
        "for": request.asked_by,
        "purpose": request.purpose,
        "delete_on": request.delete_on.isoformat(),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def agreed(session: Session, request: FullRequest) -> bool:
    """Whether somebody else has agreed to the request as it is."""
    return approvals.standing(session, subject_of(request), digest_of(request)) is not None


def waiting(session: Session) -> list[FullRequest]:
    """The requests that nobody has decided, the oldest first."""
    numbers = [int(each.subject.split(":")[1]) for each in approvals.waiting(session, KIND)]
    found = select(FullRequest).where(FullRequest.id.in_(numbers)).order_by(FullRequest.id)
    return list(session.scalars(found))


def of(session: Session, wave_id: int, staff_id: int) -> list[FullRequest]:
    """Somebody's requests of a wave, the newest first."""
    theirs = select(FullRequest).filter_by(wave_id=wave_id, asked_by=staff_id)
    return list(session.scalars(theirs.order_by(FullRequest.id.desc())))


def numbers_of(session: Session, wave_id: int, staff_id: int) -> list[int]:
    """The numbers of somebody's requests of a wave."""
    theirs = select(FullRequest.id).filter_by(wave_id=wave_id, asked_by=staff_id)
    return list(session.scalars(theirs.order_by(FullRequest.id)))


def forget(session: Session, now: datetime) -> int:
    """Delete the requests as old as the events of the audit log that name them; how many."""
    old = delete(FullRequest).where(FullRequest.asked_at <= kept_since(now))
    return len(session.scalars(old.returning(FullRequest.id)).all())
