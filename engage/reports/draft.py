"""A report that is being written: one box, under a key that only the browser's cookie gives.

It lives for sixty minutes from the last time it was saved, and no backup has it.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from engage.extensions import table_of
from engage.reports.changing import ChangedElsewhereError
from engage.reports.visit_models import ReportDraft
from engage.seals.box import lock, unlock
from engage.seals.derive import derive

DRAFTS = table_of(ReportDraft)
LIFE = timedelta(minutes=60)
STEP = 8192
"""Bytes: a draft is as long as the next multiple, however far somebody has come."""
KEY = "engage/report-draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its browser sees it; `version` is what the next save must have seen."""

    version: int
    expires_at: datetime
    value: Mapping[str, Any] = field(repr=False)


def start(connection: Connection, now: datetime, value: Mapping[str, Any] | None = None) -> str:
    """Begin a draft; the token for its cookie, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    row = {"token_hash": mark(token), "version": 1, "expires_at": now + LIFE}
    connection.execute(insert(DRAFTS), row | {"sealed": _sealed(token, 1, value or {})})
    return token


def read(connection: Connection, token: str, now: datetime) -> Draft | None:
    """The draft of a token; None when there is none, or it is past its time."""
    row = connection.execute(
        select(DRAFTS.c.version, DRAFTS.c.expires_at, DRAFTS.c.sealed).where(
            DRAFTS.c.token_hash == mark(token), DRAFTS.c.expires_at > now
        )
    ).one_or_none()
    if row is None:
        return None
    opened = unlock(derive(token, KEY), row.sealed, _about(row.version))
    return Draft(row.version, row.expires_at, orjson.loads(opened))


def save(
    connection: Connection, token: str, value: Mapping[str, Any], *, seen: int, now: datetime
) -> int:
    """Write a draft anew and keep it for sixty minutes more; its new version.

    Raises ChangedElsewhereError when another window saved since version `seen` was shown, or the
    draft has gone: `read` tells which.
    """
    saved = connection.execute(
        update(DRAFTS)
        .where(
            DRAFTS.c.token_hash == mark(token),
            DRAFTS.c.version == seen,
            DRAFTS.c.expires_at > now,
        )
        .values(version=seen + 1, expires_at=now + LIFE, sealed=_sealed(token, seen + 1, value))
    )
    if saved.rowcount == 0:
        raise ChangedElsewhereError("The draft was saved elsewhere or has gone: read it anew.")
    return seen + 1


def discard(connection: Connection, token: str) -> bool:
    """Delete a draft; whether it was there. Of two requests that send it, one is told so."""
    return connection.execute(delete(DRAFTS).where(DRAFTS.c.token_hash == mark(token))).rowcount > 0


def expire(connection: Connection, now: datetime) -> int:
    """Delete the drafts that are past their time; how many."""
    return connection.execute(delete(DRAFTS).where(DRAFTS.c.expires_at <= now)).rowcount


def mark(token: str) -> bytes:
    """The form in which a token is stored: whoever reads the table cannot open with it."""
    return hashlib.sha256(token.encode()).digest()


def _sealed(token: str, version: int, value: Mapping[str, Any]) -> bytes:
    return lock(derive(token, KEY), orjson.dumps(value), _about(version), step=STEP)


def _about(version: int) -> bytes:
    return f"report-draft/{version}".encode()
