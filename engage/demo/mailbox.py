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
from pathlib import Path

FOLDER = "demo-mail"
KEPT = timedelta(days=7)
MOST = 200
"""So many messages are kept, each for so long."""
CAME = "%Y%m%dT%H%M%S%fZ"
NAME = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as a page shows it; `words` is its plain text."""

    name: str
    came_at: datetime
    to: str
    subject: str
    sender: str
    words: str
    attached: tuple[str, ...]


def keep(instance: Path, content: bytes, now: datetime) -> None:
    """Write a message down, and let go of what is old or too much."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{now.astimezone(UTC).strftime(CAME)}-{secrets.token_hex(8)}"
    written = folder / f"{name}.part"  # no page may read half a message
    written.touch(0o600)
    written.write_bytes(content)
    written.rename(folder / f"{name}.eml")
    for place, each in enumerate(_names(instance)):
        if place >= MOST or _came_at(each) <= now - KEPT:
            (folder / f"{each}.eml").unlink(missing_ok=True)


def listed(instance: Path, now: datetime) -> list[Mail]:
    """What came and is not too old to show, the newest first."""
    found = (read(instance, name, now) for name in _names(instance))
    return [each for each in found if each is not None]


def read(instance: Path, name: str, now: datetime) -> Mail | None:
    """One message by its name; None where it is not there, or not any more."""
    if not NAME.fullmatch(name) or _came_at(name) <= now - KEPT:
        return None
    try:
        content = (instance / FOLDER / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    message: EmailMessage = message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain",))
    return Mail(
        name=name,
        came_at=_came_at(name),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        words=body.get_content() if body is not None else "",
        attached=tuple(each.get_filename() or "" for each in message.iter_attachments()),
    )


def _names(instance: Path) -> Iterator[str]:
    """The names of what is kept, the newest first."""
    folder = instance / FOLDER
    files = sorted(folder.glob("*.eml"), reverse=True) if folder.is_dir() else []
    return (each.stem for each in files if NAME.fullmatch(each.stem))


def _came_at(name: str) -> datetime:
    return datetime.strptime(name.partition("-")[0], CAME).replace(tzinfo=UTC)
