"""Writing a message as it leaves, for whoever may still be sent it at that moment."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engage import clock
from engage.config import Settings
from engage.contacts.models import Contact
from engage.contacts.stopping import stop_secret
from engage.contacts.tokens import any_good
from engage.extensions import table_of
from engage.outbox.kinds import Kind
from engage.outbox.leases import Held
from engage.outbox.letter import Letter
from engage.web.speaking import speaking

CONTACTS = table_of(Contact)
OWN_PAGE = "/my-page"
"""Where people ask for the link to their own page."""
STOP = "/stop-messages/"
SECRET = re.compile(r"https?://\S*/([\w-]{32})(?![\w/.-])")
"""A link of `engage.contacts.tokens` in a message: its secret is the last part of the address."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a campaign says to one mailbox, and the topic that they agreed to hear of."""

    subject: str
    text: str
    topic: str


CampaignWriter = Callable[[Session, int, int], Words | None]
"""From the numbers of a campaign and a contact: its words; None if it must not leave any more."""


def written(
    session: Session, settings: Settings, held: Held, of_campaign: CampaignWriter
) -> Letter | None:
    """The message as it leaves; None if its mailbox may not be sent it any more."""
    contact = session.execute(select(CONTACTS).where(CONTACTS.c.id == held.contact_id)).first()
    if contact is None:
        return None
    if held.kind != Kind.ASK and (contact.proven_on is None or contact.refused_on is not None):
        return None
    words = Words(held.subject, held.text, "")
    if held.campaign_id is not None:
        found = of_campaign(session, held.campaign_id, held.contact_id)
        if found is None:
            return None
        words = found
    elif _is_spent(session, settings, held.text):
        return None
    stop_at = _stop_at(settings, contact, words.topic) if words.topic else ""
    return Letter(
        to=contact.email,
        subject=words.subject,
        text=words.text.rstrip() + "\n" + foot(settings, held.kind, contact.language, stop_at),
        message_id=held.message_id,
        stop_at=stop_at,
    )


def _is_spent(session: Session, settings: Settings, text: str) -> bool:
    """Whether a message has links of a person's own, and none of them leads anywhere any more.

    After a long outage it asks about a signature that expired, was erased or is asked for anew.
    """
    found = [each[1] for each in SECRET.finditer(text) if each[0].startswith(settings.public_url)]
    return bool(found) and not any_good(session.connection(), found, clock.now())


def foot(settings: Settings, kind: str, language: str, stop_at: str = "") -> str:
    """The end of a message: the way to one's own page, and the way to stop such messages.

    The message that asks has none: until somebody proves the mailbox there is no page.
    """
    if kind == Kind.ASK:
        return ""
    with speaking(language):
        said = [_("See, change or delete what we hold about you:"), settings.public_url + OWN_PAGE]
        if stop_at:
            said += ["", _("Stop these emails with one press:"), stop_at]
    return "\n".join(["", "-- ", *said, ""])


def _stop_at(settings: Settings, contact: Row[tuple[object, ...]], topic: str) -> str:
    secret = stop_secret(contact.id, contact.address_key, topic, settings.address_key)
    return f"{settings.public_url}{STOP}{secret}"
