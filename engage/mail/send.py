"""Sending one message by SMTP, over TLS wherever the server offers it."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from engage.config import Settings, is_loopback

PATIENCE = 10
"""Seconds to wait for the mail server at each step."""

FAULTS = (MessageError, ValueError, IndexError, AttributeError, TypeError)
"""What the library raises for what is no address; the last two are its own faults."""


class MailError(RuntimeError):
    """A message did not leave; the message says why and what to check."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, as SMTP_URL gives it."""

    host: str
    port: int
    tls: bool
    user: str
    password: str


def server_of(url: str) -> Server:
    """The mail server in smtp://user:password@host:port or smtps://...; raises MailError."""
    if not url:
        raise MailError("No mail server is set: give SMTP_URL, as smtp://user:password@host:port.")
    parts = urlsplit(url)
    tls = parts.scheme == "smtps"
    try:
        port = parts.port or (465 if tls else 587)
    except ValueError as error:
        raise MailError("The port in SMTP_URL is not a number from 1 to 65535.") from error
    return Server(
        host=parts.hostname or "",
        port=port,
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def compose(
    settings: Settings,
    *,
    to: str,
    subject: str,
    text: str,
    now: datetime,
    message_id: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> EmailMessage:
    """A plain message from the site; raises MailError for an address that cannot be one.

    `message_id` is for one that has left before, or may have; `headers` are put in besides.
    """
    message = EmailMessage()
    try:
        sender = Address(addr_spec=settings.mail_from)
        message["From"] = Address(settings.council_name, sender.username, sender.domain)
        message["To"] = Address(addr_spec=to)
    except FAULTS as error:
        raise MailError(f"Not an address: MAIL_FROM {settings.mail_from!r} or {to!r}.") from error
    if not subject.isprintable():
        raise MailError(
            "The subject has a line break or another character that cannot be printed: leave it "
            "out."
        )
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    # Made of our own domain: the name of this machine is nobody's business.
    message["Message-ID"] = message_id or make_msgid(domain=sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    return message


def send(settings: Settings, message: EmailMessage, *, patience: float = PATIENCE) -> None:
    """Hand a message to the mail server; raises MailError unless the server took it.

    `patience` is how many seconds to wait at each step.
    """
    server = server_of(settings.smtp_url)
    place = f"{server.host}:{server.port}"
    try:
        _hand_over(server, message, patience)
    except smtplib.SMTPAuthenticationError as error:
        raise MailError(f"{place} refused the user name or password in SMTP_URL.") from error
    except smtplib.SMTPRecipientsRefused as error:
        raise MailError(f"{place} refused the recipient: check the address.") from error
    except smtplib.SMTPSenderRefused as error:
        raise MailError(f"{place} refused the sender: check MAIL_FROM.") from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError(f"{place} cannot do what SMTP_URL asks: {error}.") from error
    except ssl.SSLError as error:
        said = f"{place} has no certificate that this machine trusts ({error.reason})."
        raise MailError(
            f"{said} Check the host name in SMTP_URL and smtp:// or smtps://."
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        said = f"{place} did not take the message ({type(error).__name__})."
        raise MailError(f"{said} Check SMTP_URL and that the server runs.") from error


def opened(server: Server, own_name: str, patience: float = PATIENCE) -> smtplib.SMTP:
    """A connection that is ready for messages; raises what smtplib, ssl and sockets raise.

    `own_name` is how this machine names itself, `patience` the seconds to wait at each step.
    """
    if server.tls:
        trust = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, own_name, timeout=patience, context=trust
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, own_name, timeout=patience)
    try:
        _greet(connection, server)
    except BaseException:
        connection.close()
        raise
    return connection


def _greet(connection: smtplib.SMTP, server: Server) -> None:
    connection.ehlo()
    if not server.tls and connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
    elif server.user and not server.tls and not is_loopback(server.host):
        raise smtplib.SMTPNotSupportedError(
            "it offers no TLS, and the password does not travel without"
        )
    if server.user:
        connection.login(server.user, server.password)


def _hand_over(server: Server, message: EmailMessage, patience: float) -> None:
    own_name = str(message["Message-ID"]).rpartition("@")[2].rstrip(">")
    with opened(server, own_name, patience) as connection:
        connection.send_message(message)
