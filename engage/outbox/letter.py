"""A message as it leaves: all that a way of sending needs, whichever it is."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from engage.config import Settings
from engage.mail.send import compose


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one mailbox. `stop_at` is the address at which one press ends such messages."""

    to: str
    subject: str
    text: str
    message_id: str
    stop_at: str = ""


def as_mail(settings: Settings, letter: Letter, now: datetime) -> EmailMessage:
    """The letter as it travels by SMTP; raises MailError for an address that cannot be one.

    The headers let a mail program show a button that ends the messages (RFC 8058), without its
    reader having to find the link.
    """
    headers = {}
    if letter.stop_at:
        headers["List-Unsubscribe"] = f"<{letter.stop_at}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return compose(
        settings,
        to=letter.to,
        subject=letter.subject,
        text=letter.text,
        now=now,
        message_id=letter.message_id,
        headers=headers,
    )
