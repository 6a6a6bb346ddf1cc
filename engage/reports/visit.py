"""A reporter's opened report: its number and keys, under a key that only the cookie gives.

A visit ends after fifteen idle minutes, or when they leave; no backup has it.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from engage.extensions import table_of
from engage.reports.draft import mark
from engage.reports.receipts import Visit
from engage.reports.rings import Rings
from engage.reports.visit_models import ReporterVisit
from engage.seals.box import lock, unlock
from engage.seals.derive import derive

VISITS = table_of(ReporterVisit)
IDLE = timedelta(minutes=15)
KEY = "engage/report-visit"
ABOUT = b"report-visit"
SIZE = 32


def begin(connection: Connection, visit: Visit, now: datetime) -> str:
    """Keep an opened report for a browser; the token for its cookie, kept nowhere else."""
    token = secrets.token_urlsafe(32)
    row = {"token_hash": mark(token), "expires_at": now + IDLE, "sealed": _sealed(token, visit)}
    connection.execute(insert(VISITS), row)
    return token


def visitor(connection: Connection, token: str, now: datetime) -> Visit | None:
    """The report that a browser has opened; None when the visit is over. Changes nothing."""
    sealed = connection.scalar(
        select(VISITS.c.sealed).where(VISITS.c.token_hash == mark(token), VISITS.c.expires_at > now)
    )
    if sealed is None:
        return None
    opened = unlock(derive(token, KEY), sealed, ABOUT)
    first, content, talk = (opened[at : at + SIZE] for at in range(0, 3 * SIZE, SIZE))
    return Visit(opened[3 * SIZE :].decode(), Rings(content, talk), first)


def stay(connection: Connection, token: str, now: datetime, visit: Visit | None = None) -> bool:
    """Keep a visit for fifteen minutes more, perhaps with another code; False when it is over."""
    values: dict[str, object] = {"expires_at": now + IDLE}
    if visit is not None:
        values["sealed"] = _sealed(token, visit)
    kept = connection.execute(
        update(VISITS)
        .where(VISITS.c.token_hash == mark(token), VISITS.c.expires_at > now)
        .values(**values)
    )
    return kept.rowcount > 0


def end(connection: Connection, token: str) -> None:
    """Forget what a browser has opened."""
    connection.execute(delete(VISITS).where(VISITS.c.token_hash == mark(token)))


def expire(connection: Connection, now: datetime) -> int:
    """Delete the visits that are over; how many."""
    return connection.execute(delete(VISITS).where(VISITS.c.expires_at <= now)).rowcount


def _sealed(token: str, visit: Visit) -> bytes:
    rings = visit.rings
    plain = visit.mark + rings.key("content") + rings.key("talk") + visit.report_id.encode()
    return lock(derive(token, KEY), plain, ABOUT)
