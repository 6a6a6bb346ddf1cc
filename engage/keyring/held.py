"""The keys of a signed-in session: they open only with the token in that browser's cookie.

The database knows the token by its SHA-256 alone, so neither a copy of it nor a stolen row opens
anything. After 15 idle minutes the row is deleted and the page asks for the password again.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import g
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.orm import Session

from engage import clock
from engage.extensions import INSERTS, db, table_of
from engage.keyring.models import KeyShare, SessionKey, SharedKey
from engage.seals.box import BrokenSealError, lock, unlock
from engage.seals.derive import derive
from engage.seals.pairs import Pair, pair_of
from engage.sessions.store import SignedIn
from engage.web.access import current_user

IDLE = timedelta(minutes=15)
STEP = timedelta(minutes=1)
"""How exactly the last use is kept; keys go up to that much too early, never too late."""


class LockedError(Exception):
    """The keys of this session are not open; the person is asked for their password."""


@dataclass(frozen=True, slots=True)
class Held:
    """The private keys of somebody who is signed in; nothing of them shows in a log."""

    staff_id: int
    private: bytes = field(repr=False)
    shared: dict[str, bytes] = field(repr=False, default_factory=dict)

    @property
    def pair(self) -> Pair:
        """Their own pair; take it once where many boxes are opened."""
        return pair_of(self.private)


def held_keys() -> Held:
    """The keys of the session that sent this request; raises LockedError without any."""
    held = held_or_none()
    if held is None:
        raise LockedError
    return held


def held_or_none() -> Held | None:
    """The keys of the session that sent this request, looked up once; none if it is locked."""
    if not current_user.is_authenticated:
        return None
    if "held_keys" not in g:
        g.held_keys = _look_up(current_user._get_current_object(), clock.now())  # noqa: SLF001  the person behind the proxy
    held: Held | None = g.held_keys
    return held


def start(session: Session, member: SignedIn, private: bytes, now: datetime) -> None:
    """Open a session's keys: at sign-in, and again after idle minutes."""
    row = {"session_id": member.session_id, "sealed": _sealed(member, private), "used_at": now}
    insert = INSERTS[session.get_bind().dialect.name](table_of(SessionKey))
    session.execute(
        insert.values(row).on_conflict_do_update(
            index_elements=["session_id"], set_={"sealed": row["sealed"], "used_at": now}
        )
    )


def private_of(connection: Connection, member: SignedIn, now: datetime) -> bytes | None:
    """A session's own private key; none if it was erased, is idle or does not open."""
    row = connection.execute(
        select(SessionKey.sealed).where(
            SessionKey.session_id == member.session_id, SessionKey.used_at > now - IDLE
        )
    ).one_or_none()
    if row is None:
        return None
    try:
        return unlock(derive(member.token, "session"), row.sealed, _about(member))
    except BrokenSealError:
        return None


def refresh(connection: Connection, session_id: int, now: datetime) -> None:
    """Note that a session's keys were used, or erase them if they were idle too long."""
    mine = SessionKey.session_id == session_id
    connection.execute(delete(SessionKey).where(mine, SessionKey.used_at <= now - IDLE))
    connection.execute(
        update(SessionKey).where(mine, SessionKey.used_at <= now - STEP).values(used_at=now)
    )


def erase(session: Session, session_id: int) -> None:
    """Close a session's keys; with the session itself they go by themselves."""
    session.execute(delete(SessionKey).where(SessionKey.session_id == session_id))


def erase_idle(session: Session, now: datetime) -> int:
    """Erase the keys of every session that was idle too long; how many. The caller commits."""
    idle = delete(SessionKey).where(SessionKey.used_at <= now - IDLE)
    return len(session.scalars(idle.returning(SessionKey.session_id)).all())


def shares(connection: Connection, pair: Pair, staff_id: int) -> dict[str, bytes]:
    """The shared private keys that somebody holds, by name; one that does not open is left out."""
    opened = {}
    for name, sealed in connection.execute(
        select(SharedKey.name, KeyShare.sealed)
        .join(KeyShare, KeyShare.shared_key_id == SharedKey.id)
        .where(KeyShare.staff_id == staff_id)
    ):
        try:
            opened[name] = pair.open(sealed)
        except BrokenSealError:
            continue  # sealed to a pair that this person lost
    return opened


def _look_up(member: SignedIn, now: datetime) -> Held | None:
    """Read apart from the request's own transaction, as `engage.sessions.login` does."""
    with db.engine.connect().execution_options(read_only=True) as connection:
        private = private_of(connection, member, now)
        used = connection.scalar(
            select(SessionKey.used_at).where(SessionKey.session_id == member.session_id)
        )
        pair = pair_of(private) if private else None
        shared = shares(connection, pair, member.id) if pair else {}
    if used is not None and now - used >= STEP:
        with db.engine.connect().execution_options(read_only=False) as writing, writing.begin():
            refresh(writing, member.session_id, now)
    return Held(member.id, private, shared) if private else None


def _sealed(member: SignedIn, private: bytes) -> bytes:
    return lock(derive(member.token, "session"), private, _about(member))


def _about(member: SignedIn) -> bytes:
    return f"session_keys:{member.session_id}:{member.id}".encode()
