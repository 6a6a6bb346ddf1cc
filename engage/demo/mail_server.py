"""The mail server of the demonstration: takes every message, and keeps it on this machine.

`python -m engage.demo.mail_server` listens at SMTP_URL until it is told to stop. `make run` starts
it beside the web and the worker. Nothing that it takes goes any further.
"""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from engage import clock
from engage.config import Settings, SettingsError, is_loopback, read_settings
from engage.demo.allowed import reasons_against
from engage.demo.mailbox import keep
from engage.mail.send import MailError, Server, server_of

LARGEST = 2 * 1024 * 1024
"""Bytes of one message."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps what comes in a folder."""

    instance: Path

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  the library's name
        """Keep a message; the library answers its sender with these words."""
        content = envelope.content
        keep(self.instance, content if isinstance(content, bytes) else b"", clock.now())
        return "250 OK"


def place_of(settings: Settings) -> Server:
    """Where to listen; raises SettingsError where the demonstration's mail may not be."""
    server = server_of(settings.smtp_url)
    reasons = reasons_against(settings)
    if not is_loopback(server.host) or server.tls:
        reasons.append(
            f"SMTP_URL leads to {server.host}: give smtp://127.0.0.1 and a port for a mail server "
            "of this machine."
        )
    if reasons:
        listed = "\n- ".join(reasons)
        raise SettingsError(f"The demonstration's mail is only for this machine:\n- {listed}")
    return server


def main() -> int:
    """Take mail until told to stop; return the exit status."""
    stops = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # before there are threads, which inherit it
    try:
        settings = read_settings()
        server = place_of(settings)
    except (SettingsError, MailError) as error:
        print(error, file=sys.stderr)  # noqa: T201  there is no site here whose log could tell it
        return 2
    listening = Controller(
        Keeper(settings.instance_dir),
        hostname=server.host,
        port=server.port,
        data_size_limit=LARGEST,
    )
    listening.start()
    try:
        signal.sigwait(stops)
    finally:
        listening.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
