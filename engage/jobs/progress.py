"""How far the job in hand is, told while it is done and read by the page of who waits."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engage.extensions import db
from engage.jobs.models import Job

SELDOM = 0.5
"""Seconds between two notes: a page that asks sooner is told the same."""


@dataclass(slots=True)
class _InHand:
    job_id: int
    told: int = 0
    at: float = field(default_factory=time.monotonic)


_in_hand: ContextVar[_InHand | None] = ContextVar("job in hand", default=None)


@contextmanager
def in_hand(job_id: int) -> Iterator[None]:
    """What `tell` says within is said of that job."""
    token = _in_hand.set(_InHand(job_id))
    try:
        yield
    finally:
        _in_hand.reset(token)


def tell(done: int, of: int) -> None:
    """Note that so many of so many steps of the job in hand are done; nothing outside a job.

    Written on a connection of its own, so that it is seen at once. On SQLite that waits for
    whoever writes: call it before the job's own session has written anything, or after it
    committed.
    """
    job = _in_hand.get()
    percent = 100 * done // max(of, 1)
    if job is None or percent <= job.told or time.monotonic() - job.at < SELDOM:
        return
    job.told, job.at = percent, time.monotonic()
    with db.engine.connect().execution_options(read_only=False) as connection:
        connection.execute(update(Job).where(Job.id == job.job_id).values(progress=percent))
        connection.commit()


def progress_of(session: Session, key: str) -> int | None:
    """How much of the unfinished job with this key is done, in percent; none if there is none."""
    return session.scalar(select(Job.progress).where(Job.key == key))
