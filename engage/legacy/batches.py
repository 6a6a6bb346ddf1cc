"""Batches of signatures from elsewhere as they are stored. The caller commits."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engage.legacy.report import Report
from engage.pledges.models import SignatureBatch, Source

OPEN = ("waiting", "checked")
"""States of a list whose file is still needed."""


def get(session: Session, batch_id: int, *sources: Source) -> SignatureBatch | None:
    """The batch of that number, if it came by one of these ways."""
    batch = session.get(SignatureBatch, batch_id)
    return batch if batch is not None and batch.source in sources else None


def newest(session: Session, *sources: Source) -> list[SignatureBatch]:
    """The batches that came by one of these ways, the newest first."""
    wanted = select(SignatureBatch).where(SignatureBatch.source.in_(sources))
    return list(session.scalars(wanted.order_by(SignatureBatch.id.desc()).limit(500)))


def same_file(session: Session, pledge_id: int, digest: str) -> SignatureBatch | None:
    """A list of the same pledge with the same content that waits or was taken."""
    same = select(SignatureBatch).where(
        SignatureBatch.pledge_id == pledge_id,
        SignatureBatch.digest == digest,
        SignatureBatch.state != "refused",
    )
    return session.scalars(same.order_by(SignatureBatch.id.desc()).limit(1)).one_or_none()


def open_batch(
    session: Session,
    *,
    pledge_id: int,
    source: Source,
    origin: str,
    day: date,
    staff_id: int | None,
    now: datetime,
    digest: str = "",
) -> SignatureBatch:
    """A new list that waits to be looked through, or a pile of paper, open for typing.

    `day` is for rows without one, or that of the pile; `digest` is of a list's file.
    """
    batch = SignatureBatch(
        pledge_id=pledge_id,
        source=source,
        origin=origin,
        digest=digest,
        staff_id=staff_id,
        made_at=now,
        report=Report(day).written(),
    )
    session.add(batch)
    session.flush()
    return batch


def put_away(session: Session, batch_id: int) -> bool:
    """Let a list not be taken; False when it has been, or was put away before."""
    left = update(SignatureBatch).filter_by(id=batch_id).where(SignatureBatch.state.in_(OPEN))
    gone = session.execute(left.values(state="refused").returning(SignatureBatch.id))
    return gone.first() is not None


def job_key(batch_id: int) -> str:
    """What the jobs of a list are known by: one at a time."""
    return f"list:{batch_id}"
