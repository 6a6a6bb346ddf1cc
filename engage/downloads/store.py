"""Made files as they are stored: list them without their content, hand one over, delete them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.downloads.models import FullRequest, MadeFile
from engage.extensions import table_of

FILES = table_of(MadeFile)
REQUESTS = table_of(FullRequest)


@dataclass(frozen=True, slots=True)
class Listed:
    """A made file as a page lists it; the last three are those of the responses in full."""

    id: int
    wave_id: int
    run_id: int | None
    kind: str
    name: str
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
    FILES.c.made_at,
    FILES.c.delete_on,
    FILES.c.request_id,
    REQUESTS.c.purpose,
    REQUESTS.c.asked_by,
).join_from(FILES, REQUESTS, REQUESTS.c.id == FILES.c.request_id, isouter=True)


def files_of(session: Session, wave_id: int) -> list[Listed]:
    """The made files of a wave, the newest first."""
    wanted = _LISTED.where(FILES.c.wave_id == wave_id).order_by(FILES.c.id.desc())
    return [Listed(**row._asdict()) for row in session.execute(wanted)]


def find(session: Session, file_id: int) -> Listed | None:
    """A made file by its number, without its content."""
    row = session.execute(_LISTED.where(FILES.c.id == file_id)).one_or_none()
    return Listed(**row._asdict()) if row else None


def content_of(session: Session, file_id: int) -> tuple[str, bytes] | None:
    """The media type and the bytes of a made file."""
    wanted = select(FILES.c.media_type, FILES.c.content).where(FILES.c.id == file_id)
    row = session.execute(wanted).one_or_none()
    return (str(row.media_type), bytes(row.content)) if row else None


def delete_due(session: Session, today: date) -> int:
    """Delete the files whose day has come, in the caller's transaction; how many there were."""
    gone = session.execute(delete(FILES).where(FILES.c.delete_on <= today).returning(FILES.c.id))
    return len(gone.all())


def delete_kinds(session: Session, wave_id: int, kinds: Iterable[str]) -> int:
    """Delete a wave's files of these kinds, in the caller's transaction; how many there were."""
    these = delete(FILES).where(FILES.c.wave_id == wave_id, FILES.c.kind.in_(list(kinds)))
    return len(session.execute(these.returning(FILES.c.id)).all())
