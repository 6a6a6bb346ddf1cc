"""The pair of each keyholder: made with their password, opened by it, lost without it."""

import secrets
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engage.extensions import INSERTS, table_of
from engage.keyring.entitled import entitled
from engage.keyring.models import KeyShare, SpareCode, StaffKey
from engage.keyring.shared import make_statistics
from engage.seals.box import BrokenSealError, lock, unlock
from engage.seals.derive import derive
from engage.seals.pairs import Pair, new_pair
from engage.seals.stretch import stretch

__all__ = ["entitled", "lose", "make", "open_private", "reseal"]

SALT = 16
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A private key as it is stored: sealed under the stretched password."""

    staff_id: int
    salt: bytes
    sealed: bytes

    def opened(self, password: str) -> bytes | None:
        """The private key; none with another password. Slow: call it outside a transaction."""
        try:
            return unlock(_key(password, self.salt), self.sealed, _about(self.staff_id))
        except BrokenSealError:
            return None


@dataclass(frozen=True, slots=True)
class Made:
    """A new pair that is not kept yet."""

    pair: Pair
    stored: Stored = field(repr=False)


def sealed_under(staff_id: int, private: bytes, password: str) -> Stored:
    """A private key sealed under a password. Slow: call it outside a transaction."""
    salt = secrets.token_bytes(SALT)
    return Stored(staff_id, salt, lock(_key(password, salt), private, _about(staff_id)))


def made(staff_id: int, password: str) -> Made:
    """A new pair for somebody. Slow: call it outside a transaction."""
    pair = new_pair()
    return Made(pair, sealed_under(staff_id, pair.private, password))


def keep(session: Session, new: Made, today: date) -> bool:
    """Keep a new pair; false if that person has one meanwhile, which then stays."""
    insert = INSERTS[session.get_bind().dialect.name](table_of(StaffKey))
    row = {
        "staff_id": new.stored.staff_id,
        "public": new.pair.public,
        "salt": new.stored.salt,
        "sealed": new.stored.sealed,
        "step": 0,
        "made_on": today,
    }
    kept = session.execute(
        insert.values(row).on_conflict_do_nothing().returning(StaffKey.staff_id)
    ).one_or_none()
    if kept is not None:
        make_statistics(session, today)
    return kept is not None


def make(session: Session, staff_id: int, password: str, today: date) -> bytes:
    """A new pair for somebody who has none, kept; its private half. The caller commits."""
    new = made(staff_id, password)
    if not keep(session, new, today):
        raise ValueError(f"Account {staff_id} has a key already: call `lose` before making one.")
    return new.pair.private


def stored(session: Session, staff_id: int) -> Stored | None:
    """Somebody's private key as it is stored; none before it is made."""
    row = session.execute(
        select(StaffKey.staff_id, StaffKey.salt, StaffKey.sealed).filter_by(staff_id=staff_id)
    ).one_or_none()
    return Stored(*row) if row else None


def open_private(session: Session, staff_id: int, password: str) -> bytes | None:
    """Somebody's private key; none with another password, or before they have one."""
    kept = stored(session, staff_id)
    return kept.opened(password) if kept else None


def reseal(session: Session, new: Stored) -> None:
    """Keep a private key under a new password (`sealed_under`)."""
    session.execute(
        update(StaffKey)
        .where(StaffKey.staff_id == new.staff_id)
        .values(salt=new.salt, sealed=new.sealed)
    )


def lose(session: Session, staff_id: int) -> None:
    """Delete somebody's pair, code generator, spare codes and shares; the caller commits.

    What was sealed to them opens for them no more. Their report keys go by
    `engage.reports.leaving`, their sessions' keys with the sessions.
    """
    for model in (StaffKey, SpareCode, KeyShare):
        session.execute(delete(model).where(model.staff_id == staff_id))


def drop_shares(session: Session, staff_id: int) -> None:
    """Take every shared key from somebody, who keeps their pair and their code generator."""
    session.execute(delete(KeyShare).where(KeyShare.staff_id == staff_id))


def _key(password: str, salt: bytes) -> bytes:
    return derive(stretch(password, salt, 32), "private")


def _about(staff_id: int) -> bytes:
    return f"staff_keys:{staff_id}".encode()
