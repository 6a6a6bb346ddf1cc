"""Pairs of keys: whoever has the public half can seal, and only the private half opens.

X25519 sealed boxes of libsodium: the sealer keeps nothing with which to open what it sealed.
"""

from dataclasses import dataclass, field

from nacl.bindings import crypto_box_keypair, crypto_box_seal, crypto_box_seal_open
from nacl.bindings.crypto_scalarmult import crypto_scalarmult_base
from nacl.exceptions import CryptoError

from engage.seals.broken import BrokenSealError


@dataclass(frozen=True, slots=True)
class Pair:
    """Two halves of 32 bytes each; the private one never shows in a log or a traceback."""

    public: bytes
    private: bytes = field(repr=False)

    def open(self, sealed: bytes) -> bytes:
        """What is in a box that was sealed to this pair; raises BrokenSealError.

        For many boxes make the pair once: `open_with` works the public half out each time.
        """
        try:
            return crypto_box_seal_open(sealed, self.public, self.private)
        except (CryptoError, TypeError, ValueError):
            # Without its cause: a chained error could carry what was to be opened.
            raise BrokenSealError("The sealed box does not open with this key.") from None


def new_pair() -> Pair:
    """A pair that nobody had before."""
    return Pair(*crypto_box_keypair())


def pair_of(private: bytes) -> Pair:
    """The whole pair of a private half."""
    return Pair(crypto_scalarmult_base(private), private)


def seal_to(public: bytes, plain: bytes) -> bytes:
    """Seal to the holder of the private half; the length tells how long `plain` is."""
    return crypto_box_seal(plain, public)


def open_with(private: bytes, sealed: bytes) -> bytes:
    """What is in a box sealed to the public half of `private`; raises BrokenSealError."""
    return pair_of(private).open(sealed)
