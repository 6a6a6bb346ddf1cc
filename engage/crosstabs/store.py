"""Tables that were asked for: asking, finding one, keeping one at hand. The caller commits."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.areas import store as areas
from engage.audit.log import record
from engage.clock import day_of, end_of
from engage.core.definition.codebook import variables
from engage.core.indicators.model import at_version
from engage.crosstabs.choices import Choice, choices
from engage.crosstabs.models import CrossTable, SavedTable
from engage.crosstabs.spec import Spec
from engage.extensions import INSERTS, table_of
from engage.figures.indicators import indicator_file_of
from engage.jobs import store as jobs
from engage.waves.models import Wave
from engage.waves.published import definition_of

JOB = "make_cross_table"
MOST_SAVED = 10
MOST_A_DAY = 30
"""So many may one person ask for in a day: what each shows leaves less for all later ones."""
ENOUGH = (
    f"You have asked for {MOST_A_DAY} new tables today, the most in a day: what one table shows "
    "leaves less for all that come after it. Read those that were made, or ask tomorrow."
)
TABLES, SAVED = table_of(CrossTable), table_of(SavedTable)


class FullError(ValueError):
    """Somebody keeps as many tables as they can."""


class EnoughError(ValueError):
    """Somebody has asked for as many tables as they can today."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A table: what was asked, and the suppressed `content` once it is there.

    `people` is a digest of whose answers it is of.
    """

    id: int
    wave_id: int
    spec: Spec
    state: str
    reason: str
    content: dict[str, Any] | None
    made_at: datetime | None
    people: str


def choices_of(session: Session, wave: Wave) -> dict[str, Choice]:
    """What a table of a wave can be made of."""
    definition, file = definition_of(wave.definition), indicator_file_of(wave.questionnaire)
    known = {variable.name for variable in variables(definition)}
    asked = [at_version(each, definition.version) for each in file.indicators]
    return choices(
        definition,
        [each for each in asked if known.issuperset(each.variables)],
        file.united,
        (areas.ward_names(session), areas.groups(session)),
    )


def ask(session: Session, wave_id: int, spec: Spec, *, staff_id: int, now: datetime) -> int:
    """The number of the table that answers a question: one for all who ask the same.

    One that was refused is tried again: what stood against it may have changed. Raises EnoughError
    where it would be one more than `MOST_A_DAY` that somebody asks for as the first.
    """
    same = session.scalar(select(CrossTable.id).filter_by(wave_id=wave_id, key=spec.key))
    if (
        same is None
        and _asked_since(session, staff_id, end_of(day_of(now) - timedelta(days=1))) >= MOST_A_DAY
    ):
        raise EnoughError(ENOUGH)
    insert = INSERTS[session.get_bind().dialect.name](TABLES)
    session.execute(
        insert.values(
            wave_id=wave_id, key=spec.key, spec=spec.as_json(), state="waiting", reason="",
            people="", asked_by=staff_id, asked_at=now,
        ).on_conflict_do_nothing(index_elements=["wave_id", "key"])
    )  # fmt: skip
    table = session.scalars(
        select(CrossTable).filter_by(wave_id=wave_id, key=spec.key).with_for_update()
    ).one()
    if table.state == "refused":
        table.state, table.reason = "waiting", ""
    if table.state == "waiting":
        jobs.enqueue(session, JOB, {"table_id": table.id}, due_at=now, key=key_of(table.id))
        subject = f"cross_table:{table.id}"
        record(session, at=now, staff_id=staff_id, action="cross_table.asked", subject=subject)
    return table.id


def key_of(table_id: int) -> str:
    """The key by which a table's job is found."""
    return f"cross-table-{table_id}"


def table_by(session: Session, table_id: int) -> Asked | None:
    """A table by its number."""
    row = session.get(CrossTable, table_id)
    return _asked(row) if row else None


def shown_of(session: Session, wave_id: int, limit: int = 20) -> list[Asked]:
    """The tables of a wave that were shown, the newest first."""
    wanted = select(CrossTable).filter_by(wave_id=wave_id, state="shown")
    return [
        _asked(row) for row in session.scalars(wanted.order_by(CrossTable.id.desc()).limit(limit))
    ]


def saved_by(session: Session, staff_id: int) -> Sequence[Asked]:
    """The tables that somebody keeps at hand, the newest first."""
    wanted = select(CrossTable).join(SavedTable, SavedTable.table_id == CrossTable.id)
    wanted = wanted.where(SavedTable.staff_id == staff_id).order_by(CrossTable.id.desc())
    return [_asked(row) for row in session.scalars(wanted)]


def save(session: Session, staff_id: int, table_id: int, today: date) -> None:
    """Keep a table at hand; raises FullError with ten of them."""
    held = select(func.count()).select_from(SavedTable).filter_by(staff_id=staff_id)
    if (session.scalar(held) or 0) >= MOST_SAVED:
        raise FullError(f"You keep {MOST_SAVED} tables already: let one of them go first.")
    insert = INSERTS[session.get_bind().dialect.name](SAVED)
    session.execute(
        insert.values(staff_id=staff_id, table_id=table_id, saved_on=today)
        .on_conflict_do_nothing(index_elements=["staff_id", "table_id"])
    )  # fmt: skip


def let_go(session: Session, staff_id: int, table_id: int) -> None:
    """Keep it at hand no more."""
    found = session.get(SavedTable, (staff_id, table_id))
    if found is not None:
        session.delete(found)


def _asked_since(session: Session, staff_id: int, since: datetime) -> int:
    wanted = select(func.count()).select_from(CrossTable).filter_by(asked_by=staff_id)
    return session.scalar(wanted.where(CrossTable.asked_at >= since)) or 0


def _asked(row: CrossTable) -> Asked:
    content = json.loads(row.content) if row.content else None
    spec = Spec.from_json(row.spec)
    return Asked(row.id, row.wave_id, spec, row.state, row.reason, content, row.made_at, row.people)
