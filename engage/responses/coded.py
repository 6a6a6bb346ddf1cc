"""Stored responses in bulk, for analysis: their packed codes, never their words."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, String, func, select, type_coerce
from sqlalchemy.orm import Session

from engage.core.cleaning.records import Records
from engage.core.cleaning.table import coded_table
from engage.core.definition.model import Definition
from engage.extensions import table_of
from engage.responses.models import Response

TABLE = table_of(Response)
AT_ONCE = 20_000
# Days stay as the database gives them (text on SQLite): a date made for each row costs more
# than the few different days do later.
COLUMNS = (
    TABLE.c.id,
    TABLE.c.submission,
    type_coerce(TABLE.c.day, String),
    TABLE.c.duration,
    TABLE.c.mode,
    TABLE.c.language,
    TABLE.c.source,
    TABLE.c.ward,
    TABLE.c.codes,
)


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
    _refuse_other_definitions(session, wave_id, definition_id)
    wanted = select(*COLUMNS).where(TABLE.c.wave_id == wave_id).order_by(TABLE.c.id)
    columns: list[list[Any]] = [[] for _column in COLUMNS]
    rows = session.execute(wanted.execution_options(yield_per=AT_ONCE))
    for some in rows.partitions():
        for column, values in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(values)
    return Records(*columns)


def _refuse_other_definitions(
    session: Session | Connection, wave_id: int, definition_id: int
) -> None:
    other = select(func.count()).where(
        TABLE.c.wave_id == wave_id, TABLE.c.definition_id != definition_id
    )
    count = int(session.execute(other).scalar_one())
    if count:
        raise MixedDefinitionsError(
            f"{count} responses of wave {wave_id} answer another definition than "
            f"{definition_id}, the wave's own. Figures of two questionnaires cannot be one table: "
            "move them to a wave of their own."
        )
