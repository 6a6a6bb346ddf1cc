"""Codes of words that can be said over the phone: made, read, and stretched into keys.

Six words of 1,024 are 60 bits. No two words of the list differ by one letter or sound the same
(tests/answering/test_code_words.py). The code is kept nowhere: one run of Argon2id over it gives
64 bytes, of which one half finds a draft's token and the other opens it.
"""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from argon2.low_level import Type, hash_secret_raw

LENGTH = 6
LIST = Path(__file__).with_name("code_words.txt")
BITS = 10
"""Of one word: the list has 1,024."""
LONGEST = 200
"""Characters of a code as it is typed; what is longer is none."""
PASSES = 3
MEMORY = 64 * 1024
"""KiB: a run takes about 0.16 s, as for a password (engage/accounts/passwords.py)."""

_between = re.compile(r"[\W\d_]+")
# Guesses wait for one another, not the people who answer, and never fill the memory together.
_one_at_a_time = Lock()


class CodeError(ValueError):
    """What was typed cannot be a code."""


class WordCountError(CodeError):
    """A code of too few or too many words; `count` says how many there are."""

    def __init__(self, count: int) -> None:
        """Keep how many words there are."""
        super().__init__(f"A code has {LENGTH} words, not {count}.")
        self.count = count


class UnknownWordError(CodeError):
    """A word that is not in the list: its `place` from 1, and the nearest `instead`, if any."""

    def __init__(self, place: int, word: str, instead: str | None) -> None:
        """Keep which word it is."""
        super().__init__(f"Word {place} is not in the list.")
        self.place, self.word, self.instead = place, word, instead


@dataclass(frozen=True, slots=True)
class CodeKeys:
    """What a code of words is stretched into: 32 bytes that find, and 32 that open."""

    mark: bytes
    key: bytes = field(repr=False)


@cache
def words() -> tuple[str, ...]:
    """The list of words, in the order of the alphabet."""
    return tuple(LIST.read_text("ascii").split())


def code_of(token: str, seed: str) -> tuple[str, ...]:
    """The code that a draft's token and a random seed give: the same two, the same code.

    So a request that arrives twice makes one code. Without the token the seed says nothing.
    """
    made = blake2b(seed.encode(), key=token.encode()[:64], person=b"engage.codewords")
    number = int.from_bytes(made.digest(), "big")
    listed = words()
    return tuple(listed[(number >> (BITS * place)) % len(listed)] for place in range(LENGTH))


def parsed(typed: str) -> tuple[str, ...]:
    """The words of a code as somebody typed it; raises CodeError, which says what is wrong.

    Capitals do not matter, nor does what stands between the words.
    """
    found = [word for word in _between.split(typed[:LONGEST].casefold()) if word]
    known = set(words())
    for place, word in enumerate(found[:LENGTH], 1):
        if word not in known:
            nearest = get_close_matches(word, words(), n=1, cutoff=0.7)
            raise UnknownWordError(place, word, nearest[0] if nearest else None)
    if len(found) != LENGTH:
        raise WordCountError(len(found))
    return tuple(found)


def stretched(code: tuple[str, ...], salt: bytes) -> CodeKeys:
    """The two keys of a code; slow on purpose, so call it outside any transaction.

    The salt is the site's own, since the code must find its row before anything of that is known.
    """
    with _one_at_a_time:
        made = hash_secret_raw(
            " ".join(code).encode(),
            salt,
            time_cost=PASSES,
            memory_cost=MEMORY,
            parallelism=1,
            hash_len=64,
            type=Type.ID,
        )
    return CodeKeys(mark=made[:32], key=made[32:])


def site_salt(secret_key: str) -> bytes:
    """The salt of this site's codes, from its secret key: the database does not hold it."""
    return blake2b(secret_key.encode(), digest_size=16, person=b"engage.code.salt").digest()
