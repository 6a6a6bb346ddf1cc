"""A draft opened by a code of words: its token, sealed under a key that only the code gives."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from sqlalchemy import Connection, bindparam, delete, insert, select

from engage.answering.code_words import CodeKeys
from engage.answering.draft import OpenDraft, stay
from engage.answering.flow import missing
from engage.answering.seal import NONCE
from engage.answering.statements import CODES, DRAFTS
from engage.core.definition.model import Definition
from engage.core.definition.routing import asked_in, path, reachable

BOUND_TO = b"engage.resume"

_FIND = (
    select(DRAFTS.c.wave_id, CODES.c.sealed)
    .join(DRAFTS, DRAFTS.c.id == CODES.c.draft_id)
    .where(
        CODES.c.mark == bindparam("mark"),
        DRAFTS.c.sent.is_(False),
        DRAFTS.c.expires_at > bindparam("now"),
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A draft that a code opened: its wave, and its token as text for the cookie."""

    wave_id: int
    token: str


def give_code(
    connection: Connection,
    token: str,
    draft_id: int,
    keys: CodeKeys,
    *,
    instead: str,
    now: datetime,
    closes_on: date,
) -> bool:
    """Let a code open a draft, in place of the code called `instead` (empty for none).

    False when the draft has gone, or has yet another code by now: a request that is late must
    not kill the code that somebody wrote down since. From here on the draft lives as long as one
    with a code. `token` is that of the draft.
    """
    if not stay(connection, draft_id, now=now, closes_on=closes_on):
        return False
    if name_of(connection, draft_id) not in {instead, _name(keys.mark)}:
        return False
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + ChaCha20Poly1305(keys.key).encrypt(nonce, token.encode(), BOUND_TO)
    connection.execute(delete(CODES).where(CODES.c.draft_id == draft_id))
    connection.execute(insert(CODES).values(draft_id=draft_id, mark=keys.mark, sealed=sealed))
    return stay(connection, draft_id, now=now, closes_on=closes_on)


def name_of(connection: Connection, draft_id: int) -> str:
    """What tells the code of a draft from the one before and after it; empty without a code."""
    mark = connection.execute(select(CODES.c.mark).where(CODES.c.draft_id == draft_id)).scalar()
    return _name(mark) if mark else ""


def _name(mark: bytes) -> str:
    return mark[:8].hex()


def opened(connection: Connection, keys: CodeKeys, now: datetime) -> Found | None:
    """What a code opens; None alike for one that never was, is replaced, sent or past its time."""
    row = connection.execute(_FIND, {"mark": keys.mark, "now": now}).one_or_none()
    if row is None:
        return None
    try:
        cipher = ChaCha20Poly1305(keys.key)
        token = cipher.decrypt(row.sealed[:NONCE], row.sealed[NONCE:], BOUND_TO)
    except InvalidTag:
        return None
    return Found(row.wave_id, token.decode())


def where_left(definition: Definition, draft: OpenDraft) -> str | None:
    """The page at which somebody who comes back carries on; None if only the check is left.

    That is the first page without a required answer, or not saved yet, or saved to be finished
    later and not full.
    """
    kept = reachable(definition, draft.answers)
    gap = missing(definition, draft.answers)
    for section in path(definition, kept):
        blank = any(question.id not in kept for question in asked_in(section, kept))
        left = section.id in draft.unfinished and blank
        if section.id not in draft.pages or left or section.id == gap:
            return section.id
    return None
