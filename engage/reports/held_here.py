"""What a browser's cookie holds of reports, and how all of it is forgotten at once.

The names say nothing: whoever looks into a cookie is not to learn that somebody reported.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any

from sqlalchemy import Connection

from engage.reports import draft, visit

WRITING = "form"
"""The token of a report that is being written, or was just sent."""
READING = "open"
"""The token of a report that a code opened."""
NEXT_CODE = "next"
"""The token of a box with a code that is to take the place of the one that opened the report."""


def holds_any(cookie: Mapping[str, Any]) -> bool:
    """Whether a browser with this cookie writes or reads a report."""
    return not {WRITING, READING, NEXT_CODE}.isdisjoint(cookie)


def forget_all(connection: Connection, cookie: Mapping[str, Any]) -> None:
    """Delete what such a browser was writing, and close what it was reading."""
    holding = ((WRITING, draft.discard), (NEXT_CODE, draft.discard), (READING, visit.end))
    for name, delete in holding:
        token = cookie.get(name)
        if isinstance(token, str):
            delete(connection, token)


def close_read(connection: Connection, cookie: MutableMapping[str, Any]) -> None:
    """Close what such a browser was reading, with a code that was shown there and not taken."""
    for name, delete in ((NEXT_CODE, draft.discard), (READING, visit.end)):
        token = cookie.pop(name, None)
        if isinstance(token, str):
            delete(connection, token)
