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
    """A sentence for each two waves of one survey that meet, then for each that meets others.

    Of one survey only one wave is open at a time. Surveys that everybody with the link may answer
    ask the same people twice, which is no fault but wears them out: said of waves that are
    prepared, whose days can still be changed.
    """
    ahead = [each for each in waves if each.closes_on >= today and not each.is_closed]
    ahead.sort(key=lambda each: (each.opens_on, each.id))
    for one, other in combinations(ahead, 2):
        if one.questionnaire == other.questionnaire and _meet(one, other):
            first, last = max(one.opens_on, other.opens_on), min(one.closes_on, other.closes_on)
            yield (
                f"{one.title}: {one.name} and {other.name} meet from {in_words(first)} to "
                f"{in_words(last)}. Only one of them can be open then: change the days of one."
            )
    for one in ahead:
        others = [each for each in ahead if _tires(one, each)]
        if others:
            named = "; ".join(f"{each.title} ({each.name})" for each in others)
            yield f"{one.title} ({one.name}) asks the same people as: {named}."


def _meet(one: ShownWave, other: ShownWave) -> bool:
    return one.opens_on <= other.closes_on and other.opens_on <= one.closes_on


def _tires(one: ShownWave, other: ShownWave) -> bool:
    """Whether a prepared wave asks whom another survey asks at the same time."""
    open_to_all = one.is_prepared and one.for_anyone and other.for_anyone
    return open_to_all and one.questionnaire != other.questionnaire and _meet(one, other)
