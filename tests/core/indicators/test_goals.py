"""Which target a wave is held to."""

from datetime import date

import pytest

from engage.core.indicators.goals import Aim, Goal, aims, begins, plain_year
from engage.core.statistics.target import Operator, Target

SPRING, SUMMER = date(2026, 2, 18), date(2026, 7, 1)


def goal(year, value=0.7, **figure):
    return Goal(**{"indicator": "safe"} | figure, target=Target(Operator.AT_LEAST, value, year))


def year_for(opens_on, *years):
    (aim,) = aims([goal(year) for year in years], opens_on)
    return aim.goal.target.year, aim.ahead


def test_a_year_begins_in_january_and_a_financial_year_in_april():
    assert begins("2026") == date(2026, 1, 1)
    assert begins("2025/26") == begins("2025-2026") == date(2025, 4, 1)
    assert begins("2009-2012") == date(2009, 1, 1)
    assert begins("by the end of 2027") == date(2027, 1, 1)
    assert begins("") == begins("soon") == date.min


def test_the_latest_target_that_has_begun_counts():
    assert year_for(SPRING, "2024", "2026", "2025", "2027") == ("2026", False)
    assert year_for(SPRING, "2026/27", "2025/26") == ("2025/26", False)
    assert year_for(SUMMER, "2026/27", "2025/26") == ("2026/27", False)
    assert year_for(SPRING, "2013/14") == ("2013/14", False)


def test_where_none_has_begun_the_next_one_counts_and_is_ahead():
    assert year_for(SPRING, "2030", "2028") == ("2028", True)


def test_a_target_without_a_year_counts_until_one_with_a_year_has_begun():
    assert year_for(SPRING, "", "2027") == ("", False)
    assert year_for(SPRING, "", "2025") == ("2025", False)


def test_each_figure_has_its_own_target():
    women = goal("2026", breakdown="sex", group="female")
    everybody, before = goal("2026"), goal("2025", 0.6)
    assert aims([before, women, everybody], SPRING) == [
        Aim(everybody, ahead=False),
        Aim(women, ahead=False),
    ]
    assert aims([], SPRING) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [("2026", "2026"), (" 2025/26 ", "2025/26"), ("2025-26", "2025/26"), ("1999/2000", "1999/00")],
)
def test_years_are_kept_in_one_way(given, kept):
    assert plain_year(given) == kept


@pytest.mark.parametrize("given", ["", "26", "2026.0", "2025/27", "2009-2012", "spring 2026"])
def test_what_is_no_year_is_refused(given):
    with pytest.raises(ValueError, match="not a year like 2026 or 2025/26"):
        plain_year(given)
