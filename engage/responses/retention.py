"""Answers are deleted on the day that was promised to those who gave them."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engage.responses.store import TABLE


def delete_of_wave(session: Session, wave_id: int) -> int:
    """Delete every response of a wave, in the caller's transaction; how many there were."""
    gone = session.execute(delete(TABLE).where(TABLE.c.wave_id == wave_id))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a count
