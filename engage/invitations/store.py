"""Invitations as they are stored: made, looked up, used once, forgotten."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.invitations.code import mark, new_code, plain_code
from engage.invitations.models import Invitation, InvitationsMade

TABLE = table_of(Invitation)
FEWEST_TOLD = 10
"""Below this, the number of codes used is not told: it could say whether one person answered."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many codes a wave has had, and how many were used, in whole tens; None for fewer."""

    made: int
    used: int | None


def make(session: Session, wave_id: int, number: int, *, key: str, expires_on: date) -> list[str]:
    """Fresh codes for a wave, to be handed out; the caller commits.

    They are told once, here: what is stored is their marks, in no order.
    """
    codes = [new_code() for _ in range(number)]
    marks = sorted(mark(wave_id, plain_code(code) or code, key) for code in codes)
    session.add_all(Invitation(mark=each, wave_id=wave_id, expires_on=expires_on) for each in marks)
    made = session.get(InvitationsMade, wave_id) or InvitationsMade(wave_id=wave_id, number=0)
    made.number += number
    session.add(made)
    session.flush()
    return codes


def good(connection: Connection, wave_id: int, found: bytes, today: date) -> bool:
    """Whether a mark is that of a code which can still be used for the wave."""
    wanted = select(TABLE.c.mark).where(
        TABLE.c.mark == found, TABLE.c.wave_id == wave_id, TABLE.c.expires_on >= today
    )
    return connection.execute(wanted).first() is not None


def use(connection: Connection, wave_id: int, found: bytes, today: date) -> bool:
    """Use up a code in the caller's transaction; False when it was used before or is too old.

    Of two that use one code at the same moment, one deletes the row and the other finds none.
    """
    gone = delete(TABLE).where(
        TABLE.c.mark == found, TABLE.c.wave_id == wave_id, TABLE.c.expires_on >= today
    )
    return connection.execute(gone).rowcount == 1


def tally(session: Session, wave_id: int) -> Tally:
    """How many codes were made for a wave, and how many of them used."""
    made = session.get(InvitationsMade, wave_id)
    left = session.scalar(
        select(func.count()).select_from(Invitation).where(Invitation.wave_id == wave_id)
    )
    number = made.number if made else 0
    used = number - (left or 0)
    return Tally(number, used // 10 * 10 if used >= FEWEST_TOLD else None)


def forget(session: Session, today: date) -> int:
    """Delete the codes that are past their day, as if they had never been made; how many.

    They are taken off the number made, or they would count as used.
    """
    old = select(TABLE.c.wave_id, func.count()).where(TABLE.c.expires_on < today)
    gone = 0
    for wave_id, number in session.execute(old.group_by(TABLE.c.wave_id)).all():
        made = session.get(InvitationsMade, wave_id)
        if made:
            made.number -= number
        gone += number
    session.execute(delete(TABLE).where(TABLE.c.expires_on < today))
    return gone
