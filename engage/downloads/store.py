"""Made files as they are stored: list them without their content, add one, delete them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.downloads.models import FullRequest, MadeFile
from engage.extensions import table_of

FILES = table_of(MadeFile)
REQUESTS = table_of(FullRequest)
UNFINISHED = timedelta(days=1)
"""After this, a file that is not ready will never be: its maker died."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A made file as a page lists it, all of it there; the last three are those of full ones."""

    id: int
    wave_id: int
    run_id: int | None
    kind: str
    name: str
    media_type: str
    size: int
    made_at: datetime
    delete_on: date
    request_id: int | None
    purpose: str | None
    asked_by: int | None


_LISTED = select(
    FILES.c.id,
    FILES.c.wave_id,
    FILES.c.run_id,
    FILES.c.kind,
    FILES.c.name,
    FILES.c.media_type,
    FILES.c.size,
    FILES.c.made_at,
    FILES.c.delete_on,
    FILES.c.request_id,
    REQUESTS.c.purpose,
    REQUESTS.c.asked_by,
).join_from(FILES, REQUESTS, REQUESTS.c.id == FILES.c.request_id, isouter=True)
_LISTED = _LISTED.where(FILES.c.ready)


def files_of(session: Session, wave_id: int) -> list[Listed]:
    """The made files of a wave, the newest first."""
    wanted = _LISTED.where(FILES.c.wave_id == wave_id).order_by(FILES.c.id.desc())
    return [Listed(**row._asdict()) for row in session.execute(wanted)]


def find(session: Session, file_id: int) -> Listed | None:
    """A made file by its number, without its content."""
    row = session.execute(_LISTED.where(FILES.c.id == file_id)).one_or_none()
    return Listed(**row._asdict()) if row else None


def add(session: Session, **values: object) -> int:
    """A file of which nothing is stored yet, in the caller's transaction; its number."""
    new = insert(FILES).values(ready=False, **values).returning(FILES.c.id)
    return int(session.execute(new).scalar_one())


def finish(session: Session, file_ids: Iterable[int]) -> None:
    """Put files that are all there in the place of those that answered the same request."""
    ids = list(file_ids)
    for file in session.execute(select(FILES).where(FILES.c.id.in_(ids))).all():
        same = delete(FILES).where(
            FILES.c.wave_id == file.wave_id,
            FILES.c.kind == file.kind,
            FILES.c.request_id.is_not_distinct_from(file.request_id),
            FILES.c.id.not_in(ids),
            FILES.c.ready,
        )
        session.execute(same)
    session.execute(update(FILES).where(FILES.c.id.in_(ids)).values(ready=True))


def delete_due(session: Session, now: datetime) -> int:
    """Delete the files whose day has come, and what is left of those never finished; how many.

    In the caller's transaction.
    """
    dead = ~FILES.c.ready & (FILES.c.made_at <= now - UNFINISHED)
    due = or_(FILES.c.delete_on <= day_of(now), dead)
    return len(session.execute(delete(FILES).where(due).returning(FILES.c.id)).all())


def delete_kinds(session: Session, wave_id: int, kinds: Iterable[str]) -> int:
    """Delete a wave's files of these kinds, in the caller's transaction; how many there were."""
    these = delete(FILES).where(FILES.c.wave_id == wave_id, FILES.c.kind.in_(list(kinds)))
    return len(session.execute(these.returning(FILES.c.id)).all())
