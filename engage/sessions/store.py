"""Staff sessions as they are stored: start, recognise, list, end, expire."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.clock import day_of
from engage.extensions import table_of
from engage.sessions.models import BreakGlass, StaffSession

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
UNFINISHED = timedelta(minutes=15)
"""How long a sign-in may wait for its second step."""
STEP = timedelta(minutes=1)
"""How exactly the last use is kept: a write for every page would be one too many."""

STAFF, SESSIONS, HOURS = table_of(StaffMember), table_of(StaffSession), table_of(BreakGlass)
# Every page of staff asks this; made once, as making it costs more than sending it.
_OF_TOKEN = (
    select(
        STAFF.c.id,
        STAFF.c.name,
        STAFF.c.role,
        SESSIONS.c.id.label("session_id"),
        SESSIONS.c.seen_at,
        STAFF.c.break_glass,
        HOURS.c.id.label("emergency"),
        HOURS.c.ends_at,
    )
    .select_from(SESSIONS)
    .join(STAFF, STAFF.c.id == SESSIONS.c.staff_id)
    .outerjoin(
        HOURS,
        and_(
            HOURS.c.session_hash == SESSIONS.c.token_hash,
            HOURS.c.staff_id == SESSIONS.c.staff_id,
            HOURS.c.ends_at > bindparam("now"),
        ),
    )
    .where(
        SESSIONS.c.token_hash == bindparam("hash"),
        SESSIONS.c.awaits_code == bindparam("awaits"),
        SESSIONS.c.expires_at > bindparam("now"),
        SESSIONS.c.seen_at > bindparam("idle"),
        STAFF.c.active.is_(True),
    )
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff in a session of theirs, as Flask-Login wants it.

    `role` is what they may do now: administrator while `emergency` lasts, which is the number of
    their hour of break-glass.
    """

    id: int
    name: str
    role: str
    session_id: int
    seen_at: datetime
    token: str = field(repr=False)
    may_break_glass: bool = False
    emergency: int | None = None
    until: datetime | None = None

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the cookie carries: the session's token, never the person's number."""
        return self.token


def token_hash(token: str) -> bytes:
    """The form in which a token is stored: whoever reads the table cannot sign in with it."""
    return hashlib.sha256(token.encode()).digest()


def start(session: Session, staff_id: int, now: datetime, *, awaits_code: bool = False) -> SignedIn:
    """A new session of a member of staff, with a new token.

    While it awaits the code of the second step it is nobody's: see `awaited`.
    """
    token = secrets.token_urlsafe(32)
    row = StaffSession(
        token_hash=token_hash(token),
        staff_id=staff_id,
        started_at=now,
        seen_at=now,
        expires_at=now + (UNFINISHED if awaits_code else LONGEST),
        awaits_code=awaits_code,
    )
    session.add(row)
    session.flush()
    member = session.get_one(StaffMember, staff_id)
    if not awaits_code:
        member.signed_in_on = day_of(now)
    return SignedIn(member.id, member.name, member.role, row.id, now, token)


def recognise(connection: Connection, token: str, now: datetime) -> SignedIn | None:
    """Whose session a token belongs to; none if it has ended or the account is not active.

    None either while the second step of signing in is not done.
    """
    return _of_token(connection, token, now, awaits_code=False)


def awaited(connection: Connection, token: str, now: datetime) -> SignedIn | None:
    """Who gave the right password in this browser and has not yet done the second step."""
    return _of_token(connection, token, now, awaits_code=True)


def _of_token(
    connection: Connection, token: str, now: datetime, *, awaits_code: bool
) -> SignedIn | None:
    asked = {"hash": token_hash(token), "awaits": awaits_code, "now": now, "idle": now - IDLE}
    row = connection.execute(_OF_TOKEN, asked).one_or_none()
    if row is None:
        return None
    return SignedIn(
        id=row.id,
        name=row.name,
        role=Role.ADMINISTRATOR if row.emergency else row.role,
        session_id=row.session_id,
        seen_at=row.seen_at,
        token=token,
        may_break_glass=row.break_glass,
        emergency=row.emergency,
        until=row.ends_at,
    )


def keep_alive(connection: Connection, session_id: int, now: datetime) -> None:
    """Note that a session was used."""
    connection.execute(
        update(StaffSession).where(StaffSession.id == session_id).values(seen_at=now)
    )


def of(session: Session, staff_id: int, now: datetime) -> list[StaffSession]:
    """The living sessions of a member of staff, the one used last first."""
    return list(
        session.scalars(
            select(StaffSession)
            .where(
                StaffSession.staff_id == staff_id,
                StaffSession.awaits_code.is_(False),
                StaffSession.expires_at > now,
                StaffSession.seen_at > now - IDLE,
            )
            .order_by(StaffSession.seen_at.desc(), StaffSession.id.desc())
        )
    )


def end(session: Session, staff_id: int, session_id: int, now: datetime) -> bool:
    """End a session of a member of staff; whether there was one of theirs."""
    theirs = StaffSession.staff_id == staff_id
    return _end(session, now, StaffSession.id == session_id, theirs) > 0


def end_all(session: Session, staff_id: int, now: datetime, *, but: int | None = None) -> None:
    """End every session of a member of staff, save one."""
    others = () if but is None else (StaffSession.id != but,)
    _end(session, now, StaffSession.staff_id == staff_id, *others)


def _end(session: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    """End sessions, and with them an hour of break-glass that one of them has."""
    gone = delete(StaffSession).where(*which).returning(StaffSession.token_hash)
    hashes = session.scalars(gone).all()
    lasting = (BreakGlass.session_hash.in_(hashes), BreakGlass.ends_at > now)
    over = update(BreakGlass).where(*lasting).values(ends_at=now, session_hash=None)
    session.execute(over.execution_options(synchronize_session="fetch"))
    return len(hashes)


def expire(session: Session, now: datetime) -> int:
    """Delete the sessions that have ended, and say how many there were."""
    ended = session.execute(
        delete(StaffSession)
        .where(or_(StaffSession.expires_at <= now, StaffSession.seen_at <= now - IDLE))
        .returning(StaffSession.id)
    ).all()
    return len(ended)
