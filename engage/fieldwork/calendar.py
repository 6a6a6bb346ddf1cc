"""The field days of waves over a year, and which of them clash."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from engage.fieldwork.shown import ShownWave
from engage.web.templating import in_words

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Strip:
    """A wave as a bar over a year: where it begins and how long it is, in percent of the year."""

    wave: ShownWave
    begins: float
    length: float


@dataclass(frozen=True, slots=True)
class Month:
    """A month with the waves that take answers in it; `begins` is in percent of the year."""

    first: date
    begins: float
    waves: tuple[ShownWave, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.first:%B}"


def strips(waves: Sequence[ShownWave], year: int) -> list[Strip]:
    """The waves with field days in a year, by their first day."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (last - first).days + 1
    return [
        Strip(
            wave,
            100 * (max(wave.opens_on, first) - first).days / days,
            100 * ((min(wave.closes_on, last) - max(wave.opens_on, first)).days + 1) / days,
        )
        for wave in sorted(waves, key=lambda each: (each.opens_on, each.id))
        if wave.opens_on <= last and wave.closes_on >= first
    ]


def months(waves: Sequence[ShownWave], year: int) -> list[Month]:
    """The months of a year, each with the waves that are in the field then."""
    starts = [date(year, number, 1) for number in range(1, MONTHS + 1)]
    ends = [*(each - timedelta(days=1) for each in starts[1:]), date(year, 12, 31)]
    days = (ends[-1] - starts[0]).days + 1
    ordered = sorted(waves, key=lambda each: (each.opens_on, each.id))
    return [
        Month(
            first,
            100 * (first - starts[0]).days / days,
            tuple(each for each in ordered if each.opens_on <= last and each.closes_on >= first),
        )
        for first, last in zip(starts, ends, strict=True)
    ]


def clashes(waves: Sequence[ShownWave], today: date) -> Iterator[str]:
    """A sentence for each two waves to come whose field days meet where they should not.

    Of one survey only one wave is open at a time. Two surveys that everybody with the link may
    answer ask the same people twice, which is no fault but wears them out.
    """
    ahead = [each for each in waves if each.closes_on >= today and not each.is_closed]
    for one, other in combinations(sorted(ahead, key=lambda each: (each.opens_on, each.id)), 2):
        first, last = max(one.opens_on, other.opens_on), min(one.closes_on, other.closes_on)
        if first > last:
            continue
        days = f"from {in_words(first)} to {in_words(last)}"
        if one.title == other.title:
            yield (
                f"{one.title}: {one.name} and {other.name} meet {days}. Only one of them can be "
                "open then: change the days of one."
            )
        elif one.for_anyone and other.for_anyone:
            yield (
                f"{one.title} ({one.name}) and {other.title} ({other.name}) ask the same people "
                f"{days}."
            )
