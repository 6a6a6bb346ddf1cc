"""The hash that chains an event of the audit log to the one before it."""

import hashlib
import json
from datetime import UTC, datetime

GENESIS = bytes(32)
"""What stands before the first event."""

COVERED = ("at", "staff_id", "action", "subject", "detail")
"""The columns that the hash covers, besides the number."""


def event_hash(
    before: bytes,
    number: int,
    *,
    at: datetime,
    staff_id: int | None,
    action: str,
    subject: str,
    detail: str,
) -> bytes:
    """SHA-256 over the hash of the event before and every column of this one.

    The columns are written as a JSON list, so that none can run into the next; the moment in UTC
    with all six digits of its second, as both databases keep it.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    columns = [number, moment, staff_id, action, subject, detail]
    written = json.dumps(columns, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(before + written.encode("ascii")).digest()
