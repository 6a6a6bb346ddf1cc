"""What GOV.UK Notify learns after it took a message: that it did not arrive.

A mail server answers such things by a message that comes back; of Notify one has to ask.
"""

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.outbox.bounces import refuse
from engage.outbox.models import OutgoingMessage
from engage.outbox.notify import Notify

MESSAGES = table_of(OutgoingMessage)
PERMANENT = "permanent-failure"
STATES = {PERMANENT: "refused", "temporary-failure": "failed", "technical-failure": "failed"}
"""How Notify says that a message did not arrive, and the state that ours then has."""
MOST_PAGES = 40
"""Of 250 each, for each kind: more have not failed within the week that Notify remembers."""


def fetch(session: Session, notify: Notify | None, today: date) -> int:
    """Note the messages that did not arrive after all; how many are new. Commits as it goes.

    A mailbox that is not there is written to no more. Each message is noted once: who proves the
    mailbox again after that is not refused for what was known before. Raises TransportError where
    Notify gives no list.
    """
    if notify is None:
        return 0
    return sum(_all_of(session, notify, status, today) for status in STATES)


def _all_of(session: Session, notify: Notify, status: str, today: date) -> int:
    total, before = 0, ""
    for _page in range(MOST_PAGES):
        told = notify.failures(status, before)
        if not told:
            break
        total += _note(session, status, [str(each.get("reference")) for each in told], today)
        session.commit()
        last = str(told[-1].get("id"))
        if last == before:
            break
        before = last
    return total


def _note(session: Session, status: str, message_ids: list[str], today: date) -> int:
    those = MESSAGES.c.message_id.in_(message_ids)
    noted = (
        update(MESSAGES)
        .where(those, MESSAGES.c.state == "sent")
        .values(state=STATES[status], fault=f"Notify {status}")
        .returning(MESSAGES.c.contact_id)
    )
    contacts = session.scalars(noted).all()
    if status == PERMANENT:
        for contact_id in sorted(set(contacts)):
            refuse(session, contact_id, today)
    return len(contacts)
