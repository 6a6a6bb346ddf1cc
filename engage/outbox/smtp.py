"""Sending by SMTP: many messages over one connection."""

import re
import smtplib
import ssl
from contextlib import suppress
from typing import Self

from engage import clock
from engage.config import Settings
from engage.mail.send import PATIENCE, MailError, opened, server_of
from engage.outbox.letter import Letter, as_mail
from engage.outbox.transport import Down, Failed, Refused, Unsure

GONE = {550, 551, 553}
"""What a server says to a recipient that it has no mailbox for, where it says no more."""
ENHANCED = re.compile(rb"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
"""The exact reason (RFC 3463): 5.1.1 is a mailbox that is not there, 5.7.1 a policy."""
NO_BOX = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
TAKEN = 250


class Smtp:
    """The mail server of SMTP_URL. `patience` is how many seconds it may take over each step."""

    def __init__(self, settings: Settings, patience: float = PATIENCE) -> None:
        """Raises MailError where SMTP_URL cannot be read; opens nothing."""
        self._settings = settings
        self._server = server_of(settings.smtp_url)
        self._patience = patience
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Begin; the connection is made for the first message."""
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye to the server, if it still listens."""
        self._close()

    def send(self, letter: Letter) -> None:
        """Hand a message over; raises Refused, Failed, Unsure or Down."""
        try:
            mail = as_mail(self._settings, letter, clock.now())
            # Seven bits: not every server says that it takes eight.
            raw = mail.as_bytes(policy=mail.policy.clone(linesep="\r\n", cte_type="7bit"))
            letter.to.encode("ascii")
        except (MailError, ValueError) as error:
            raise Refused("not an address that mail can be sent to") from error
        connection = self._ready()
        try:
            code, answer = connection.rcpt(letter.to)
            if code not in {250, 251}:
                connection.rset()
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Failed(type(error).__name__) from error
        if code not in {250, 251}:
            raise _unsent(code, answer, to_box=True)
        self._hand_over(connection, raw)

    def _hand_over(self, connection: smtplib.SMTP, raw: bytes) -> None:
        try:
            code, answer = connection.data(raw)
        except smtplib.SMTPDataError as error:  # before a word of the message was sent
            self._close()
            raise _unsent(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Unsure(type(error).__name__) from error
        if code != TAKEN:
            raise _unsent(code, answer)

    def _ready(self) -> smtplib.SMTP:
        """A connection whose server takes a message from us; a tired one is left for a new one."""
        if self._connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                if self._connection.mail(self._settings.mail_from)[0] == TAKEN:
                    return self._connection
            self._close()
        try:
            connection = self._opened()
            code, answer = connection.mail(self._settings.mail_from)
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Down(type(error).__name__) from error
        if code != TAKEN:
            self._close()
            raise Down(_fault(code, answer))
        return connection

    def _opened(self) -> smtplib.SMTP:
        own_name = self._settings.mail_from.rpartition("@")[2].strip("> ")
        self._connection = opened(self._server, own_name, self._patience)
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError, ssl.SSLError):
                connection.quit()
            connection.close()


def _unsent(code: int, answer: bytes | str, *, to_box: bool = False) -> Refused | Failed:
    """What a server's answer means; `to_box` if it was about the mailbox, not the message.

    A server that dislikes us says 550 as well, so its exact reason decides where it gives one.
    """
    fault = _fault(code, answer)
    if code < 500:
        return Failed(fault, trouble=False)
    exact = fault.split()[-1]
    gone = exact in NO_BOX if "." in exact else to_box and code in GONE
    return Refused(fault, no_such_box=gone)


def _fault(code: int, answer: bytes | str) -> str:
    """The numbers of an answer, without its words: they may name a person."""
    exact = ENHANCED.search(answer if isinstance(answer, bytes) else answer.encode())
    return f"{code} {exact[0].decode()}" if exact else str(code)
