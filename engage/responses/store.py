"""Writing and counting responses; `engage.responses.coded` reads them for analysis."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.orm import Session

from engage.core.definition.codebook import pack
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answers, reachable, ward_of
from engage.extensions import table_of
from engage.responses.models import Mode, Response

TABLE = table_of(Response)
MANY = 1000


def row(
    definition: Definition,
    answers: Answers,
    *,
    wave_id: int,
    definition_id: int,
    submission: str,
    day: date,
    duration: int | None,
    language: str = "en",
    mode: Mode = Mode.WEB,
    source: str | None = None,
    flags: str = "",
) -> dict[str, Any]:
    """A response as a row of the table, its answers and packed codes made from one source.

    Answers to questions that are not asked are dropped. `duration` is in seconds, `flags` are
    those of `engage.core.cleaning.signs`. The identity is random: it tells nothing of when the
    answers came. A survey that forgets the day of an answer forgets how long it took, and by which
    place it came; one for the invited forgets the place, which could say who was asked there.
    """
    kept = reachable(definition, answers)
    return {
        "id": uuid.uuid4().hex,
        "wave_id": wave_id,
        "definition_id": definition_id,
        "submission": submission,
        "language": language,
        "mode": mode.value,
        "source": source if definition.keeps_day and not definition.invited else None,
        "ward": ward_of(definition, kept),
        "day": day,
        "duration": duration if definition.keeps_day else None,
        "flags": flags,
        "answers": orjson.dumps(kept).decode(),
        "codes": pack(definition, kept),
    }


def insert_one(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write one response in the caller's transaction."""
    connection.execute(insert(TABLE), values)


def insert_many(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write many responses in the caller's transaction; the number written."""
    batch = list(rows)
    for start in range(0, len(batch), MANY):
        connection.execute(insert(TABLE), batch[start : start + MANY])
    return len(batch)


def received(session: Session | Connection, wave_id: int) -> int:
    """How many responses a wave has."""
    counted = select(func.count()).select_from(TABLE).where(TABLE.c.wave_id == wave_id)
    return int(session.execute(counted).scalar_one())
