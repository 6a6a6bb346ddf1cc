"""Drafts: started, saved page by page, read back, discarded. Core statements, for speed.

Every page has a row of its own, so two pages sent at once cannot overwrite each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import Connection, Executable, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engage.answering.models import Draft, DraftPage
from engage.answering.seal import mark, seal, unseal
from engage.core.definition.routing import Answer
from engage.extensions import table_of

LIFE = timedelta(hours=2)
TAKEN_OUT = "@taken_out"
"""The page that says what the last change of an answer took out; no section is called so."""
DRAFTS = table_of(Draft)
PAGES = table_of(DraftPage)
# Statements are put together once: building them took longer than running them.
_READ = (
    select(DRAFTS.c.id, DRAFTS.c.started_at, DRAFTS.c.sent, PAGES.c.section, PAGES.c.sealed)
    .select_from(DRAFTS.outerjoin(PAGES, PAGES.c.draft_id == DRAFTS.c.id))
    .where(
        DRAFTS.c.token_hash == bindparam("mark"),
        DRAFTS.c.wave_id == bindparam("wave"),
        DRAFTS.c.expires_at > bindparam("now"),
    )
)
_KEEP_ALIVE = (
    update(DRAFTS)
    .where(
        DRAFTS.c.id == bindparam("draft"),
        DRAFTS.c.sent.is_(False),
        DRAFTS.c.expires_at > bindparam("now"),
    )
    .values(expires_at=bindparam("until"))
)


def _put_page(page: sqlite.Insert | postgresql.Insert) -> Executable:
    """A page written, or written over, whichever database it is."""
    return page.on_conflict_do_update(
        index_elements=["draft_id", "section"],
        set_={"sealed": page.excluded.sealed, "version": PAGES.c.version + 1},
    )


_START = {
    "sqlite": sqlite.insert(DRAFTS).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(DRAFTS).on_conflict_do_nothing(),
}
_PUT_PAGE = {
    "sqlite": _put_page(sqlite.insert(PAGES)),
    "postgresql": _put_page(postgresql.insert(PAGES)),
}


@dataclass(frozen=True)
class OpenDraft:
    """A draft as its owner sees it; `pages` are the answers by section.

    `taken_out` are the questions whose answers went when the page before was saved.
    """

    id: int
    wave_id: int
    started_at: datetime
    sent: bool
    pages: Mapping[str, Mapping[str, Answer]]
    taken_out: tuple[str, ...] = ()

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Every answer saved so far, whether or not its question is still asked."""
        return {name: value for page in self.pages.values() for name, value in page.items()}


def start(connection: Connection, token: str, wave_id: int, now: datetime) -> None:
    """Begin a draft of a wave under a token; does nothing if the token has one already.

    A button pressed twice begins one draft. One that is past its time makes room.
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
    connection.execute(_START[connection.dialect.name], fresh)


def read(connection: Connection, token: str, wave_id: int, now: datetime) -> OpenDraft | None:
    """The draft of a token for a wave, opened; None when it is gone or past its time."""
    asked = {"mark": mark(token), "wave": wave_id, "now": now}
    rows = connection.execute(_READ, asked).all()
    if not rows:
        return None
    draft_id, started_at, sent, _, _ = rows[0]
    pages = {
        section: unseal(token, section, sealed)
        for _, _, _, section, sealed in rows
        if section is not None
    }
    taken_out = pages.pop(TAKEN_OUT, {})
    return OpenDraft(draft_id, wave_id, started_at, sent, pages, tuple(taken_out))


def save(
    connection: Connection,
    token: str,
    draft_id: int,
    section: str,
    answers: dict[str, Answer],
    *,
    now: datetime,
) -> bool:
    """Save one page and keep the draft alive; False when the draft was sent or has gone.

    Touching the draft's row first makes a page and a sending of the same draft wait for each
    other: a page is either in what is sent or refused, never accepted and lost.
    """
    alive = connection.execute(_KEEP_ALIVE, {"draft": draft_id, "now": now, "until": now + LIFE})
    if alive.rowcount == 0:
        return False
    put_page(connection, token, draft_id, section, answers)
    return True


def put_page(
    connection: Connection, token: str, draft_id: int, section: str, answers: Mapping[str, Answer]
) -> None:
    """Write a page of a draft whose row the caller's transaction holds."""
    page = {
        "draft_id": draft_id,
        "section": section,
        "version": 1,
        "sealed": seal(token, section, dict(answers)),
    }
    connection.execute(_PUT_PAGE[connection.dialect.name], page)


def discard(connection: Connection, *tokens: str) -> None:
    """Delete drafts that were not sent; their pages go with them, in the same statement.

    Everything that changes a draft takes its row first, so that none waits for another in a ring.
    """
    found = [mark(token) for token in tokens]
    connection.execute(
        delete(DRAFTS).where(DRAFTS.c.token_hash.in_(found), DRAFTS.c.sent.is_(False))
    )
