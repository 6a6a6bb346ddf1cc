"""A signed note in the start form of when it was shown; it is read once and stored nowhere.

It is bound to the browser's own cookie and to one wave, so it cannot be passed on.
"""

import math
from dataclasses import dataclass
from hashlib import sha256

from flask import current_app, session
from itsdangerous import BadSignature, Signer

from engage import clock
from engage.surveys.respondent import ROOT


@dataclass(frozen=True, slots=True)
class Stamp:
    """When the form was shown, in seconds since 1970 rounded up, and whether proof was asked."""

    shown: int
    asked: bool

    @property
    def age(self) -> float:
        """Seconds since then; below 0 only when it was less than a second for certain."""
        return clock.now().timestamp() - self.shown


def stamp(wave_id: int, *, asked: bool) -> str:
    """The note for a form that is shown now."""
    shown = math.ceil(clock.now().timestamp())
    return _signer(wave_id).sign(f"{shown}{'p' if asked else ''}").decode()


def read_stamp(text: str, wave_id: int) -> Stamp | None:
    """The note that came back; None where there is none, or it is not ours."""
    try:
        said = _signer(wave_id).unsign(text).decode()
    except BadSignature:
        return None
    return Stamp(int(said.removesuffix("p")), said.endswith("p"))


def _signer(wave_id: int) -> Signer:
    salt = f"engage/start/{wave_id}/{session.get(ROOT, '')}"
    key = current_app.config["SECRET_KEY"]
    return Signer(key, salt=salt, key_derivation="hmac", digest_method=sha256)
