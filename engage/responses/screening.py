"""The queue of what people wrote: filled with each response, emptied by those who look at it."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.orm import Session

from engage.core.definition.kinds import TEXT_KINDS
from engage.core.definition.model import Definition
from engage.core.working_days import next_working_day
from engage.extensions import table_of
from engage.responses.models import Response
from engage.responses.screened import Reason, ScreenedText, ScreeningState
from engage.responses.store import insert_one

TABLE = table_of(ScreenedText)
WAITING, FLAGGED = ScreeningState.WAITING, ScreeningState.FLAGGED
DECIDED = frozenset({ScreeningState.PASSED, ScreeningState.HANDLED})
MANY = 1000


@dataclass(frozen=True, slots=True)
class Text:
    """A text as those who screen it see it: its words, and nothing else of the response."""

    id: str
    wave_id: int
    definition_id: int
    question: str
    words: str
    came_on: date
    due_on: date
    reason: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts wait, how many of them longer than they should, how many are flagged."""

    waiting: int
    overdue: int
    flagged: int


def receive(
    connection: Connection,
    definition: Definition,
    values: dict[str, Any],
    *,
    came_on: date | None = None,
) -> None:
    """Write one response, and let what was written in it wait, in the caller's transaction.

    What came on paper waits from the day on which it was typed in, `came_on`, and what came in a
    survey that forgets the day, from the day on which it came: until somebody has decided.
    """
    insert_one(connection, values)
    queue(connection, definition, [values | {"day": came_on or values["day"]}])


def queue(
    connection: Connection,
    definition: Definition,
    rows: Iterable[Mapping[str, Any]],
    *,
    state: ScreeningState = WAITING,
) -> None:
    """Let the texts in these rows of the table of responses wait; or say what became of them."""
    boxes = {each.id for each in definition.questions.values() if each.kind in TEXT_KINDS}
    new = [text for row in rows for text in _texts(boxes, row, state)] if boxes else []
    for start in range(0, len(new), MANY):
        connection.execute(insert(TABLE), new[start : start + MANY])


def _texts(
    boxes: set[str], row: Mapping[str, Any], state: ScreeningState
) -> Iterator[dict[str, Any]]:
    given = orjson.loads(row["answers"])
    for box in given.keys() & boxes:
        yield {
            "id": uuid.uuid4().hex,
            "response_id": row["id"],
            "wave_id": row["wave_id"],
            "question": box,
            "state": state,
            "reason": "",
            **_days(row["day"]),
        }


def _days(came_on: date) -> dict[str, date]:
    """The day on which a text came, and the last on which somebody should look at it."""
    return {"came_on": came_on, "due_on": next_working_day(came_on)}


def counts(session: Session, today: date) -> Counts:
    """How long the queue is."""
    overdue = func.count().filter(ScreenedText.state == WAITING, ScreenedText.due_on < today)
    asked = select(
        func.count().filter(ScreenedText.state == WAITING),
        overdue,
        func.count().filter(ScreenedText.state == FLAGGED),
    ).where(ScreenedText.state.in_((WAITING, FLAGGED)))
    return Counts(*session.execute(asked).one())


def texts_in(session: Session, state: ScreeningState, most: int) -> list[Text]:
    """The texts in a state with their words, those that were due first in front."""
    asked = (
        select(ScreenedText, Response.definition_id, Response.answers)
        .join(Response, Response.id == ScreenedText.response_id)
        .where(ScreenedText.state == state)
        .order_by(ScreenedText.due_on, ScreenedText.id)
        .limit(most)
    )
    return [
        Text(
            id=each.id,
            wave_id=each.wave_id,
            definition_id=definition_id,
            question=each.question,
            words=str(orjson.loads(answers).get(each.question, "")),
            came_on=each.came_on,
            due_on=each.due_on,
            reason=each.reason,
            told_at=each.told_at,
        )
        for each, definition_id, answers in session.execute(asked)
    ]


def one(session: Session, text_id: str) -> ScreenedText | None:
    """A text of the queue by its id, without its words."""
    return session.get(ScreenedText, text_id)


def decide(
    session: Session,
    text_id: str,
    *,
    was: ScreeningState,
    becomes: ScreeningState,
    staff_id: int,
    reason: Reason | None = None,
    today: date | None = None,
) -> bool:
    """Let a text go from one state to another; False if somebody else was faster.

    A flag keeps its reason when it is dealt with; one that is taken back loses it.
    `today` is given where the survey forgets the day of an answer: then the text forgets it too
    once nobody needs to look any more, and waits from today if that is taken back.
    """
    values: dict[str, Any] = {"state": becomes, "staff_id": staff_id}
    if today and becomes in DECIDED:
        values |= _days(_kept_day(session, text_id) or today)
    elif today and was in DECIDED:
        values |= _days(today)
    if becomes is FLAGGED and reason:
        values |= {"reason": reason, "told_at": None}
    elif becomes is WAITING:
        values |= {"reason": "", "told_at": None, "staff_id": None}
    changed = session.execute(
        update(ScreenedText)
        .where(ScreenedText.id == text_id, ScreenedText.state == was)
        .values(**values),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()
    return int(getattr(changed, "rowcount", 0)) == 1


def _kept_day(session: Session, text_id: str) -> date | None:
    """The day that the response of a text has; None where the response is gone."""
    asked = select(Response.day).join(ScreenedText, ScreenedText.response_id == Response.id)
    return session.scalar(asked.where(ScreenedText.id == text_id))


def untold(session: Session) -> list[str]:
    """The ids of the flagged texts of which the safeguarding lead was not told."""
    asked = select(ScreenedText.id).where(
        ScreenedText.state == FLAGGED, ScreenedText.told_at.is_(None)
    )
    return list(session.scalars(asked))


def tell(session: Session, text_ids: Iterable[str], now: datetime) -> None:
    """Note that the safeguarding lead was told of these."""
    session.execute(
        update(ScreenedText).where(ScreenedText.id.in_(list(text_ids))).values(told_at=now),
        execution_options={"synchronize_session": False},
    )


def states_of(session: Session | Connection, wave_id: int) -> dict[str, str]:
    """What became of the texts of each response of a wave: the state that is to be minded most."""
    asked = select(TABLE.c.response_id, TABLE.c.state).where(TABLE.c.wave_id == wave_id)
    found: dict[str, str] = {}
    for response, state in session.execute(asked):
        if MINDED.index(state) > MINDED.index(found.get(response, MINDED[0])):
            found[response] = state
        found.setdefault(response, state)
    return found


MINDED: list[str] = [
    ScreeningState.PASSED,
    ScreeningState.WAITING,
    ScreeningState.HANDLED,
    ScreeningState.FLAGGED,
]
"""The states of a text, from the one that is to be minded least."""
