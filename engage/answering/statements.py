"""The statements of a draft, put together once: building them took longer than running them."""

from sqlalchemy import Executable, bindparam, case, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engage.answering.models import Draft, DraftPage, ResumeCode
from engage.extensions import UtcDateTime, table_of

DRAFTS = table_of(Draft)
PAGES = table_of(DraftPage)
CODES = table_of(ResumeCode)
READ = (
    select(
        DRAFTS.c.id,
        DRAFTS.c.started_at,
        DRAFTS.c.expires_at,
        DRAFTS.c.sent,
        CODES.c.draft_id.label("coded"),
        PAGES.c.section,
        PAGES.c.version,
        PAGES.c.sealed,
    )
    .select_from(
        DRAFTS.outerjoin(CODES, CODES.c.draft_id == DRAFTS.c.id).outerjoin(
            PAGES, PAGES.c.draft_id == DRAFTS.c.id
        )
    )
    .where(
        DRAFTS.c.token_hash == bindparam("mark"),
        DRAFTS.c.wave_id == bindparam("wave"),
        DRAFTS.c.expires_at > bindparam("now"),
    )
)
KEEP_ALIVE = (
    update(DRAFTS)
    .where(
        DRAFTS.c.id == bindparam("draft"),
        DRAFTS.c.sent.is_(False),
        DRAFTS.c.expires_at > bindparam("now"),
    )
    .values(
        expires_at=case(
            (exists().where(CODES.c.draft_id == DRAFTS.c.id), bindparam("far", type_=UtcDateTime)),
            else_=bindparam("near", type_=UtcDateTime),
        )
    )
)


def _put_page(page: sqlite.Insert | postgresql.Insert, *, if_seen: bool = False) -> Executable:
    """A page written, or written over, whichever database it is; perhaps only if it was `seen`."""
    return page.on_conflict_do_update(
        index_elements=["draft_id", "section"],
        set_={"sealed": page.excluded.sealed, "version": PAGES.c.version + 1},
        where=PAGES.c.version == bindparam("seen") if if_seen else None,
    ).execution_options(preserve_rowcount=if_seen)


START = {
    "sqlite": sqlite.insert(DRAFTS).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(DRAFTS).on_conflict_do_nothing(),
}
PUT_PAGE = {
    "sqlite": _put_page(sqlite.insert(PAGES)),
    "postgresql": _put_page(postgresql.insert(PAGES)),
}
PUT_IF_SEEN = {
    "sqlite": _put_page(sqlite.insert(PAGES), if_seen=True),
    "postgresql": _put_page(postgresql.insert(PAGES), if_seen=True),
}
READ_PAGE = select(PAGES.c.sealed).where(
    PAGES.c.draft_id == bindparam("draft"), PAGES.c.section == bindparam("section")
)
