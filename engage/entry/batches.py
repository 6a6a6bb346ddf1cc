"""Batches of forms as they are stored: opened, listed, closed, forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, or_, select
from sqlalchemy.orm import Session

from engage.entry.models import EnteredForm, EntryBatch, FormAnswers
from engage.extensions import table_of
from engage.waves.models import Wave, WaveState

BATCHES = table_of(EntryBatch)
FORMS = table_of(EnteredForm)
ANSWERS = table_of(FormAnswers)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a batch: its number, its answers if they can be found, whether it was taken out."""

    id: str
    number: int
    response_id: str | None
    removed: bool


def get(session: Session, batch_id: int) -> EntryBatch | None:
    """A batch by its number."""
    return session.get(EntryBatch, batch_id)


def newest(session: Session) -> list[EntryBatch]:
    """Every batch, those still open first, the newest first."""
    order = (EntryBatch.closed_on.is_not(None), EntryBatch.id.desc())
    return list(session.scalars(select(EntryBatch).order_by(*order)))


def counted(session: Session) -> Mapping[int, int]:
    """How many forms each batch has, without those taken out."""
    asked = (
        select(FORMS.c.batch_id, func.count())
        .where(FORMS.c.removed.is_(False))
        .group_by(FORMS.c.batch_id)
    )
    return {int(batch): int(number) for batch, number in session.execute(asked)}


def forms_of(source: Session | Connection, batch_id: int) -> Sequence[Form]:
    """The forms of a batch, the newest first."""
    asked = (
        select(FORMS.c.id, FORMS.c.number, ANSWERS.c.response_id, FORMS.c.removed)
        .outerjoin_from(FORMS, ANSWERS, ANSWERS.c.form_id == FORMS.c.id)
        .where(FORMS.c.batch_id == batch_id)
        .order_by(FORMS.c.number.desc())
    )
    return [Form(*row) for row in source.execute(asked)]


def form_numbered(source: Session | Connection, batch_id: int, number: int) -> Form | None:
    """The form of a batch with that number on the paper; none if it was taken out."""
    found = (each for each in forms_of(source, batch_id) if each.number == number)
    return next((each for each in found if not each.removed), None)


def close(session: Session, batch: EntryBatch, today: date) -> None:
    """Close a batch for good, and forget which paper holds whose answers."""
    batch.closed_on = today
    forms = select(FORMS.c.id).where(FORMS.c.batch_id == batch.id)
    session.execute(delete(ANSWERS).where(ANSWERS.c.form_id.in_(forms)))
    session.flush()


def tidy(session: Session, today: date) -> int:
    """Close what can take no form any more, delete what is past its day; how many batches.

    A batch ends with its wave, and goes with the wave's answers. The caller commits.
    """
    over = or_(Wave.state == WaveState.CLOSED, Wave.closes_on < today)
    late = select(EntryBatch).join(Wave, Wave.id == EntryBatch.wave_id).where(over)
    closed = session.scalars(late.where(EntryBatch.closed_on.is_(None))).all()
    for batch in closed:
        close(session, batch, today)
    due = select(Wave.id).where(Wave.delete_on <= today)
    gone = delete(EntryBatch).where(EntryBatch.wave_id.in_(due)).returning(EntryBatch.id)
    return len(closed) + len(session.execute(gone).all())
