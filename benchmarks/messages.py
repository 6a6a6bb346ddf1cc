"""24,000 messages queued and sent to a mail server on this machine, the worker killed on the way.

The worker is killed with SIGKILL again and again, wherever it is, and started anew. Afterwards
every person must have their message, each under one Message-ID however often it came; those that
came twice may be no more than were in hand at a kill, which is one each, and all of them must be
reported. Beside it, the same messages are handed to the same server by a bare loop of smtplib.
"""

import argparse
import os
import secrets
import signal
import smtplib
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from flask_migrate import upgrade
from sqlalchemy import Connection, insert, select

from benchmarks.lines import say
from engage import clock
from engage.app import create_app
from engage.campaigns import sending, store
from engage.campaigns.segment import Segment
from engage.config import read_settings
from engage.contacts import consent
from engage.contacts.models import Contact
from engage.extensions import db, table_of
from engage.outbox.leases import TWICE
from engage.outbox.models import OutgoingMessage

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 24_000
KILLS = 8
LEASE = 2.0
"""Seconds: a real worker's is five minutes, which nobody wants to wait for here."""
TEXT = "There is a meeting on Friday at seven in the library.\n" * 8


class Server:
    """Counts what arrives, by recipient and Message-ID."""

    def __init__(self) -> None:
        """Nothing came yet."""
        self.came: Counter[tuple[str, str]] = Counter()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Take a message."""
        head = envelope.content.partition(b"\r\n\r\n")[0].decode()
        [line] = [each for each in head.splitlines() if each.lower().startswith("message-id")]
        self.came[envelope.rcpt_tos[0], line.split(":", 1)[1].strip()] += 1
        return "250 OK"


def people(connection: Connection, number: int) -> None:
    """So many proven mailboxes, each of which agreed to hear of events."""
    contacts, answers = table_of(Contact), consent.ANSWERS
    day = date(2026, 2, 1)
    connection.execute(
        insert(contacts),
        [
            {
                "id": each, "address_key": secrets.token_bytes(32), "language": "en",
                "email": f"person{each}@example.org", "made_on": day, "proven_on": day,
            }
            for each in range(1, number + 1)
        ],
    )  # fmt: skip
    consent.give(connection, 1, "events", source="web", today=day)
    wording = connection.execute(select(consent.WORDINGS.c.id)).scalar_one()
    same = {"topic": "events", "channel": "email", "wording_id": wording, "given": True}
    rows = [
        same | {"contact_id": each, "source": "web", "on": day} for each in range(2, number + 1)
    ]
    connection.execute(insert(answers), rows)


def queued(number: int) -> float:
    """Write the message to everybody and queue it; in how many seconds."""
    people(db.session.connection(), number)
    campaign = store.write(
        db.session(), segment=Segment("events"), subject="A meeting", text=TEXT,
        staff_id=None, now=clock.now(),
    )  # fmt: skip
    store.start(db.session(), campaign.id, clock.now())
    db.session.commit()
    start = time.perf_counter()
    total = sending.fill(db.session(), campaign.id, clock.now())
    if total != number:
        raise RuntimeError(f"{total} of {number} messages were queued")
    return time.perf_counter() - start


def carried(environ: dict[str, str], came: Counter[tuple[str, str]], number: int) -> int:
    """Run a worker until all is sent, and kill it on the way; how often it was killed."""
    command = [sys.executable, "-m", "benchmarks.carrier", str(LEASE)]
    kills = 0
    while True:
        worker = subprocess.Popen(command, cwd=ROOT, env=os.environ | environ)
        until = number * (kills + 1) // (KILLS + 1)
        while worker.poll() is None:
            if kills < KILLS and len(came) >= until:
                time.sleep(secrets.randbelow(20) / 1000)  # it may be at anything by then
                worker.send_signal(signal.SIGKILL)
                kills += 1
                break
            time.sleep(0.001)
        if worker.wait() == 0:
            return kills
        if worker.returncode != -signal.SIGKILL:
            raise RuntimeError(f"the worker ended with {worker.returncode}")


def bare(port: int, number: int) -> float:
    """Seconds in which a plain loop hands over as many messages: the least there can be."""
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for each in range(number):
            message = EmailMessage()
            message["From"], message["To"] = "pledge@bench.example", f"person{each}@example.org"
            message["Subject"], message["Message-ID"] = "A meeting", f"<{each}@bench.example>"
            message.set_content(TEXT)
            connection.send_message(message)
    return time.perf_counter() - start


def run(number: int, database: str, folder: str) -> None:
    """Measure, check and print."""
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=5825)
    controller.start()
    environ = {
        "INSTANCE_DIR": folder, "DEMO": "0", "COUNCIL_NAME": "Bench", "DATABASE_URL": database,
        "SMTP_URL": "smtp://127.0.0.1:5825", "MAIL_FROM": "pledge@bench.example",
        "PUBLIC_URL": "https://bench.example",
    }  # fmt: skip
    try:
        floor = bare(5825, number)
        server.came.clear()
        with create_app(read_settings(environ)).app_context():
            upgrade()
            queueing = queued(number)
            db.session.remove()
            start = time.perf_counter()
            kills = carried(environ, server.came, number)
            sending_took = time.perf_counter() - start
            rows = db.session.execute(
                select(OutgoingMessage.message_id, OutgoingMessage.state, OutgoingMessage.fault)
            ).all()
            db.session.remove()
            db.engine.dispose()
    finally:
        controller.stop()
    report(server.came, {row.message_id: (row.state, row.fault) for row in rows}, kills)
    say(f"{number:,} messages queued", f"{queueing:.1f} s")
    beside = f"a bare loop of smtplib, {floor:.1f} s"
    what = f"{number:,} messages sent, the worker killed {kills} times"
    say(what, f"{sending_took:.1f} s", beside, f"{sending_took / floor:.1f}")


def report(came: Counter[tuple[str, str]], rows: dict[str, tuple[str, str]], kills: int) -> None:
    """Check that nothing was lost, and that what came twice is what was said to have."""
    identities = Counter(message_id for _, message_id in came)
    lost = set(rows) - set(identities)
    doubled = {message_id for (_, message_id), times in came.items() if times > 1}
    told = {message_id for message_id, (_, fault) in rows.items() if fault == TWICE}
    for what, wrong in (
        ("were lost", lost),
        ("had two recipients", {each for each, number in identities.items() if number > 1}),
        ("are not marked as sent", {each for each, row in rows.items() if row[0] != "sent"}),
        ("came twice and nobody said so", doubled - told),
    ):
        if wrong:
            raise RuntimeError(f"{len(wrong)} messages {what}")
    if len({who for who, _ in came}) != len(rows) or max(came.values()) > 2:
        raise RuntimeError("a mailbox got two different messages, or one three times")
    if len(told) > kills:
        raise RuntimeError(f"{len(told)} were perhaps sent twice, at {kills} kills")
    say("messages lost", "0", limit="0")
    say("messages that came twice", str(len(doubled)), f"reported, {len(told)}", limit=str(kills))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--database", help="postgresql://...; SQLite by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(options.people, options.database or f"sqlite:///{folder}/bench.sqlite", folder)
