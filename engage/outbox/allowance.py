"""How often a mailbox is written to because somebody typed its address.

It is counted in the database, so that the limit is one for all processes.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from engage.extensions import table_of
from engage.outbox.models import OutgoingMessage

MESSAGES = table_of(OutgoingMessage)
A_DAY = timedelta(days=1)
MOST = 5
"""Messages of one cause in a day."""

COUNTED = select(func.count()).where(
    MESSAGES.c.contact_id == bindparam("contact"),
    MESSAGES.c.key.startswith(bindparam("cause", type_=MESSAGES.c.key.type), autoescape=False),
    MESSAGES.c.due_at > bindparam("since", type_=MESSAGES.c.due_at.type),
)


def may_write(connection: Connection, contact_id: int, cause: str, now: datetime) -> bool:
    """Whether a mailbox may be sent one more message of a cause, which its `key` begins with.

    Find the mailbox by `engage.contacts.store.mailbox_for(alone=True)` in the same transaction:
    whoever else does so waits for its end, so that of many at once no more than the limit are
    queued. A message that is late counts from when it is due.
    """
    given = {"contact": contact_id, "cause": cause, "since": now - A_DAY}
    return int(connection.execute(COUNTED, given).scalar_one()) < MOST
