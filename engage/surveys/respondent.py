"""What a respondent's cookie holds: one root, from which each draft's token is derived.

The root is set when a start page is shown, together with the form token, and does not change:
two surveys begun at the same moment cannot push each other out of the cookie. Only beginning the
same survey anew counts up its turn.
"""

from base64 import urlsafe_b64encode
from hashlib import blake2b

from flask import session

from engage import clock
from engage.answering.seal import new_token

ROOT = "root"
TURNS = "turns"
SENT = "sent"
THANKED_FOR = 600
"""Seconds for which the thank-you page can be seen again: then the browser forgets that too."""


def remember_root() -> None:
    """Give the browser its root, if it has none yet."""
    if ROOT not in session:
        session[ROOT] = new_token()


def token_for(wave_id: int) -> str | None:
    """The token of this browser's draft of a wave; None for a browser without a root."""
    root = session.get(ROOT)
    if not isinstance(root, str):
        return None
    turn = session.get(TURNS, {}).get(str(wave_id), 0)
    derived = blake2b(f"{wave_id}/{turn}".encode(), key=root.encode()[:64], digest_size=32)
    return urlsafe_b64encode(derived.digest()).decode().rstrip("=")


def next_token(wave_id: int) -> str:
    """A fresh token for a wave that this browser has answered or given up before."""
    turns = dict(session.get(TURNS, {}))
    turns[str(wave_id)] = turns.get(str(wave_id), 0) + 1
    session[TURNS] = turns
    session[SENT] = {each: until for each, until in _sent().items() if each != str(wave_id)}
    remember_root()
    token = token_for(wave_id)
    if token is None:
        raise RuntimeError("The browser has no root, though it was just given one.")
    return token


def remember_sent(wave_id: int) -> None:
    """Note for some minutes that this browser sent answers to the wave."""
    session[SENT] = {**_sent(), str(wave_id): int(clock.now().timestamp()) + THANKED_FOR}


def has_sent(wave_id: int) -> bool:
    """Whether this browser sent answers to the wave a moment ago."""
    return _sent().get(str(wave_id), 0) > clock.now().timestamp()


def _sent() -> dict[str, int]:
    sent: dict[str, int] = session.get(SENT, {})
    return sent
