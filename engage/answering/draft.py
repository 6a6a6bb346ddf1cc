"""Drafts: started, saved page by page, read back, discarded. Core statements, for speed.

Every page has a row of its own, so two pages sent at once cannot overwrite each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import blake2b

import orjson
from sqlalchemy import Connection, delete, select

from engage.answering.seal import mark, seal, unseal
from engage.answering.statements import (
    DRAFTS,
    KEEP_ALIVE,
    PUT_IF_SEEN,
    PUT_PAGE,
    READ,
    READ_PAGE,
    START,
)
from engage.clock import end_of
from engage.core.definition.routing import Answer

LIFE = timedelta(hours=2)
"""How long a draft lives after the last page saved; with a code of words, longer."""
CODED_LIFE = timedelta(days=14)
TAKEN_OUT = "@taken_out"
"""The page that says what the last change of an answer took out; no section is called so."""
SIGNS = "@signs"
"""The page that says what was odd as the draft was begun; most drafts have none."""
UNFINISHED = "@unfinished"
"""Noted in a page that was saved to be finished later; no question is called so."""


class ChangedElsewhereError(Exception):
    """A page was saved by another window or device since this one was shown it."""


@dataclass(frozen=True)
class OpenDraft:
    """A draft as its owner sees it; `pages` are the answers by section.

    `taken_out` are the questions whose answers went when the page before was saved. `signs` are
    those of `engage.core.cleaning.signs` that were noted as it was begun. `coded`: whether a code
    of words opens it too. `versions` count how often each page was saved; `unfinished` are those
    that were saved to be finished later.
    """

    id: int
    wave_id: int
    started_at: datetime
    expires_at: datetime
    sent: bool
    pages: Mapping[str, Mapping[str, Answer]]
    taken_out: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    coded: bool = False
    versions: Mapping[str, int] = field(default_factory=dict)
    unfinished: frozenset[str] = frozenset()

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Every answer saved so far, whether or not its question is still asked."""
        return {name: value for page in self.pages.values() for name, value in page.items()}

    @property
    def state(self) -> str:
        """A digest of what is saved: another one, once an answer was changed anywhere."""
        saved = orjson.dumps(dict(self.pages), option=orjson.OPT_SORT_KEYS)
        return blake2b(saved, digest_size=16).hexdigest()


def start(
    connection: Connection, token: str, wave_id: int, now: datetime, signs: Sequence[str] = ()
) -> None:
    """Begin a draft of a wave under a token; does nothing if the token has one already.

    A button pressed twice begins one draft. One that is past its time makes room. `signs` say
    what was odd about it; they are sealed like answers, and go with them.
    """
    found = mark(token)
    connection.execute(
        delete(DRAFTS).where(DRAFTS.c.token_hash == found, DRAFTS.c.expires_at <= now)
    )
    fresh = {
        "token_hash": found,
        "wave_id": wave_id,
        "started_at": now,
        "expires_at": now + LIFE,
        "sent": False,
    }
    begun = connection.execute(START[connection.dialect.name], fresh)
    if signs and begun.rowcount:
        own = select(DRAFTS.c.id).where(DRAFTS.c.token_hash == found)
        noted = {str(each): "" for each in signs}
        put_page(connection, token, connection.execute(own).scalar_one(), SIGNS, noted)


def read(connection: Connection, token: str, wave_id: int, now: datetime) -> OpenDraft | None:
    """The draft of a token for a wave, opened; None when it is gone or past its time."""
    asked = {"mark": mark(token), "wave": wave_id, "now": now}
    rows = connection.execute(READ, asked).all()
    if not rows:
        return None
    draft_id, started_at, expires_at, sent, coded, *_ = rows[0]
    sealed = {row.section: row for row in rows if row.section is not None}
    pages = {name: unseal(token, name, row.sealed) for name, row in sealed.items()}
    taken_out, signs = pages.pop(TAKEN_OUT, {}), pages.pop(SIGNS, {})
    unfinished = [name for name, page in pages.items() if page.pop(UNFINISHED, None) is not None]
    return OpenDraft(
        draft_id,
        wave_id,
        started_at,
        expires_at,
        sent,
        pages,
        tuple(taken_out),
        tuple(signs),
        coded is not None,
        {name: row.version for name, row in sealed.items()},
        frozenset(unfinished),
    )


def save(
    connection: Connection,
    token: str,
    draft_id: int,
    section: str,
    answers: dict[str, Answer],
    *,
    now: datetime,
    closes_on: date,
    seen: int | None = None,
    unfinished: bool = False,
) -> bool:
    """Save one page and keep the draft alive; False when the draft was sent or has gone.

    Touching the draft's row first makes a page and a sending of the same draft wait for each
    other: a page is either in what is sent or refused, never accepted and lost.

    `seen` is the version of the page that the person was shown, 0 for one not saved before. If
    it was saved elsewhere since, with other answers, this raises ChangedElsewhereError and the
    caller's transaction is to be rolled back; with the same answers (the request sent twice) it
    is saved as ever.
    """
    if not stay(connection, draft_id, now=now, closes_on=closes_on):
        return False
    page = {**answers, UNFINISHED: ""} if unfinished else answers
    if seen is None:
        put_page(connection, token, draft_id, section, page)
        return True
    put = _row(token, draft_id, section, page) | {"seen": seen}
    if connection.execute(PUT_IF_SEEN[connection.dialect.name], put).rowcount == 0:
        where = {"draft": draft_id, "section": section}
        saved = unseal(token, section, connection.execute(READ_PAGE, where).scalar_one())
        saved.pop(UNFINISHED, None)
        if saved != answers:
            raise ChangedElsewhereError
        put_page(connection, token, draft_id, section, page)
    return True


def stay(connection: Connection, draft_id: int, *, now: datetime, closes_on: date) -> bool:
    """Keep a draft alive for as long again; False when it was sent or has gone.

    One with a code lives fourteen days, but not beyond the last day of its wave.
    """
    far = min(now + CODED_LIFE, end_of(closes_on))
    given = {"draft": draft_id, "now": now, "near": now + LIFE, "far": far}
    return connection.execute(KEEP_ALIVE, given).rowcount > 0


def put_page(
    connection: Connection, token: str, draft_id: int, section: str, answers: Mapping[str, Answer]
) -> None:
    """Write a page of a draft whose row the caller's transaction holds."""
    page = _row(token, draft_id, section, answers)
    connection.execute(PUT_PAGE[connection.dialect.name], page)


def _row(
    token: str, draft_id: int, section: str, answers: Mapping[str, Answer]
) -> dict[str, object]:
    sealed = seal(token, section, dict(answers))
    return {"draft_id": draft_id, "section": section, "version": 1, "sealed": sealed}


def live(connection: Connection, tokens: Iterable[str], now: datetime) -> set[str]:
    """Those of the tokens that have a draft which is neither sent nor past its time."""
    marks = {mark(token): token for token in tokens}
    if not marks:
        return set()
    wanted = select(DRAFTS.c.token_hash).where(
        DRAFTS.c.token_hash.in_(marks), DRAFTS.c.sent.is_(False), DRAFTS.c.expires_at > now
    )
    return {marks[found] for found in connection.scalars(wanted)}


def discard(connection: Connection, *tokens: str) -> None:
    """Delete drafts that were not sent; their pages go with them, in the same statement.

    Everything that changes a draft takes its row first, so that none waits for another in a ring.
    """
    found = [mark(token) for token in tokens]
    connection.execute(
        delete(DRAFTS).where(DRAFTS.c.token_hash.in_(found), DRAFTS.c.sent.is_(False))
    )
