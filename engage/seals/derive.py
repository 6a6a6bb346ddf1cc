"""Keys out of other keys, one for each purpose: from one of them no other can be found."""

from hashlib import blake2b

SIZE = 32
"""Bytes of a key."""


def derive(key: bytes | str, purpose: str) -> bytes:
    """The key of 32 bytes for a purpose; `key` is random (up to 64 bytes) and stays unknown."""
    given = key.encode() if isinstance(key, str) else key
    return blake2b(purpose.encode(), digest_size=SIZE, key=given).digest()
