"""Sending: the draft becomes a response in one transaction, once, however often it is asked."""

from datetime import datetime
from enum import Enum

from sqlalchemy import Connection, delete, update

from engage.answering.draft import DRAFTS, PAGES, read
from engage.answering.flow import missing
from engage.answering.seal import submission_mark
from engage.core.definition.model import Definition
from engage.core.definition.routing import eligible
from engage.responses.store import insert_one, row

LONGEST = 24 * 60 * 60


class Outcome(Enum):
    """What became of a sending."""

    SENT = "sent"
    ALREADY_SENT = "already sent"
    INCOMPLETE = "incomplete"
    GONE = "gone"


def send(
    connection: Connection,
    token: str,
    *,
    wave_id: int,
    definition_id: int,
    definition: Definition,
    now: datetime,
) -> Outcome:
    """Turn a draft into a response, in the caller's transaction.

    Marking the draft first takes its row: of two sendings at once the second waits, then finds
    it sent. The pages go; the marked row stays until its time, so that a repeat is recognised.
    """
    draft = read(connection, token, wave_id, now)
    if draft is None:
        return Outcome.GONE
    taken = connection.execute(
        update(DRAFTS).where(DRAFTS.c.id == draft.id, DRAFTS.c.sent.is_(False)).values(sent=True)
    )
    if taken.rowcount == 0:
        return Outcome.ALREADY_SENT
    # Read again now that the row is ours: a page saved in between belongs to what is sent.
    draft = read(connection, token, wave_id, now) or draft
    if missing(definition, draft.answers) or not eligible(definition, draft.answers):
        connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft.id).values(sent=False))
        return Outcome.INCOMPLETE
    seconds = int((now - draft.started_at).total_seconds())
    insert_one(
        connection,
        row(
            definition,
            draft.answers,
            wave_id=wave_id,
            definition_id=definition_id,
            submission=submission_mark(token),
            day=now.date(),
            duration=min(max(seconds, 0), LONGEST),
        ),
    )
    connection.execute(delete(PAGES).where(PAGES.c.draft_id == draft.id))
    return Outcome.SENT
