"""What the worker does for messages to many: queues them, words each as it leaves, sees the end."""

from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage.campaigns.segment import members, stored_segment
from engage.campaigns.store import MESSAGES, TABLE, progress
from engage.contacts import consent
from engage.outbox.kinds import Kind
from engage.outbox.letters import Words
from engage.outbox.queue import new_message_id

SOME = 500
"""Messages queued in one transaction: nobody who signs waits long for it."""


def fill(session: Session, campaign_id: int, now: datetime) -> int:
    """Put its messages into the outbox, some at a time; how many there are. Commits.

    Beginning again, after a worker died, queues what is missing: each message has the key of its
    mailbox. Who agrees while it runs may be in it or not; who no longer does is not sent theirs.
    """
    last = 0
    while True:
        # Held until these are queued: whoever stops it drops them too.
        found = select(TABLE).where(TABLE.c.id == campaign_id).with_for_update()
        campaign = session.execute(found).first()
        if campaign is None or campaign.state != "queued":
            return 0
        inside = members(stored_segment(campaign.topic, campaign.segment))
        column = inside.selected_columns[0]
        some = list(session.scalars(inside.where(column > last).order_by(column).limit(SOME)))
        if not some:
            break
        _queue(session.connection(), campaign_id, some, now)
        session.commit()
        last = some[-1]
    total = progress(session, campaign_id).total
    running = update(TABLE).where(TABLE.c.id == campaign_id, TABLE.c.state == "queued")
    session.execute(running.values(planned=total, state="queued" if total else "done"))
    finish(session)  # another worker may have sent the last while this one still counted
    session.commit()
    return total


def _queue(connection: Connection, campaign_id: int, contacts: list[int], now: datetime) -> None:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    rows = [
        {
            "key": f"campaign/{campaign_id}/{contact_id}",
            "kind": Kind.CAMPAIGN.value,
            "contact_id": contact_id,
            "campaign_id": campaign_id,
            "message_id": new_message_id(),
            "due_at": now,
        }
        for contact_id in contacts
    ]
    connection.execute(insert(MESSAGES).on_conflict_do_nothing(), rows)


def words_for(session: Session, campaign_id: int, contact_id: int) -> Words | None:
    """What it says to a mailbox; None if it was stopped, or they do not agree to it any more."""
    campaign = session.execute(select(TABLE).where(TABLE.c.id == campaign_id)).first()
    if campaign is None or campaign.state != "queued":
        return None
    if campaign.topic not in consent.agreed(session.connection(), contact_id):
        return None
    return Words(campaign.subject, campaign.text, campaign.topic)


def finish(session: Session) -> int:
    """Mark those as done of which nothing is left to send; how many. The caller commits."""
    left = select(MESSAGES.c.id).where(
        MESSAGES.c.campaign_id == TABLE.c.id, MESSAGES.c.state.in_(("waiting", "sending"))
    )
    over = update(TABLE).where(TABLE.c.state == "queued", TABLE.c.planned > 0, ~left.exists())
    return len(session.execute(over.values(state="done").returning(TABLE.c.id)).all())
