"""Counting a typed form, once; putting it right or taking it out while its batch is open."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from engage.clock import day_of
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answer, reachable
from engage.entry.batches import ANSWERS, BATCHES, FORMS, form_numbered
from engage.responses.models import Mode
from engage.responses.screened import ScreeningState
from engage.responses.screening import TABLE as SCREENED, receive
from engage.responses.store import TABLE as RESPONSES, row
from engage.waves.store import first_day, takes_answers


class EntryError(ValueError):
    """A form cannot be counted or changed; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TypedForm:
    """The answers on a form that passed the checks, and the day that stands on it."""

    definition: Definition
    definition_id: int
    answers: Mapping[str, Answer]
    day: date


def enter(
    connection: Connection, batch_id: int, form_id: str, form: TypedForm, now: datetime
) -> int:
    """Count a form and give it its number in the batch; one that was sent before keeps its own.

    The form and its response are written in the caller's transaction, which holds the batch, so
    that a form sent twice at the same moment is still one. Raises EntryError, also for a form that
    was taken out since or was counted with other answers: nobody may think that these count.
    """
    batch = _held(connection, batch_id)
    known = connection.execute(select(FORMS).where(FORMS.c.id == form_id)).first()
    if known is not None:
        if known.batch_id != batch_id:
            raise EntryError(f"This form was counted in batch {known.batch_id} already.")
        _refuse_other(connection, batch, known, form)
        return int(known.number)
    _refuse_late(connection, batch, now)
    response = _write(connection, batch, form, day_of(now))
    last = select(func.max(FORMS.c.number)).where(FORMS.c.batch_id == batch_id)
    number = (connection.execute(last).scalar_one() or 0) + 1
    values = {"id": form_id, "batch_id": batch_id, "number": number, "removed": False}
    connection.execute(insert(FORMS), values)
    connection.execute(insert(ANSWERS), {"form_id": form_id, "response_id": response})
    return int(number)


def correct(
    connection: Connection, batch_id: int, number: int, form: TypedForm, now: datetime
) -> None:
    """Put other answers in place of those of a form; raises EntryError."""
    batch = _held(connection, batch_id)
    _refuse_late(connection, batch, now)
    known = _take_out(connection, batch_id, number)
    response = _write(connection, batch, form, day_of(now))
    connection.execute(insert(ANSWERS), {"form_id": known, "response_id": response})


def remove(connection: Connection, batch_id: int, number: int, now: datetime) -> None:
    """Take a form out with its answers; its number is not given again. Raises EntryError."""
    _refuse_late(connection, _held(connection, batch_id), now)
    known = _take_out(connection, batch_id, number)
    connection.execute(update(FORMS).where(FORMS.c.id == known).values(removed=True))


def answers_on(
    connection: Connection, batch_id: int, number: int
) -> tuple[dict[str, Answer], date] | None:
    """The answers and the day of a form that can still be found; None for any other."""
    form = form_numbered(connection, batch_id, number)
    if form is None or form.response_id is None:
        return None
    asked = select(RESPONSES.c.answers, RESPONSES.c.day).where(RESPONSES.c.id == form.response_id)
    found = connection.execute(asked).first()
    if found is None:
        return None
    answers = {
        name: tuple(answer) if isinstance(answer, list) else answer
        for name, answer in orjson.loads(found.answers).items()
    }
    return answers, found.day


def _held(connection: Connection, batch_id: int) -> Row[tuple[object, ...]]:
    """The batch, for nobody else to change until the caller ends."""
    asked = select(BATCHES).where(BATCHES.c.id == batch_id).with_for_update()
    batch = connection.execute(asked).first()
    if batch is None:
        raise EntryError(f"There is no batch {batch_id}.")
    return batch


def _refuse_late(connection: Connection, batch: Row[tuple[object, ...]], now: datetime) -> None:
    if batch.closed_on is not None:
        raise EntryError("This batch is closed. Open a new one for this form.")
    if not takes_answers(connection, batch.wave_id, day_of(now)):
        raise EntryError("The wave takes no answers any more, so the form cannot be counted.")


def _kept_day(connection: Connection, wave_id: int, form: TypedForm) -> date:
    """The day that is kept of a form: the wave's first, where the survey forgets the day."""
    return form.day if form.definition.keeps_day else first_day(connection, wave_id)


def _refuse_other(
    connection: Connection,
    batch: Row[tuple[object, ...]],
    known: Row[tuple[object, ...]],
    form: TypedForm,
) -> None:
    """Refuse a form that was sent before unless it says what is counted of it."""
    if known.removed:
        raise EntryError(
            f"This form was counted as form {known.number} and taken out since: it is not counted. "
            "If it should count, open the page for the next form and type it there."
        )
    counted = answers_on(connection, batch.id, known.number)
    day = _kept_day(connection, batch.wave_id, form)
    if counted not in (None, (reachable(form.definition, form.answers), day)):
        raise EntryError(
            f"This form is counted as form {known.number} already, with other answers. What you "
            f"typed now is not kept. Open form {known.number} of this batch to change it."
        )


def _write(
    connection: Connection, batch: Row[tuple[object, ...]], form: TypedForm, today: date
) -> str:
    """Write a response, and let what is written in it be looked at; its id.

    Its mark is random: with the form's own id the paper could be found from the answers for ever.
    """
    values = row(
        form.definition,
        form.answers,
        wave_id=batch.wave_id,
        definition_id=form.definition_id,
        submission=uuid.uuid4().hex,
        day=_kept_day(connection, batch.wave_id, form),
        duration=None,
        language=batch.language,
        mode=Mode(batch.mode),
        source=batch.source,
    )
    receive(connection, form.definition, values, came_on=today)
    return str(values["id"])


def _take_out(connection: Connection, batch_id: int, number: int) -> str:
    """Delete the answers of a form; its id. What somebody flagged in them is not let slip away."""
    form = form_numbered(connection, batch_id, number)
    if form is None or form.response_id is None:
        raise EntryError(f"Form {number} of batch {batch_id} cannot be found any more.")
    flagged = select(SCREENED.c.id).where(
        SCREENED.c.response_id == form.response_id, SCREENED.c.state == ScreeningState.FLAGGED
    )
    if connection.execute(flagged).first() is not None:
        raise EntryError(
            "Something written on this form was flagged to the safeguarding lead. "
            "It can be changed once they have dealt with it."
        )
    connection.execute(delete(ANSWERS).where(ANSWERS.c.form_id == form.id))
    connection.execute(delete(RESPONSES).where(RESPONSES.c.id == form.response_id))
    return form.id
