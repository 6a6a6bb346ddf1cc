"""A one-time code: easy to say and to type, and no way back to it from what is stored."""

import re
from hashlib import blake2b

from engage.letters import LETTERS, random_letters

LENGTH = 12
"""Letters: 57 bits, so that nobody finds a code by trying."""
GROUP = 4


def new_code() -> str:
    """A fresh code, in groups as it is printed: `4k7d-wq2m-z9xc`."""
    code = random_letters(LENGTH)
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def plain_code(written: str) -> str | None:
    """A code as somebody wrote it, without spaces, hyphens and capitals; None if it is none."""
    code = re.sub(r"[\s\-–—]+", "", written).lower()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None


def mark(wave_id: int, code: str, key: str) -> bytes:
    """The 32 bytes under which a plain code is stored: keyed, so that a dump tells no code."""
    secret = blake2b(key.encode(), digest_size=32, person=b"engage.invite").digest()
    return blake2b(f"{wave_id}/{code}".encode(), key=secret, digest_size=32).digest()
