"""Passwords: how they are hashed, checked and chosen.

Argon2id (RFC 9106). With 3 passes over 64 MiB in one lane a check took 0.16 s on the two-core
machine where this was measured; the RFC's second recommendation asks for as much memory and as
many passes. One lane, because sign-in must not take every core from the people who answer.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
"""Characters; a bound, because hashing what somebody sends costs in its length."""

# The commonest of those that the shortest length does not refuse already.
TRIED_FIRST = """
123456789012 1234567890123 1234567890ab 1q2w3e4r5t6y 1qaz2wsx3edc 111111111111 000000000000
123123123123 abcdefghijkl abcdef123456 administrator administrator1 changeme1234
changemenow1 football1234 iloveyou1234 letmein12345 letmeinplease liverpool123 mypassword123
password1234 password12345 password123456 passwordpassword q1w2e3r4t5y6 qwerty123456
qwertyqwerty qwertyuiop12 qwertyuiop123 qwertyuiopas sunshine1234 welcome12345 welcome123456
zaq12wsxcde3
"""
COMMONEST = frozenset(TRIED_FIRST.split())

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """A password as it is stored, with its salt and the parameters it was hashed with."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether a password is the stored one.

    Without a stored one (nobody has that address, or the account is locked) the answer is no,
    after as much work as a real check: the time taken tells nothing.
    """
    if stored is None:
        _hasher.hash(password)
        return False
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether a password was hashed with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def faults_of(password: str, *, email: str, name: str) -> list[str]:
    """Why a password cannot be chosen, each with its remedy; none if it can.

    There are no rules about kinds of characters: they make passwords that people forget, not
    passwords that are hard to guess.
    """
    faults = []
    if len(password) < SHORTEST:
        faults.append(
            f"The password has {len(password)} characters: use at least {SHORTEST}, "
            "for example four unrelated words."
        )
    if len(password) > LONGEST:
        faults.append(f"The password is longer than {LONGEST} characters: use a shorter one.")
    if password.casefold() in COMMONEST or len(set(password)) < 4:
        faults.append("The password is one of those that are tried first: choose another.")
    if _repeats(password, email, name):
        faults.append("The password repeats the e-mail address or the name: choose another.")
    return faults


def _repeats(password: str, email: str, name: str) -> bool:
    """Whether little else is left of a password without the person's own details."""
    rest = password.casefold()
    mailbox, _, domain = email.casefold().partition("@")
    for known in (email.casefold(), name.casefold(), mailbox, domain, *name.casefold().split()):
        if len(known) > 2:
            rest = rest.replace(known, "")
    return len(rest) < SHORTEST // 2 and rest != password.casefold()
