"""The parts of a report: under which key each is sealed, and to which lengths it is filled up."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import orjson

from engage.reports.rings import Ring, Rings
from engage.seals.box import lock, unlock
from engage.seals.broken import BrokenSealError

PARTS: Mapping[str, Ring] = {
    "line": "talk",
    "facts": "content",
    "narrative": "content",
    "suspects": "content",
    "risk": "content",
    "identity": "talk",
    "contact": "talk",
    "wishes": "talk",
}
"""Every part that a report has, whether or not anything was said in it, and its ring."""

STEPS: Mapping[str, int] = dict.fromkeys(PARTS, 2048) | {"narrative": 8192, "identity": 512}
"""Bytes: a part is as long as the next multiple, so that its length tells little of it."""
ENTRY_STEP = 1024
KEPT_AS: Mapping[Ring, Ring] = {"talk": "talk", "content": "notes", "notes": "notes"}
"""What stands in the clear beside an entry: `talk` for what goes with the identity, when a report
expires. Entries under `content`, which a centre can open, are not told from notes."""


def seal_part(
    rings: Rings, report_id: str, part: str, version: int, value: Mapping[str, Any]
) -> bytes:
    """A part sealed for its place and version; raises MissingRingError."""
    about = _about(report_id, part, version)
    return lock(rings.key(PARTS[part]), orjson.dumps(value), about, step=STEPS[part])


def open_part(
    rings: Rings, report_id: str, part: str, version: int, sealed: bytes
) -> dict[str, Any]:
    """What a part says; raises BrokenSealError, and MissingRingError."""
    opened = unlock(rings.key(PARTS[part]), sealed, _about(report_id, part, version))
    value: dict[str, Any] = orjson.loads(opened)
    return value


def seal_entry(
    rings: Rings, report_id: str, number: int, ring: Ring, value: Mapping[str, Any]
) -> bytes:
    """An entry sealed for its place; raises MissingRingError."""
    about = _about(report_id, f"entry.{ring}", number)
    return lock(rings.key(ring), orjson.dumps(value), about, step=ENTRY_STEP)


def open_entry(
    rings: Rings, report_id: str, number: int, kept_as: str, sealed: bytes
) -> tuple[Ring, dict[str, Any]] | None:
    """Under which key an entry lies and what it says; None if that key may be one not held.

    Raises BrokenSealError where every key that it can lie under is held, and none opens it.
    """
    under = [ring for ring, name in KEPT_AS.items() if name == kept_as]
    for ring in under:
        if rings.has(ring):
            with suppress(BrokenSealError):
                about = _about(report_id, f"entry.{ring}", number)
                return ring, orjson.loads(unlock(rings.key(ring), sealed, about))
    if all(rings.has(ring) for ring in under):
        raise BrokenSealError(f"Entry {number} of a report was changed: no key of it opens it.")
    return None


def _about(report_id: str, name: str, number: int) -> bytes:
    return f"report/{report_id}/{name}/{number}".encode()
