"""Years back from a day, for what is kept so many years."""

from datetime import date


def years_before(today: date, years: int) -> date:
    """The same day so many years ago; of 29 February, the 28th where there is none."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)
