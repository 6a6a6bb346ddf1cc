"""What pledges are called on staff's pages."""

from sqlalchemy import Connection, select

from engage.extensions import table_of
from engage.pledges.models import Pledge
from engage.pledges.words import words_in

TABLE = table_of(Pledge)


def titles(connection: Connection) -> dict[int, str]:
    """Pledge to its title in English, the newest first; its address where it has no words yet."""
    rows = connection.execute(select(TABLE.c.id, TABLE.c.slug).order_by(TABLE.c.id.desc()))
    return {row.id: _title(connection, row.id) or row.slug for row in rows.all()}


def _title(connection: Connection, pledge_id: int) -> str:
    words = words_in(connection, pledge_id, "en")
    return words.title if words else ""
