"""Sealing a draft: the cookie's token both finds it and opens it; the database can do neither.

The token is 32 random bytes. Two unrelated values are derived from it with BLAKE2b under different
names: the mark under which the draft is stored, and the key that opens its pages. Knowing the mark
gives no way to the key.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from engage.core.definition.routing import Answer

NONCE = 12
STEP = 64
"""Bytes: sealed pages are filled up to multiples of this, so that length tells little."""


class BrokenSealError(ValueError):
    """A sealed page that this token does not open."""


def new_token() -> str:
    """A fresh token, as text for the cookie."""
    return urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def mark(token: str) -> bytes:
    """The 32 bytes under which the draft of this token is stored."""
    return blake2b(_raw(token), digest_size=32, person=b"engage.draft.row").digest()


def submission_mark(token: str) -> str:
    """What a response keeps of its draft: enough to see the same draft twice, no way back."""
    return blake2b(_raw(token), digest_size=16, person=b"engage.draft.sub").hexdigest()


def seal(token: str, section: str, answers: dict[str, Answer]) -> bytes:
    """The answers of one page as ciphertext, bound to their section."""
    plain = orjson.dumps(answers)
    plain += b" " * (-len(plain) % STEP)
    nonce = secrets.token_bytes(NONCE)
    return nonce + ChaCha20Poly1305(_key(token)).encrypt(nonce, plain, section.encode())


def unseal(token: str, section: str, sealed: bytes) -> dict[str, Answer]:
    """The answers of a sealed page; raises BrokenSealError."""
    try:
        cipher = ChaCha20Poly1305(_key(token))
        plain = cipher.decrypt(sealed[:NONCE], sealed[NONCE:], section.encode())
    except InvalidTag as error:
        raise BrokenSealError(f"The page {section!r} is not sealed with this token.") from error
    return {
        name: tuple(answer) if isinstance(answer, list) else answer
        for name, answer in orjson.loads(plain).items()
    }


def _raw(token: str) -> bytes:
    try:
        return urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return token.encode()  # a forged token finds nothing, like any other wrong one


def _key(token: str) -> bytes:
    return blake2b(_raw(token), digest_size=32, person=b"engage.draft.key").digest()
