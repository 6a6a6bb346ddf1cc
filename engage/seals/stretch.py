"""Keys out of what people know: Argon2id, so that each guess costs (RFC 9106, second choice)."""

from threading import Lock

from argon2.low_level import Type, hash_secret_raw

PASSES = 3
MEMORY = 64 * 1024
"""KiB. With three passes about a fifth of a second on the machine of `docs/benchmarks.md`."""

# Guesses wait for one another, and never fill the memory together.
_one_at_a_time = Lock()


def stretch(secret: str | bytes, salt: bytes, size: int) -> bytes:
    """`size` bytes out of a password or code; the same ones for the same salt (8 bytes or more).

    Slow on purpose: call it outside any transaction.
    """
    with _one_at_a_time:
        return hash_secret_raw(
            secret.encode() if isinstance(secret, str) else secret,
            salt,
            time_cost=PASSES,
            memory_cost=MEMORY,
            parallelism=1,
            hash_len=size,
            type=Type.ID,
        )
