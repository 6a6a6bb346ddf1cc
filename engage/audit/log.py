"""Writing the audit log, and deleting what is too old from its beginning."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import g, has_request_context
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, scoped_session

from engage.audit.append import EVENTS, HEAD, HEADS, Waiting, locked_head, wait
from engage.extensions import db

Fact = str | int | bool | None

EMERGENCY = "break_glass"
"""In `flask.g` of a request, and in the detail of each event that it causes: the hour's number."""

KEPT_YEARS = 6
"""As long as a claim can be brought in England and Wales (Limitation Act 1980)."""


def in_emergency() -> bool:
    """Whether this request is made in somebody's hour of break-glass."""
    return has_request_context() and g.get(EMERGENCY) is not None


def kept_since(now: datetime) -> datetime:
    """The moment six calendar years before; events of that moment or earlier are not kept."""
    leap_day = (now.month, now.day) == (2, 29)  # no year six before a leap year has one
    return now.replace(year=now.year - KEPT_YEARS, day=28 if leap_day else now.day)


def forget(session: Session, now: datetime) -> int:
    """Delete the events that are older than the log is kept; how many. The caller commits.

    They go from the beginning of the chain, up to the first that is kept. Where the chain begins
    since then is noted, so that it can still be verified.
    """
    head = locked_head(session)
    young = select(func.min(EVENTS.c.id)).where(EVENTS.c.at > kept_since(now))
    first = session.scalar(young) or head.last_id + 1
    last = select(EVENTS.c.id, EVENTS.c.hash).where(EVENTS.c.id < first)
    gone = session.execute(last.order_by(EVENTS.c.id.desc()).limit(1)).one_or_none()
    if gone is None:
        return 0
    begins = update(HEADS).where(HEADS.c.id == HEAD)
    session.execute(begins.values(gone_id=gone.id, gone_hash=gone.hash))
    return len(
        session.execute(delete(EVENTS).where(EVENTS.c.id < first).returning(EVENTS.c.id)).all()
    )


def record(
    session: Session | scoped_session[Any],
    *,
    at: datetime,
    staff_id: int | None,
    action: str,
    subject: str,
    detail: Mapping[str, Fact] | None = None,
) -> None:
    """Note what was done, in the caller's transaction: both are kept or neither.

    The event is stored when the session commits; until then no query finds it.

    `action` is `noun.verb`, such as `wave.opened`; `subject` is `noun:number`; `staff_id` is
    empty for what the system did itself. Numbers and facts only, never names, addresses or
    anything that a person wrote in answer to a question. What is done in an hour of break-glass
    carries the number of that hour, whatever it is.
    """
    facts = dict(detail or {})
    if in_emergency():
        facts[EMERGENCY] = g.get(EMERGENCY)
    written = json.dumps(facts, sort_keys=True)
    own = session() if isinstance(session, scoped_session) else session
    step = own.get_nested_transaction()
    wait(own, Waiting(at, staff_id, action, subject, written, step))


def record_apart(
    *,
    at: datetime,
    staff_id: int | None,
    action: str,
    subject: str,
    detail: Mapping[str, Fact] | None = None,
) -> None:
    """Note that somebody read something, in a transaction of its own that is committed here.

    For pages that change nothing (GET), which else would hold SQLite's write lock; on a page that
    is sent (POST), where the request holds that lock itself, use `record`.
    """
    with db.engine.connect().execution_options(read_only=False) as own, Session(own) as session:
        record(session, at=at, staff_id=staff_id, action=action, subject=subject, detail=detail)
        session.commit()
