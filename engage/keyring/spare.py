"""Spare codes: ten, shown once, each good once where the code generator is not at hand."""

import base64
import hashlib
import secrets

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engage.keyring.models import SpareCode

HOW_MANY = 10
BYTES = 10
"""Of one code, 80 bits: too many to try against its SHA-256."""
LETTERS = 16


def make(session: Session, staff_id: int) -> list[str]:
    """Ten new codes, in groups of four letters; those from before are good no more."""
    session.execute(delete(SpareCode).where(SpareCode.staff_id == staff_id))
    codes = [base64.b32encode(secrets.token_bytes(BYTES)).decode().lower() for _ in range(HOW_MANY)]
    session.add_all(SpareCode(code_hash=_hash(code), staff_id=staff_id) for code in codes)
    session.flush()
    return ["-".join(code[at : at + 4] for at in range(0, LETTERS, 4)) for code in codes]


def looks_like(typed: str) -> bool:
    """Whether this is as long as a spare code, however it is spaced."""
    return len(_plain(typed)) == LETTERS


def take(session: Session, staff_id: int, typed: str) -> bool:
    """Use a spare code of somebody's up; whether there was such a one."""
    gone = session.execute(
        delete(SpareCode)
        .where(SpareCode.code_hash == _hash(_plain(typed)), SpareCode.staff_id == staff_id)
        .returning(SpareCode.staff_id)
    ).one_or_none()
    return gone is not None


def left(session: Session, staff_id: int) -> int:
    """How many somebody still has."""
    counted = select(func.count()).select_from(SpareCode).filter_by(staff_id=staff_id)
    return session.scalar(counted) or 0


def _plain(typed: str) -> str:
    return "".join(sign for sign in typed.lower() if sign.isalnum())


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
