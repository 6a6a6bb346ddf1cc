"""Boxes locked with one key: XChaCha20-Poly1305, bound to what the box is about.

A box that was moved to another row does not open there, because `about` names the row. Boxes are
filled up, so that their lengths tell little.
"""

import secrets

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from engage.seals.broken import BrokenSealError

__all__ = ["STEP", "BrokenSealError", "lock", "new_key", "unlock"]

STEP = 256
"""Bytes: what is locked is filled up to a multiple of it."""

END = b"\x80"
"""Ends what was locked; zeros follow up to the step (ISO/IEC 7816-4)."""


def new_key() -> bytes:
    """A random key of 32 bytes."""
    return secrets.token_bytes(Aead.KEY_SIZE)


def lock(key: bytes, plain: bytes, about: bytes, *, step: int = STEP) -> bytes:
    """Lock `plain` for what `about` names; as long as the next multiple of `step`, and 40 bytes."""
    filled = plain + END
    filled += bytes(-len(filled) % step)
    return bytes(Aead(key).encrypt(filled, about))


def unlock(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """What was locked with `key` for what `about` names; raises BrokenSealError."""
    try:
        filled: bytes = Aead(key).decrypt(sealed, about)
    except (CryptoError, TypeError, ValueError):
        # Without its cause: a chained error could carry what was to be opened.
        raise BrokenSealError("The locked box does not open with this key.") from None
    return filled[: filled.rindex(END)]
