"""What a browser's cookie holds of reports, and how all of it is forgotten at once.

The names say nothing: whoever looks into a cookie is not to learn that somebody reported.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from engage.reports import draft, visit

WRITING = "form"
"""The token of a report that is being written, or was just sent."""
READING = "open"
"""The token of a report that a code opened."""


def holds_any(cookie: Mapping[str, Any]) -> bool:
    """Whether a browser with this cookie writes or reads a report."""
    return WRITING in cookie or READING in cookie


def forget_all(connection: Connection, cookie: Mapping[str, Any]) -> None:
    """Delete what such a browser was writing, and close what it was reading."""
    for name, delete in ((WRITING, draft.discard), (READING, visit.end)):
        token = cookie.get(name)
        if isinstance(token, str):
            delete(connection, token)
