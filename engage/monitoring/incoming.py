"""How the answers of a wave come in: by day, by how they were taken, and by place."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.core.charts.bars import BarRow, bars
from engage.core.charts.table import Table
from engage.core.words.tens import count, tens
from engage.responses.models import Mode
from engage.responses.sources import by_source
from engage.responses.store import TABLE
from engage.web.days import day

MODES: dict[str, str] = {
    Mode.WEB: "On the web",
    Mode.KIOSK: "At a kiosk",
    Mode.PAPER: "On paper",
    Mode.PHONE: "By phone",
}
MOST_DAYS = 31
"""With more days than these the chart has weeks."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Answers by day and way, and by place; `invited` ones are told in whole tens.

    `days` has a number a way for each day on which any came; it is empty where the survey keeps no
    days. There is never a time of day: none is stored.
    """

    days: Mapping[date, Mapping[str, int]]
    ways: Mapping[str, int]
    places: Mapping[str, int]
    invited: bool

    @property
    def total(self) -> int:
        """All answers."""
        return sum(self.ways.values())

    def told(self, number: int) -> str:
        """A number of answers as it may be told."""
        return count(number, invited=self.invited)


def incoming(session: Session, wave_id: int, *, keeps_day: bool, invited: bool) -> Incoming:
    """Count the answers of a wave."""
    wanted = select(TABLE.c.day, TABLE.c.mode, func.count()).where(TABLE.c.wave_id == wave_id)
    days: dict[date, Counter[str]] = {}
    ways: Counter[str] = Counter()
    for on, mode, number in session.execute(wanted.group_by(TABLE.c.day, TABLE.c.mode)):
        ways[mode] += number
        if keeps_day:
            days.setdefault(on, Counter())[mode] += number
    places = by_source(session, wave_id)
    return Incoming(dict(sorted(days.items())), ways, dict(sorted(places.items())), invited)


def chart(found: Incoming) -> str:
    """The answers of each day on which any came, or of each week of many days, as SVG."""
    sums = {each: sum(ways.values()) for each, ways in found.days.items()}
    title = "Answers by day"
    if len(sums) > MOST_DAYS:
        title = "Answers by week, named by its Monday"
        weeks: Counter[date] = Counter()
        for each, number in sums.items():
            weeks[monday(each)] += number
        sums = dict(weeks)
    rows = [_row(found, day(each), number) for each, number in sums.items()]
    return bars(rows, title=title, unit="count")


def table(found: Incoming) -> Table:
    """The answers of each day, by how they were taken."""
    used = [mode for mode in MODES if mode in found.ways]
    columns = ("Day", "All", *(MODES[mode] for mode in used))
    rows = [
        (
            day(each),
            found.told(sum(ways.values())),
            *(found.told(ways.get(mode, 0)) for mode in used),
        )
        for each, ways in found.days.items()
    ]
    return Table("Answers by day and by how they were taken", columns, rows)


def sentence(found: Incoming) -> str:
    """What the chart shows."""
    sums = {each: sum(ways.values()) for each, ways in found.days.items()}
    if not sums:
        return ""
    best = max(sums, key=lambda each: sums[each])
    return (
        f"Answers came on {len(sums)} {'day' if len(sums) == 1 else 'days'}, "
        f"most of them on {day(best)}: {found.told(sums[best])}. The last came on {day(max(sums))}."
    )


def named(
    numbers: Mapping[str, int], names: Mapping[str, str], found: Incoming
) -> list[tuple[str, str]]:
    """Rows of a list: a name and how many."""
    return [(names.get(each, each), found.told(number)) for each, number in numbers.items()]


def monday(of: date) -> date:
    """The Monday of the week of a day."""
    return date.fromordinal(of.toordinal() - of.weekday())


def _row(found: Incoming, label: str, number: int) -> BarRow:
    shown = tens(number) if found.invited else number
    value = None if shown is None else float(shown)
    if value is None:
        return BarRow(label, None, mark="[c]")
    return BarRow(label, value, shown=found.told(number))
