"""The uploaded lists while they wait, in files that their owner alone may read.

A list with its addresses is there from the upload until it is looked through. The hashes that
stand for its rows then wait for somebody to take them, and go with the batch.
"""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from engage.core.files.signed_list import Broken, Fault
from engage.legacy.keyed import Keyed

FOLDER = "lists"
ADDRESSES, HASHES = ".addresses", ".hashes"
PART = "part-"
"""With what the name of a file begins until it is whole."""


def keep(instance: Path, batch_id: int, content: bytes) -> None:
    """Write the uploaded file of a batch."""
    _write(instance / FOLDER / f"{batch_id}{ADDRESSES}", content)


def read(instance: Path, batch_id: int) -> bytes:
    """The uploaded file of a batch; raises FileNotFoundError."""
    return (instance / FOLDER / f"{batch_id}{ADDRESSES}").read_bytes()


def keep_hashes(instance: Path, batch_id: int, rows: Iterable[Keyed | Broken]) -> None:
    """Write what is kept of the rows of a batch."""
    written = "\n".join(json.dumps(_line(row)) for row in rows)
    _write(instance / FOLDER / f"{batch_id}{HASHES}", written.encode())


def read_hashes(instance: Path, batch_id: int) -> Iterator[Keyed | Broken]:
    """What is kept of the rows of a batch; raises FileNotFoundError."""
    written = (instance / FOLDER / f"{batch_id}{HASHES}").read_text("ascii")
    for line in written.splitlines():
        row, *rest = json.loads(line)
        if len(rest) == 1:
            yield Broken(row, Fault(rest[0]))
        else:
            key, kind, day = rest
            yield Keyed(row, bytes.fromhex(key), kind, date.fromisoformat(day) if day else None)


def forget_addresses(instance: Path, batch_id: int) -> None:
    """Delete the uploaded file of a batch, if it is there."""
    (instance / FOLDER / f"{batch_id}{ADDRESSES}").unlink(missing_ok=True)


def forget(instance: Path, batch_id: int) -> None:
    """Delete all files of a batch."""
    forget_addresses(instance, batch_id)
    (instance / FOLDER / f"{batch_id}{HASHES}").unlink(missing_ok=True)


def kept(instance: Path) -> set[int]:
    """The numbers of the batches that have a file."""
    return {int(file.stem) for file in (instance / FOLDER).glob("[0-9]*.*")}


def forget_parts(instance: Path, before: datetime) -> int:
    """Delete what is left of files that were not written whole, as after a crash; how many.

    Those last written to before a moment: a list that comes in now is written at this moment.
    """
    parts = [*(instance / FOLDER).glob(f"{PART}*")]
    old = [each for each in parts if _written_at(each) < before.timestamp()]
    for each in old:
        each.unlink(missing_ok=True)
    return len(old)


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # it just got its name
        return float("inf")


def _line(row: Keyed | Broken) -> list[int | str]:
    if isinstance(row, Broken):
        return [row.row, row.fault.value]
    return [row.row, row.key.hex(), row.kind, row.day.isoformat() if row.day else ""]


def _write(file: Path, content: bytes) -> None:
    """Write a file, mode 600, whole or not at all."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    part = file.parent / f"{PART}{file.name}"
    made = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(made, "wb") as opened:
        opened.write(content)
    part.replace(file)
