"""Stored responses in bulk, for analysis: their packed codes, never their words."""

from itertools import chain
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, func, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from engage.core.cleaning.records import Records
from engage.core.cleaning.table import coded_table
from engage.core.definition.model import Definition
from engage.extensions import table_of
from engage.responses.models import Response

TABLE = table_of(Response)
# So few rows at once that they are gone before Python's garbage collector looks for them, and
# values as the database gives them (days as text on SQLite), since a converter called for each of
# a million rows costs as much as the row. Together, half the time.
AT_ONCE = 250
COLUMNS = tuple(
    type_coerce(column, NullType())
    for column in (
        TABLE.c.id,
        TABLE.c.submission,
        TABLE.c.day,
        TABLE.c.duration,
        TABLE.c.mode,
        TABLE.c.language,
        TABLE.c.source,
        TABLE.c.flags,
        TABLE.c.ward,
        TABLE.c.codes,
        TABLE.c.definition_id,
    )
)
MOST = 0.25


class MixedDefinitionsError(ValueError):
    """A wave whose responses do not all answer the same version of its questionnaire."""


def coded_responses(
    session: Session | Connection, wave_id: int, definition_id: int, definition: Definition
) -> pd.DataFrame:
    """The coded table of every response of a wave, ordered by id.

    `definition_id` is the published row of `definition`. Raises MixedDefinitionsError when the
    wave holds answers to another, and CodesError when codes are damaged.
    """
    return coded_table(definition, read_records(session, wave_id, definition_id))


def read_records(session: Session | Connection, wave_id: int, definition_id: int) -> Records:
    """Every response of a wave, column by column, ordered by id; streamed from the database."""
    wanted = select(*COLUMNS).where(_of_wave(session, wave_id)).order_by(TABLE.c.id)
    parts: list[list[tuple[Any, ...]]] = [[] for _column in COLUMNS]
    rows = session.execute(wanted.execution_options(yield_per=AT_ONCE))
    for some in rows.partitions():
        for part, values in zip(parts, zip(*some, strict=True), strict=True):
            part.append(values)
    # Joined only now: while rows are made, Python's garbage collector would go through lists that
    # grow again and again, and through tuples of text but once.
    *columns, definitions = (list(chain.from_iterable(part)) for part in parts)
    _refuse_other_definitions(wave_id, definition_id, definitions)
    return Records(*columns)


def _of_wave(session: Session | Connection, wave_id: int) -> ColumnElement[bool]:
    """The rows of a wave; without the help of the index where the wave is much of the table.

    SQLite would look up every row by the index, which takes twice as long as passing over the
    rows of other waves. The sum hides the column from it. PostgreSQL knows by itself.
    """
    held = select(func.count()).select_from(TABLE)
    of_wave = TABLE.c.wave_id == wave_id
    connection = session.connection() if isinstance(session, Session) else session
    if connection.dialect.name != "sqlite":
        return of_wave
    mine = int(session.execute(held.where(of_wave)).scalar_one())
    everything = int(session.execute(held).scalar_one())
    return TABLE.c.wave_id + 0 == wave_id if mine > MOST * everything else of_wave


def _refuse_other_definitions(wave_id: int, definition_id: int, found: list[int]) -> None:
    count = len(found) - found.count(definition_id)
    if count:
        raise MixedDefinitionsError(
            f"{count} responses of wave {wave_id} answer another definition than "
            f"{definition_id}, the wave's own. Figures of two questionnaires cannot be one table: "
            "move them to a wave of their own."
        )
