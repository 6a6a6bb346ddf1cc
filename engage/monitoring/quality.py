"""What the rules removed and marked, and whether more is marked from week to week."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.core.charts.lines import Line, Point, printed, trend
from engage.core.charts.table import Table
from engage.core.cleaning.flow import Flow
from engage.core.cleaning.words import FLAGS, RULES
from engage.core.words.tens import count
from engage.monitoring.incoming import Incoming, monday
from engage.responses.reviews import TABLE as REVIEWS
from engage.responses.store import TABLE
from engage.web.days import day

FEW = 10
"""A week with fewer answers has no share of them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule did: its name in words, why it is there, and to how many."""

    label: str
    reason: str
    number: str


def rules(flow: Flow, *, invited: bool) -> tuple[list[Rule], list[Rule]]:
    """What was removed by each rule that removed any, and what each marked."""
    removed = [
        Rule(RULES[name].label, RULES[name].reason, count(number, invited=invited))
        for name, number in flow.removed.items()
        if number and name in RULES
    ]
    marked = [
        Rule(FLAGS[name].label, FLAGS[name].reason, count(number, invited=invited))
        for name, number in flow.flagged.items()
        if number and name in FLAGS
    ]
    return removed, marked


def by_week(session: Session, wave_id: int, found: Incoming) -> Line | None:
    """The share of each week's answers that the rules marked; none where days are not kept.

    None either for fewer than two weeks, which show no trend.
    """
    marked = (
        select(TABLE.c.day, func.count())
        .join(REVIEWS, REVIEWS.c.response_id == TABLE.c.id)
        .where(REVIEWS.c.wave_id == wave_id, REVIEWS.c.rules != "")
        .group_by(TABLE.c.day)
    )
    odd: Counter[date] = Counter()
    for on, number in session.execute(marked):
        odd[monday(on)] += number
    weeks: Counter[date] = Counter()
    for on, ways in found.days.items():
        weeks[monday(on)] += sum(ways.values())
    if len(weeks) < 2 or found.invited:
        return None
    points = [_point(each, odd[each], number) for each, number in weeks.items()]
    return Line("Marked", points)


def chart(line: Line) -> str:
    """The weeks as SVG."""
    return trend([line], title="Share of answers that the rules marked, by week", unit="percent")


def table(line: Line) -> Table:
    """The same as a table."""
    rows = [(each.label, printed(each, "percent")) for each in line.points]
    return Table("Share of answers that the rules marked", ("Week from", "Marked"), rows)


def _point(week: date, odd: int, number: int) -> Point:
    if number < FEW:
        return Point(day(week), None, mark="[c]")
    return Point(day(week), odd / number)
