"""Messages to many as staff handle them: written, started once, stopped, watched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.orm import Session

from engage.audit.log import kept_since
from engage.campaigns.models import Campaign
from engage.campaigns.segment import Segment
from engage.extensions import table_of
from engage.jobs import store as jobs
from engage.outbox.leases import TWICE
from engage.outbox.models import OutgoingMessage
from engage.outbox.queue import checked_subject

TABLE, MESSAGES = table_of(Campaign), table_of(OutgoingMessage)
FILL = "queue_campaign"
"""The job that puts a campaign's messages into the outbox."""
STATES = ("waiting", "sending", "sent", "refused", "failed", "dropped")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a message to many has come; `total` grows until `planned` is known."""

    total: int
    planned: int
    by_state: Mapping[str, int]
    twice: int

    @property
    def left(self) -> int:
        """How many are still to leave."""
        return self.by_state["waiting"] + self.by_state["sending"]

    @property
    def per_cent(self) -> int:
        """How much is dealt with, in whole hundredths, never 100 before the end."""
        whole = max(self.planned, self.total)
        return 100 * (self.total - self.left) // whole if whole else 0


def write(
    session: Session,
    *,
    segment: Segment,
    subject: str,
    text: str,
    staff_id: int | None,
    now: datetime,
) -> Campaign:
    """A draft, flushed; raises SubjectError for a subject that cannot be a header."""
    campaign = Campaign(
        topic=segment.topic,
        subject=checked_subject(subject),
        text=text,
        segment=segment.stored(),
        staff_id=staff_id,
        made_at=now,
    )
    session.add(campaign)
    session.flush()
    return campaign


def change(session: Session, campaign_id: int, segment: Segment, subject: str, text: str) -> bool:
    """Write a draft anew; False once it was sent or stopped."""
    draft = update(TABLE).where(TABLE.c.id == campaign_id, TABLE.c.state == "draft")
    new = {"topic": segment.topic, "segment": segment.stored()}
    written = draft.values(subject=checked_subject(subject), text=text, **new)
    return session.execute(written.returning(TABLE.c.id)).first() is not None


def delete_draft(session: Session, campaign_id: int) -> bool:
    """Throw a draft away; False once it was sent."""
    gone = TABLE.delete().where(TABLE.c.id == campaign_id, TABLE.c.state == "draft")
    return session.execute(gone.returning(TABLE.c.id)).first() is not None


def start(session: Session, campaign_id: int, now: datetime) -> bool:
    """Send a draft; False if somebody has started it already. The caller commits.

    The worker queues its messages: there may be tens of thousands.
    """
    draft = update(TABLE).where(TABLE.c.id == campaign_id, TABLE.c.state == "draft")
    started = draft.values(state="queued", queued_at=now).returning(TABLE.c.id)
    if session.execute(started).first() is None:
        return False
    given = {"campaign_id": campaign_id}
    jobs.enqueue(session, FILL, given, due_at=now, key=f"{FILL}:{campaign_id}")
    return True


def stop(session: Session, campaign_id: int) -> int | None:
    """Let no more of it leave; how many were dropped, or None if it was not being sent.

    A message that is being handed over at this moment still arrives.
    """
    running = update(TABLE).where(TABLE.c.id == campaign_id, TABLE.c.state == "queued")
    if session.execute(running.values(state="stopped").returning(TABLE.c.id)).first() is None:
        return None
    waiting = update(MESSAGES).where(
        MESSAGES.c.campaign_id == campaign_id, MESSAGES.c.state == "waiting"
    )
    dropped = waiting.values(state="dropped", fault="stopped", leased_until=None)
    return len(session.execute(dropped.returning(MESSAGES.c.id)).all())


def forget(session: Session, now: datetime) -> int:
    """Delete what was sent, or written and not sent, six years ago; how many.

    So long is it kept in the audit log who did it. The caller commits.
    """
    last = func.coalesce(TABLE.c.queued_at, TABLE.c.made_at, type_=TABLE.c.made_at.type)
    old = delete(TABLE).where(last <= kept_since(now))
    return len(session.execute(old.returning(TABLE.c.id)).all())


def progress(connection: Connection | Session, campaign_id: int) -> Progress:
    """How far it has come, counted from its messages."""
    mine = MESSAGES.c.campaign_id == campaign_id
    counted = select(MESSAGES.c.state, func.count()).where(mine).group_by(MESSAGES.c.state)
    found = {str(state): int(number) for state, number in connection.execute(counted)}
    by_state = {state: found.get(state, 0) for state in STATES}
    doubled = select(func.count()).select_from(MESSAGES).where(mine, MESSAGES.c.fault == TWICE)
    planned = connection.execute(select(TABLE.c.planned).where(TABLE.c.id == campaign_id)).scalar()
    twice = int(connection.execute(doubled).scalar() or 0)
    return Progress(sum(by_state.values()), int(planned or 0), by_state, twice)
