"""The waves of the demonstration: when they were, how many answered, what cleaning finds."""

from dataclasses import dataclass
from datetime import date, timedelta

from engage.demo.manner import Period


@dataclass(frozen=True, slots=True)
class PlannedWave:
    """One wave. Received less the three kinds that are removed is used.

    `quick` and `alike` are only flagged: sent in great haste, the same as somebody else's.
    `version` is that of the questionnaire where it is not the newest. A questionnaire that is asked
    more than once a year says how much `sooner` than the yearly ones.
    """

    questionnaire: str
    years_ago: int
    received: int
    out_of_scope: int
    sent_twice: int
    mostly_empty: int
    quick: int
    alike: int
    period: Period = Period.LATEST
    version: int | None = None
    sooner: timedelta | None = None

    @property
    def used(self) -> int:
        """How many responses are left to analyse."""
        return self.received - self.out_of_scope - self.sent_twice - self.mostly_empty

    @property
    def answers(self) -> str:
        """The file of how people answer; each version that has several has its own."""
        return f"{self.questionnaire}_{self.version}" if self.version else self.questionnaire

    @property
    def open(self) -> bool:
        """Whether the wave still takes answers."""
        return self.years_ago == 0


BEGAN = timedelta(days=12)
"""How long ago this year's waves opened."""
PAST_LENGTH = timedelta(days=55)
OPEN_LENGTH = timedelta(days=240)
"""How long waves run; this year's so long that a demonstration that is kept can still be tried."""


def opened_on(years_ago: int, today: date) -> date:
    """The first day of the waves of so many years ago: one wave a calendar year, on one day."""
    latest = today - BEGAN
    # Every month of every year has a 28th.
    return latest.replace(year=latest.year - years_ago, day=min(latest.day, 28))


def name_of(plan: PlannedWave, opens: date) -> str:
    """What a wave is called: its year, and the month where there may be two a year."""
    return str(opens.year) if plan.sooner is None else f"{opens:%B %Y}"


def days_of(plan: PlannedWave, today: date) -> tuple[date, date, date]:
    """A wave's first day, its last, and the last on which somebody answered."""
    opens = opened_on(plan.years_ago, today) - (plan.sooner or timedelta())
    if plan.open:
        return opens, opens + OPEN_LENGTH, today
    return opens, opens + PAST_LENGTH, opens + PAST_LENGTH


# Published: 451 received and 380 used; 1,245 and 1,113; 1,054 received. The rest is invented,
# above all why responses were removed.
WAVES = (
    PlannedWave("fear_of_crime", 2, 987, 5, 11, 30, 17, 4, Period.BEFORE),
    PlannedWave("fear_of_crime", 1, 1054, 6, 12, 33, 19, 4),
    PlannedWave("fear_of_crime", 0, 236, 1, 3, 7, 4, 0),
    PlannedWave("women_and_girls", 2, 1108, 18, 20, 68, 22, 4, Period.BEFORE),
    PlannedWave("women_and_girls", 1, 1245, 21, 26, 85, 24, 6),
    PlannedWave("women_and_girls", 0, 312, 4, 5, 17, 5, 0),
    PlannedWave("young_people", 2, 402, 22, 6, 23, 14, 4, Period.BEFORE),
    PlannedWave("young_people", 1, 451, 33, 8, 30, 16, 4),
    PlannedWave("young_people", 0, 84, 5, 1, 5, 3, 0),
)

HALF_A_YEAR = timedelta(days=182)
AT_ONCE = timedelta()

# Two versions of one questionnaire, in waves that are over: what was asked in another way is seen
# in the comparison of the two, and in figures over time.
COMPARED = (
    PlannedWave("getting_home", 2, 262, 3, 4, 0, 3, 0, Period.BEFORE, 1, AT_ONCE),
    PlannedWave("getting_home", 1, 248, 2, 3, 0, 3, 0, Period.LATEST, 1, HALF_A_YEAR),
    PlannedWave("getting_home", 1, 281, 2, 4, 0, 3, 0, Period.LATEST, 2, AT_ONCE),
)
