"""The suppressed tables of a half-year as they are stored: all that is kept of what was counted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from engage.core.reporting.hiding import Shown, may_follow
from engage.core.reporting.periods import Period, over
from engage.core.reporting.tables import Tables
from engage.extensions import INSERTS, table_of
from engage.reports.models import Report, ReportTable

TABLE, REPORTS = table_of(ReportTable), table_of(Report)
ANEW_AFTER = timedelta(days=92)
"""Tables of one half-year are made again, for what came of its reports, at earliest then."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The tables of a half-year and when they were made."""

    period: Period
    made_on: date
    total: int | None
    by: Mapping[str, Shown]

    @property
    def anew_on(self) -> date:
        """The first day on which they may be made again."""
        return self.made_on + ANEW_AFTER


def put(connection: Connection, period: Period, tables: Tables, today: date) -> bool:
    """Keep tables unless those that there are were made too lately; whether they were kept.

    Of those that differ from what was shown by fewer than five reports, the old ones stay: what
    differs between two of them would tell of one report.
    """
    before = get(connection, period)
    if before is not None:
        tables = _told(before, tables)
    listed = {breakdown: list(shown.items()) for breakdown, shown in tables.by.items()}
    content = json.dumps({"total": tables.total, "by": listed})
    new = INSERTS[connection.dialect.name](TABLE).values(
        name=period.start, made_on=today, content=content
    )
    kept = new.on_conflict_do_update(
        index_elements=["name"],
        set_={"made_on": today, "content": content},
        where=TABLE.c.made_on <= today - ANEW_AFTER,
    )
    return connection.execute(kept.returning(TABLE.c.name)).one_or_none() is not None


def _told(before: Stored, now: Tables) -> Tables:
    """The new tables, and the old ones of those that may not follow them."""
    if not may_follow({"": before.total}, {"": now.total}):
        return Tables(before.total, before.by)
    kept = {
        breakdown: before.by[breakdown]
        for breakdown, shown in now.by.items()
        if breakdown in before.by and not may_follow(before.by[breakdown], shown)
    }
    return Tables(now.total, {**now.by, **kept})


def get(connection: Connection, period: Period) -> Stored | None:
    """The tables of a half-year; None before they are made."""
    row = connection.execute(select(TABLE).where(TABLE.c.name == period.start)).one_or_none()
    if row is None:
        return None
    content = json.loads(row.content)
    by = {breakdown: dict(shown) for breakdown, shown in content["by"].items()}
    return Stored(period, row.made_on, content["total"], by)


def periods(connection: Connection, today: date) -> dict[Period, date | None]:
    """The half-years that are over since the first report, and when their tables were made."""
    made = {
        row.name: row.made_on for row in connection.execute(select(TABLE.c.name, TABLE.c.made_on))
    }
    first = connection.execute(select(func.min(REPORTS.c.month))).scalar_one()
    first = min(filter(None, [first, *made]), default=None)
    return {each: made.get(each.start) for each in over(first, today)} if first else {}
