"""Invitations as they are stored: made, looked up, used once, forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage.core.words.tens import tens
from engage.extensions import table_of
from engage.invitations.code import mark, new_code, plain_code
from engage.invitations.models import Invitation, InvitationsMade

TABLE, MADE = table_of(Invitation), table_of(InvitationsMade)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many codes a wave has had, and how many were used, in whole tens; None for fewer."""

    made: int
    used: int | None


def make(session: Session, wave_id: int, number: int, *, key: str) -> list[str]:
    """Fresh codes for a wave, to be handed out; the caller commits.

    They are told once, here: what is stored is their marks, in no order.
    """
    codes = [new_code() for _ in range(number)]
    marks = sorted(mark(wave_id, plain_code(code) or code, key) for code in codes)
    session.add_all(Invitation(mark=each, wave_id=wave_id) for each in marks)
    session.flush()
    _count_made(session, wave_id, number)
    return codes


def _count_made(session: Session, wave_id: int, number: int) -> None:
    """Add to the number made, in the database: two who make codes at once are both counted."""
    postgres = session.get_bind().dialect.name == "postgresql"
    new = (postgresql if postgres else sqlite).insert(MADE)
    added = new.values(wave_id=wave_id, number=number).on_conflict_do_update(
        index_elements=[MADE.c.wave_id], set_={"number": MADE.c.number + new.excluded.number}
    )
    session.execute(added)


def good(connection: Connection, wave_id: int, found: bytes) -> bool:
    """Whether a mark is that of a code of the wave which was not used yet."""
    wanted = select(TABLE.c.mark).where(TABLE.c.mark == found, TABLE.c.wave_id == wave_id)
    return connection.execute(wanted).first() is not None


def use(connection: Connection, wave_id: int, found: bytes) -> bool:
    """Use up a code in the caller's transaction; False when it was used before.

    Of two that use one code at the same moment, one deletes the row and the other finds none.
    Whether the wave takes answers is for the caller to see.
    """
    gone = delete(TABLE).where(TABLE.c.mark == found, TABLE.c.wave_id == wave_id)
    return connection.execute(gone).rowcount == 1


def tally(session: Session, wave_id: int) -> Tally:
    """How many codes were made for a wave, and how many of them used."""
    made = session.scalar(select(MADE.c.number).where(MADE.c.wave_id == wave_id)) or 0
    left = session.scalar(
        select(func.count()).select_from(Invitation).where(Invitation.wave_id == wave_id)
    )
    return Tally(made, tens(made - (left or 0)))


def forget(session: Session, waves: Iterable[int]) -> int:
    """Delete the codes of waves that are over, as if they had never been made; how many.

    They are taken off the number made, or they would count as used.
    """
    gone = 0
    for wave_id in waves:
        unused = delete(TABLE).where(TABLE.c.wave_id == wave_id).returning(TABLE.c.wave_id)
        number = len(session.execute(unused).all())
        if number:
            _count_made(session, wave_id, -number)
        gone += number
    return gone
