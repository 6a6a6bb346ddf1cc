"""Break-glass: who was named beforehand is administrator for an hour, and somebody looks at it.

The hour belongs to one session and ends with it. It opens nothing that is sealed: no administrator
passes there (`engage.keyring.access`).
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engage.audit.log import kept_since
from engage.sessions.models import BreakGlass
from engage.sessions.store import SignedIn, token_hash

LASTS = timedelta(minutes=60)
LONGEST_REASON = 500


def begin(session: Session, member: SignedIn, reason: str, now: datetime) -> BreakGlass:
    """Make a session that of an administrator until the hour is over; the caller commits."""
    hour = BreakGlass(
        staff_id=member.id,
        session_hash=token_hash(member.token),
        reason=reason,
        began_at=now,
        ends_at=now + LASTS,
    )
    session.add(hour)
    session.flush()
    return hour


def end(session: Session, number: int, now: datetime) -> bool:
    """End an hour before its time; whether it lasted still. The caller commits."""
    ended = session.execute(
        update(BreakGlass)
        .where(BreakGlass.id == number, BreakGlass.ends_at > now)
        .values(ends_at=now, session_hash=None)
        .returning(BreakGlass.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return ended is not None


def end_of(session: Session, staff_id: int, now: datetime) -> None:
    """End whatever hour somebody has."""
    lasting = (BreakGlass.staff_id == staff_id, BreakGlass.ends_at > now)
    session.execute(update(BreakGlass).where(*lasting).values(ends_at=now, session_hash=None))


def lasting(session: Session, staff_id: int, now: datetime) -> BreakGlass | None:
    """The hour that somebody has now, in whichever session."""
    wanted = select(BreakGlass).where(BreakGlass.staff_id == staff_id, BreakGlass.ends_at > now)
    return session.scalars(wanted.order_by(BreakGlass.id.desc()).limit(1)).first()


def everything(session: Session) -> list[BreakGlass]:
    """Every such hour, the newest first."""
    return list(session.scalars(select(BreakGlass).order_by(BreakGlass.id.desc())))


def unreviewed(session: Session, but: int) -> list[int]:
    """The numbers of the hours of others that nobody has looked at."""
    waiting = select(BreakGlass.id).where(
        BreakGlass.reviewed_at.is_(None), BreakGlass.staff_id != but
    )
    return list(session.scalars(waiting.order_by(BreakGlass.id)))


def review(session: Session, number: int, *, by: int, words: str, now: datetime) -> bool:
    """Note that somebody else looked at what was done; whether it could still be noted.

    Not by the person themselves, not while the hour lasts, and once only. The caller commits.
    """
    noted = session.execute(
        update(BreakGlass)
        .where(
            BreakGlass.id == number,
            BreakGlass.staff_id != by,
            BreakGlass.reviewed_at.is_(None),
            BreakGlass.ends_at <= now,
        )
        .values(reviewed_by=by, reviewed_at=now, review=words)
        .returning(BreakGlass.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return noted is not None


def tidy(session: Session, now: datetime) -> int:
    """Unbind the hours that are over from their sessions, and delete those of six years ago."""
    over = BreakGlass.ends_at <= now
    session.execute(update(BreakGlass).where(over).values(session_hash=None))
    old = delete(BreakGlass).where(BreakGlass.began_at <= kept_since(now))
    return len(session.scalars(old.returning(BreakGlass.id)).all())
