"""A code of words by e-mail: sent at once, and the address kept nowhere."""

from datetime import datetime
from enum import Enum
from threading import BoundedSemaphore

from flask_babel import gettext

from engage.config import Settings
from engage.mail.send import MailError, compose, send

PATIENCE = 5
"""Seconds to wait for the mail server at each step, as somebody is waiting for the page."""

# A mail server that hangs must not hold all the threads that answer people.
_sending = BoundedSemaphore(2)


class Mailed(Enum):
    """What became of a message."""

    SENT = "sent"
    FAILED = "failed"
    BUSY = "busy"


def mail_code(
    settings: Settings, to: str, code: tuple[str, ...], *, until: str, now: datetime
) -> Mailed:
    """Send a code to an address in neutral words.

    It is not left to the worker: a job would keep the address. The error of a message that did
    not leave may quote the address, so it is not logged. The message holds no link that opens
    anything by itself.
    """
    if not _sending.acquire(blocking=False):
        return Mailed.BUSY
    try:
        message = compose(
            settings, to=to, subject=_subject(settings), text=_text(settings, code, until), now=now
        )
        send(settings, message, patience=PATIENCE)
    except MailError:
        return Mailed.FAILED
    finally:
        _sending.release()
    return Mailed.SENT


def _subject(settings: Settings) -> str:
    if settings.council_name:
        return gettext("Your code from %(council)s", council=settings.council_name)
    return gettext("Your code")


def _text(settings: Settings, code: tuple[str, ...], until: str) -> str:
    address = f"{settings.public_url}/return"
    parts = (
        gettext("Here is the code that you asked for:"),
        f"    {' '.join(code)}",
        gettext("To use it, go to this address and type in the words:"),
        f"    {address}",
        gettext("It works until %(day)s. Keep it to yourself.", day=until),
        gettext("We have not kept this code or your address, so we cannot send it again."),
    )
    return "\n\n".join(parts) + "\n"
