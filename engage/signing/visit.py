"""A visit to one's own page: opened by a mailed link, for an hour, in this browser alone.

The browser holds a secret of its own, not the number of a mailbox: a number that is given again
after somebody was deleted would open another person's page.
"""

from datetime import timedelta

from flask import session
from sqlalchemy import Connection

from engage import clock
from engage.contacts import tokens

MINE = "mine"
"""What the secret is called in the session cookie."""
LASTS = timedelta(hours=1)


def begin(connection: Connection, contact_id: int) -> None:
    """Open the page of a mailbox in this browser; the caller commits."""
    secret = tokens.issue(connection, "own_page", contact_id, None, clock.now() + LASTS)
    session[MINE] = secret


def visitor(connection: Connection) -> int | None:
    """The mailbox whose page is open in this browser; None when none is, or the hour is over."""
    secret = session.get(MINE)
    if not isinstance(secret, str):
        return None
    token = tokens.read(connection, secret, "own_page", clock.now())
    return None if token is None else token.contact_id


def end(connection: Connection) -> None:
    """Close the page in this browser; the caller commits."""
    secret = session.pop(MINE, None)
    if isinstance(secret, str):
        tokens.use(connection, secret, "own_page", clock.now())
