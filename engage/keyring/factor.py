"""Code generators: the second step of signing in (TOTP, RFC 6238, as every such app does it).

The secret is sealed under the person's own private key, so their password is needed first. No
code is taken twice: the time step of the last one is kept.
"""

import base64
from datetime import datetime
from hmac import compare_digest

import pyotp
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engage.keyring.models import SpareCode, StaffKey
from engage.seals.box import BrokenSealError, lock, unlock
from engage.seals.derive import derive

SECONDS = 30
"""Of one time step, after which the generator shows another code."""
SECRET = 20
"""Bytes, as the RFC asks for."""
EARLY = LATE = 1
"""Steps by which a clock may be wrong."""


def proposed(private: bytes, session_id: int) -> str:
    """The secret that a sign-in offers to a generator; the same until that sign-in is over."""
    made = derive(private, f"new factor of session {session_id}")[:SECRET]
    return base64.b32encode(made).decode()


def address(secret: str, email: str, council: str) -> str:
    """What the QR code says to the generator."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=council)


def code_at(secret: str, step: int) -> str:
    """The code of a time step."""
    return str(pyotp.TOTP(secret).generate_otp(step))


def step_at(now: datetime) -> int:
    """The time step of a moment."""
    return int(now.timestamp()) // SECONDS


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The time step of which this is the code, if it is of about now."""
    code = "".join(typed.split())
    around = range(step_at(now) - LATE, step_at(now) + EARLY + 1)
    right = [
        step for step in around if compare_digest(code_at(secret, step).encode(), code.encode())
    ]
    return right[-1] if right else None


def secret_of(session: Session, staff_id: int, private: bytes) -> str | None:
    """The secret of somebody's generator; none before they have set one up."""
    sealed = session.scalar(select(StaffKey.factor).where(StaffKey.staff_id == staff_id))
    if sealed is None:
        return None
    try:
        return unlock(derive(private, "factor"), sealed, _about(staff_id)).decode()
    except BrokenSealError:
        # A secret that somebody planted: nothing is right, rather than anything.
        return ""


def keep(session: Session, staff_id: int, private: bytes, secret: str) -> None:
    """Keep the secret of somebody's new generator; the caller commits."""
    sealed = lock(derive(private, "factor"), secret.encode(), _about(staff_id))
    session.execute(update(StaffKey).where(StaffKey.staff_id == staff_id).values(factor=sealed))


def take(session: Session, staff_id: int, step: int) -> bool:
    """Use the code of a time step up; whether neither it nor a later one was used before."""
    row = session.execute(
        update(StaffKey)
        .where(StaffKey.staff_id == staff_id, StaffKey.step < step)
        .values(step=step)
        .returning(StaffKey.staff_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return row is not None


def next_code(session: Session, staff_id: int, secret: str, now: datetime) -> str | None:
    """A code that is good now; none for half a minute after two were taken."""
    used = session.scalar(select(StaffKey.step).where(StaffKey.staff_id == staff_id)) or 0
    step = max(used + 1, step_at(now))
    return code_at(secret, step) if step <= step_at(now) + EARLY else None


def forget(session: Session, staff_id: int) -> None:
    """Let somebody set up another generator at their next sign-in; spare codes go too."""
    session.execute(update(StaffKey).where(StaffKey.staff_id == staff_id).values(factor=None))
    session.execute(delete(SpareCode).where(SpareCode.staff_id == staff_id))


def _about(staff_id: int) -> bytes:
    return f"staff_keys:{staff_id}:factor".encode()
