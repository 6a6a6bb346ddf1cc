"""How long a wave may run, and how long its answers may be kept. Years are calendar years."""

from datetime import date, timedelta

FIELD_YEARS = 1
"""A survey that runs for longer describes no particular time."""

KEPT_YEARS = 2
"""How long answers are kept after a wave, unless the council says otherwise: long enough to compare
with the next two yearly rounds and to answer questions about a strategy while it runs."""

LONGEST_KEPT_YEARS = 6
"""As long as a claim can be brought in England and Wales (Limitation Act 1980); no work on a wave
needs its answers for longer."""


def default_deletion(closes_on: date) -> date:
    """The day on which the answers of a wave are deleted, if nobody says otherwise."""
    return years_after(closes_on, KEPT_YEARS)


def latest_deletion(closes_on: date) -> date:
    """The latest day that may be chosen for deleting the answers of a wave."""
    return years_after(closes_on, LONGEST_KEPT_YEARS)


def latest_end(opens_on: date) -> date:
    """The latest day that may be a wave's last."""
    return years_after(opens_on, FIELD_YEARS) - timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """The same day some years later; 1 March where that year has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
