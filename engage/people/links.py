"""The link in a mail with which somebody chooses a password: once, within seven days.

The worker makes it while it sends it, so that it is written down nowhere but in the mail.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.accounts.models import StaffLink, StaffMember
from engage.accounts.passwords import hash_password
from engage.audit.log import record
from engage.config import Settings
from engage.jobs.store import enqueue
from engage.keyring import staff_keys
from engage.mail.send import compose, send
from engage.reports.leaving import forget_holder
from engage.sessions.store import end_all

LASTS = timedelta(days=7)
JOB = "send_staff_link"

INVITED = """\
{name},

{council} invites you to its site for community safety surveys. Choose a password here, and sign in:

{link}

The link works once, until {until}. If you did not expect this message, leave it alone.
"""
RENEWED = """\
{name},

an administrator of {council} asks you to choose a new password for its survey site:

{link}

The link works once, until {until}. Until you use it your present password goes on working. If you
did not expect this message, tell an administrator.
"""


def ask(session: Session, staff_id: int, *, by: int, now: datetime) -> None:
    """Let the worker send somebody a link; one from before is good no more. The caller commits."""
    session.execute(delete(StaffLink).where(StaffLink.staff_id == staff_id))
    session.add(StaffLink(staff_id=staff_id, asked_by=by, asked_at=now, expires_at=now + LASTS))
    enqueue(session, JOB, {"staff_id": staff_id}, due_at=now, key=f"{JOB}:{staff_id}")
    session.flush()


def deliver(session: Session, staff_id: int, now: datetime, settings: Settings) -> None:
    """Make and send the link that was asked for, in the worker; raises MailError.

    A worker that dies in between sends another one, and the first is good no more. Commits before
    it sends: nobody waits for a mail server.
    """
    link = session.get(StaffLink, staff_id)
    if link is None or link.sent_at is not None:
        return
    member = session.get_one(StaffMember, staff_id)
    token = secrets.token_urlsafe(32)
    link.token_hash = _hash(token)
    link.expires_at = now + LASTS
    words, invited = (INVITED, True) if member.invited else (RENEWED, False)
    text = words.format(
        name=member.name,
        council=settings.council_name,
        link=f"{settings.public_url}/staff/join/{token}",
        until=f"{link.expires_at.day} {link.expires_at:%B %Y}",
    )
    subject = "Your invitation" if invited else "Choose a new password"
    letter = compose(settings, to=member.email, subject=subject, text=text, now=now)
    session.commit()
    send(settings, letter)
    sent = session.get(StaffLink, staff_id)
    if sent is not None and sent.token_hash == _hash(token):
        sent.sent_at = now


def whose(session: Session, token: str, now: datetime) -> StaffMember | None:
    """Whose link it is; none once it was used, was replaced or is too old."""
    return session.scalar(
        select(StaffMember)
        .join(StaffLink, StaffLink.staff_id == StaffMember.id)
        .where(StaffLink.token_hash == _hash(token), StaffLink.expires_at > now)
    )


def use(session: Session, token: str, password: str, now: datetime) -> bool:
    """Choose a password by a link; whether it was still good. Commits.

    Whoever had a password loses what it sealed: their keys, their code generator, their sessions.
    Hashes outside of the transaction: it takes long.
    """
    hashed = hash_password(password)
    row = session.execute(
        delete(StaffLink)
        .where(StaffLink.token_hash == _hash(token), StaffLink.expires_at > now)
        .returning(StaffLink.staff_id, StaffLink.asked_by)
    ).one_or_none()
    if row is None:
        session.rollback()
        return False
    member = session.get_one(StaffMember, row.staff_id, populate_existing=True)
    action = "staff.joined" if member.invited else "staff.password_renewed"
    if member.invited:
        member.active = True
    member.password_hash, member.failures, member.locked_until = hashed, 0, None
    member.linked_by = row.asked_by
    member.version += 1
    end_all(session, member.id, now)
    staff_keys.lose(session, member.id)
    forget_holder(session, member.id)
    record(session, at=now, staff_id=member.id, action=action, subject=f"staff:{member.id}")
    session.commit()
    return True


def tidy(session: Session, now: datetime) -> int:
    """Delete the links that are too old, and whoever never came; how many. The caller commits."""
    old = delete(StaffLink).where(StaffLink.expires_at <= now).returning(StaffLink.staff_id)
    gone = session.scalars(old).all()
    waiting = select(StaffLink.staff_id)
    never = delete(StaffMember).where(
        StaffMember.password_hash == "", StaffMember.id.not_in(waiting)
    )
    session.execute(never)
    return len(gone)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
