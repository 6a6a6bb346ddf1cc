"""The mail of the demonstration: kept in the instance folder, for the pages that show it.

Each message is a file of its own, named by when it came and a random number, which its owner
alone can read.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import takewhile
from pathlib import Path

FOLDER = "demo-mail"
KEPT = timedelta(days=7)
MOST = 200
"""So many messages are kept, each for so long."""
CAME = "%Y%m%dT%H%M%S%fZ"
NAME = re.compile(r"[0-9]{8}T[0-9]{12}Z-[0-9a-f]{16}")
UNREADABLE = "A message that cannot be read"


@dataclass(frozen=True, slots=True)
class Heading:
    """A message as the list shows it."""

    name: str
    came_at: datetime
    to: str
    subject: str
    sender: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as its page shows it; `words` is its plain text, None where none can be read."""

    heading: Heading
    words: str | None
    attached: tuple[str, ...] = ()


def keep(instance: Path, content: bytes, now: datetime) -> None:
    """Write a message down, and let go of what is old or too much."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{now.astimezone(UTC).strftime(CAME)}-{secrets.token_hex(8)}"
    written = folder / f"{name}.part"  # no page may read half a message
    written.touch(0o600)
    written.write_bytes(content)
    written.rename(folder / f"{name}.eml")
    for place, (each, came_at) in enumerate(_names(instance)):
        if place >= MOST or came_at <= now - KEPT:
            (folder / f"{each}.eml").unlink(missing_ok=True)


def listed(instance: Path, now: datetime) -> list[Heading]:
    """What came and is not too old to show, the newest first."""
    found: list[Heading] = []
    for name, came_at in _names(instance):
        if came_at > now - KEPT:
            with (instance / FOLDER / f"{name}.eml").open("rb") as lines:
                # What is below the first empty line may be of 2 MB.
                head: list[bytes] = list(takewhile(lambda line: line.strip(), lines))
            found.append(_heading(name, came_at, _parsed(b"".join(head))))
    return found


def read(instance: Path, name: str, now: datetime) -> Mail | None:
    """One message by its name; None where it is not there, or not any more."""
    came_at = _came_at(name)
    if came_at is None or came_at <= now - KEPT:
        return None
    try:
        message = _parsed((instance / FOLDER / f"{name}.eml").read_bytes())
    except FileNotFoundError:
        return None
    heading = _heading(name, came_at, message)
    try:
        body = message.get_body(("plain",))
        words = body.get_content() if body is not None else None
        files = tuple(each.get_filename() or "" for each in message.iter_attachments())
    except Exception:  # noqa: BLE001  a broken message fails the library in any way there is
        return Mail(heading, None)
    return Mail(heading, words, files)


def _heading(name: str, came_at: datetime, message: EmailMessage) -> Heading:
    """Who wrote what to whom, as far as the message can be read."""
    try:
        to, subject, sender = (str(message[each] or "") for each in ("To", "Subject", "From"))
    except Exception:  # noqa: BLE001  as in `read`: one message must not take the list away
        return Heading(name, came_at, "", UNREADABLE, "")
    return Heading(name, came_at, to, subject, sender)


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def _names(instance: Path) -> Iterator[tuple[str, datetime]]:
    """The names of what is kept and when it came, the newest first."""
    folder = instance / FOLDER
    files = sorted(folder.glob("*.eml"), reverse=True) if folder.is_dir() else []
    for each in files:
        came_at = _came_at(each.stem)
        if came_at is not None:
            yield each.stem, came_at


def _came_at(name: str) -> datetime | None:
    """When the message of a name came; None for what is no name of ours."""
    if not NAME.fullmatch(name):
        return None
    try:
        return datetime.strptime(name.partition("-")[0], CAME).replace(tzinfo=UTC)
    except ValueError:  # digits that are no day
        return None
