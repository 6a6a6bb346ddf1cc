"""The three keys of a report, and how a holder gets those that are for them."""

from dataclasses import dataclass, field
from typing import Literal

from engage.seals.box import new_key
from engage.seals.pairs import Pair, seal_to

Ring = Literal["content", "talk", "notes"]
RINGS: tuple[Ring, ...] = ("content", "talk", "notes")
SIZE = 32
NONE = bytes(SIZE)
"""Stands for a key that a holder does not get, so that every holder's box is as long."""


class MissingRingError(Exception):
    """A holder asked for what their keys do not open; the message names the ring, no report."""


@dataclass(frozen=True, slots=True)
class Rings:
    """The keys that somebody has of a report; None for one that they do not get.

    `content` opens what happened, `talk` who and how to reach them and what is said with them,
    `notes` what caseworkers write for each other.
    """

    content: bytes | None = field(default=None, repr=False)
    talk: bytes | None = field(default=None, repr=False)
    notes: bytes | None = field(default=None, repr=False)

    def key(self, ring: Ring) -> bytes:
        """The key of a ring; raises MissingRingError."""
        key: bytes | None = getattr(self, ring)
        if key is None:
            raise MissingRingError(f"This holder has no key {ring!r}: ask one who has it.")
        return key

    def has(self, ring: Ring) -> bool:
        """Whether a ring can be opened."""
        return getattr(self, ring) is not None

    def only(self, *rings: Ring) -> "Rings":
        """The same keys without all others."""
        return Rings(*(getattr(self, ring) if ring in rings else None for ring in RINGS))

    def sealed_to(self, public: bytes) -> bytes:
        """These keys for the holder of a pair: 144 bytes, whichever there are."""
        packed = b"".join(getattr(self, ring) or NONE for ring in RINGS)
        return seal_to(public, packed)


def new_rings() -> Rings:
    """Three keys that nobody had before."""
    return Rings(new_key(), new_key(), new_key())


def unsealed(pair: Pair, sealed: bytes) -> Rings:
    """The keys in a holder's box; raises BrokenSealError."""
    packed = pair.open(sealed)
    each = (packed[place : place + SIZE] for place in range(0, len(RINGS) * SIZE, SIZE))
    return Rings(*(None if key == NONE else key for key in each))
