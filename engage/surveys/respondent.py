"""What a respondent's cookie holds: one root, from which each draft's token is derived.

The root is set when a start page is shown, together with the form token, and does not change:
two surveys begun at the same moment cannot push each other out of the cookie. Only beginning the
same survey anew counts up its turn.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from math import ceil
from typing import Any

from flask import session

from engage import clock
from engage.answering.seal import new_token

ROOT = "root"
TURNS = "turns"
HELD = "held"
"""Tokens that a code of words opens too: they are not derived here, and never used again."""
SENT = "sent"
"""For the waves of a moment ago: until which minute since 1970 that is known."""
THANKED_FOR = 10
"""Minutes for which the thank-you page can be seen again: then the browser forgets that too."""
A_MINUTE = 60


def remember_root() -> None:
    """Give the browser its root, if it has none yet."""
    if ROOT not in session:
        session[ROOT] = new_token()


def token_for(wave_id: int) -> str | None:
    """The token of this browser's draft of a wave; None for a browser without a root."""
    return token_in(session, wave_id)


def token_in(cookie: Mapping[str, Any], wave_id: int) -> str | None:
    """As `token_for`, for a browser whose cookie holds this."""
    held = cookie.get(HELD, {}).get(str(wave_id))
    if isinstance(held, str):
        return held
    root = cookie.get(ROOT)
    if not isinstance(root, str):
        return None
    turn = cookie.get(TURNS, {}).get(str(wave_id), 0)
    derived = blake2b(f"{wave_id}/{turn}".encode(), key=root.encode()[:64], digest_size=32)
    return urlsafe_b64encode(derived.digest()).decode().rstrip("=")


def next_token(wave_id: int) -> str:
    """A fresh token for a wave that this browser has answered or given up before."""
    turns = dict(session.get(TURNS, {}))
    turns[str(wave_id)] = turns.get(str(wave_id), 0) + 1
    session[TURNS] = turns
    session[SENT] = {each: until for each, until in _sent().items() if each != str(wave_id)}
    session[HELD] = {each: held for each, held in _held().items() if each != str(wave_id)}
    remember_root()
    token = token_for(wave_id)
    if token is None:
        raise RuntimeError("The browser has no root, though it was just given one.")
    return token


def hold(wave_id: int, token: str) -> None:
    """Hold the token of a draft that a code opens, until it is given up."""
    next_token(wave_id)  # what was sent or begun before is not this draft's
    session[HELD] = {**_held(), str(wave_id): token}


def is_held(wave_id: int) -> bool:
    """Whether the token of a wave is one that a code opens, and so another device may hold."""
    return str(wave_id) in _held()


def forget(wave_id: int, others: Iterable[int]) -> None:
    """Forget the draft of a wave, but not those of the `others`; from here on nothing leads to it.

    The root goes, as the token could be derived from it.
    """
    kept = {str(each): token for each in others if each != wave_id and (token := token_for(each))}
    for name in (ROOT, TURNS, HELD):
        session.pop(name, None)
    if kept:
        session[HELD] = kept
    remember_root()


def remember_sent(wave_id: int, others: Iterable[int]) -> None:
    """Note for some minutes that answers to the wave were sent, and forget with what they were.

    From here on the cookie gives no token of what was sent, and counts no turn of it. The drafts
    of the `others` stay this browser's.
    """
    forget(wave_id, others)
    session[SENT] = {**_sent(), str(wave_id): ceil(_minutes()) + THANKED_FOR}


def has_sent(wave_id: int) -> bool:
    """Whether this browser sent answers to the wave a moment ago."""
    return str(wave_id) in _sent()


def forget_sendings() -> None:
    """Let the browser forget those that are no longer of a moment ago."""
    if SENT not in session:
        return
    left = _sent()
    if not left:
        session.pop(SENT)
    elif left != session[SENT]:
        session[SENT] = left


def _held() -> dict[str, str]:
    held: dict[str, str] = session.get(HELD, {})
    return held


def _sent() -> dict[str, int]:
    sent: dict[str, int] = session.get(SENT, {})
    return {each: until for each, until in sent.items() if until > _minutes()}


def _minutes() -> float:
    return clock.now().timestamp() / A_MINUTE
