"""Signatures over time: when those that count began to count, and by which way they came."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from engage.extensions import table_of
from engage.pledges.models import Signature, Source, State

SIGNATURES = table_of(Signature)
DAYS = 30
"""Days that are told one by one; before, it is months."""
WAITED = timedelta(days=7)


@dataclass(slots=True)
class Period:
    """A day or a month with its signatures by source."""

    start: date
    by_source: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All of them."""
        return self.by_source.total()


@dataclass(frozen=True, slots=True)
class OverTime:
    """`days` are the last thirty with any, `months` all with any, the newest first.

    `asked` signatures were asked for by mail in the last seven days, of which `unanswered` wait.
    """

    days: list[Period]
    months: list[Period]
    by_source: Counter[str]
    asked: int
    unanswered: int


def over_time(connection: Connection, pledge_id: int, today: date) -> OverTime:
    """The signatures of a pledge over time."""
    at = SIGNATURES.c
    counted = (
        select(at.confirmed_on, at.source, func.count())
        .where(at.pledge_id == pledge_id, at.state == State.CONFIRMED)
        .group_by(at.confirmed_on, at.source)
    )
    days: dict[date, Period] = {}
    months: dict[date, Period] = {}
    sources: Counter[str] = Counter()
    for day, source, number in connection.execute(counted):
        sources[source] += number
        if day is None:
            continue
        month = day.replace(day=1)
        months.setdefault(month, Period(month)).by_source[source] += number
        if day > today - timedelta(days=DAYS):
            days.setdefault(day, Period(day)).by_source[source] += number
    asked = _asked(connection, pledge_id, today)
    return OverTime(
        days=sorted(days.values(), key=lambda each: each.start, reverse=True),
        months=sorted(months.values(), key=lambda each: each.start, reverse=True),
        by_source=sources,
        asked=asked.total(),
        unanswered=asked[State.PENDING],
    )


def _asked(connection: Connection, pledge_id: int, today: date) -> Counter[str]:
    """State to how many who signed on the site in the last days are in it."""
    at = SIGNATURES.c
    counted = (
        select(at.state, func.count())
        .where(
            at.pledge_id == pledge_id,
            at.source == Source.WEB,
            at.signed_on > today - WAITED,
            at.state.in_((State.PENDING, State.CONFIRMED)),
        )
        .group_by(at.state)
    )
    return Counter({row[0]: int(row[1]) for row in connection.execute(counted)})
