"""How many finish a survey on a screen, and after which page the others leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.answering.left import NO_PAGE
from engage.core.charts.bars import BarRow, bars
from engage.core.charts.table import Table
from engage.core.definition.model import Definition
from engage.core.words.rounding import percent
from engage.core.words.tens import count, tens

BEFORE = "Before the first page was saved"
LEAST = 10
"""Fewer than so many begun surveys say nothing about anything but these few."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A page, and how many saved it last and never sent."""

    title: str
    left: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many sent their answers, and where those who did not were last; each is a walk ended."""

    sent: int
    stops: Sequence[Stop]
    invited: bool

    @property
    def left(self) -> int:
        """How many left."""
        return sum(each.left for each in self.stops)

    @property
    def finished(self) -> float | None:
        """The share that sent their answers; none where few began. Of the invited from tens."""
        sent, left = self.sent, self.left
        if self.invited:
            sent, left = tens(sent) or 0, tens(left) or 0
        begun = sent + left
        return sent / begun if begun >= LEAST else None

    def told(self, number: int) -> str:
        """A number of people as it may be told."""
        return count(number, invited=self.invited)


def leaving(definition: Definition, sent: int, left: dict[str, int]) -> Leaving:
    """`sent` answers came from a screen; `left` are drafts that ended, by their last page."""
    first = [Stop(BEFORE, left.get(NO_PAGE, 0))]
    pages = [Stop(each.title or each.id, left.get(each.id, 0)) for each in definition.sections]
    return Leaving(sent, [*first, *pages], definition.invited)


def sentence(found: Leaving) -> str:
    """How many finished, and where most left."""
    if found.finished is None:
        return "Too few people have begun to say how many finish."
    told = (
        f"{percent(found.finished)} of those who began sent their answers "
        f"({found.told(found.sent)}); {found.told(found.left)} left."
    )
    return f"{told}{_where(found)}"


def _where(found: Leaving) -> str:
    """Where most left, or more than anywhere else; nothing where no page stands out as told."""
    shown = [(tens(each.left) or 0) if found.invited else each.left for each in found.stops]
    most, *others = sorted(shown, reverse=True)
    if most == 0 or most in others:
        return ""
    title = found.stops[shown.index(most)].title
    first = title == BEFORE
    where = "before the first page was saved" if first else f"after “{title}”"
    if 2 * most > sum(shown):
        return f" Most of those left {where}."
    beside = "after any page" if first else "at any other point"
    return f" More of those left {where} than {beside}."


def chart(found: Leaving) -> str:
    """How many left after each page, as SVG."""
    shown = [(each.title, tens(each.left) if found.invited else each.left) for each in found.stops]
    rows = [
        BarRow(title, None, mark="[c]") if number is None else BarRow(title, float(number))
        for title, number in shown
    ]
    return bars(rows, title="How many left, by the last page that they saved", unit="count")


def table(found: Leaving) -> Table:
    """The same as a table."""
    rows = [(each.title, found.told(each.left)) for each in found.stops]
    return Table("How many left, by the last page that they saved", ("Last page", "Left"), rows)
