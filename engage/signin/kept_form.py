"""What somebody had written when their session's keys were closed: it comes back after unlocking.

It is stored nowhere: the page that asks for the password carries it, locked with the session's
token, so that whoever finds the screen cannot read it there.
"""

import base64
import binascii
import json
from dataclasses import dataclass

from flask import Request

from engage.seals.box import BrokenSealError, lock, unlock
from engage.seals.derive import derive
from engage.sessions.store import SignedIn

LEFT_OUT = frozenset({"csrf_token", "password"})


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form on its way: where it goes and what is in it."""

    path: str
    fields: list[tuple[str, str]]


def kept(request: Request, member: SignedIn) -> str:
    """The form that a request sent, locked for this session."""
    fields = [
        (name, value) for name, value in request.form.items(multi=True) if name not in LEFT_OUT
    ]
    written = json.dumps([request.full_path.rstrip("?"), fields]).encode()
    return base64.b64encode(lock(_key(member), written, b"kept form")).decode()


def opened(sent: str, member: SignedIn) -> KeptForm | None:
    """The form again; none if it is not one that this session locked."""
    try:
        written = unlock(_key(member), base64.b64decode(sent, validate=True), b"kept form")
    except (BrokenSealError, binascii.Error, ValueError):
        return None
    path, fields = json.loads(written)
    return KeptForm(path, [(name, value) for name, value in fields])


def _key(member: SignedIn) -> bytes:
    return derive(member.token, "kept form")
