"""Figures of reports: the half-years they are told for, and what one release tells."""

from datetime import date

from engage.core.reporting.periods import Period, over, period_of, read_period
from engage.core.reporting.tables import PUBLIC, tabulate

ORDERS = {
    "ward": ["a", "b", "c"],
    "strand": ["race", "religion"],
    "centre": ["1", "2", "3", PUBLIC],
}


def rows(number, *, ward="a", centre=PUBLIC, strands=("race",)):
    return [{"ward": [ward], "strand": strands, "centre": [centre]}] * number


def test_half_years_begin_in_april_and_october_and_do_not_overlap():
    assert [period_of(f"2026-{month:02}").start for month in (1, 3, 4, 9, 10, 12)] == [
        "2025-10", "2025-10", "2026-04", "2026-04", "2026-10", "2026-10",
    ]  # fmt: skip
    assert Period("2025-10").months[::5] == ("2025-10", "2026-03")
    assert len(Period("2025-10").months) == 6
    assert read_period("2026-05") is None
    assert read_period("2026-99") is None
    assert read_period("nonsense") is None


def test_a_half_year_is_told_of_from_the_day_after_it():
    assert over("2025-11", date(2026, 9, 30)) == [Period("2025-10")]
    assert over("2025-11", date(2026, 10, 1)) == [Period("2026-04"), Period("2025-10")]
    assert over("2026-10", date(2026, 12, 1)) == []


def test_nothing_is_told_of_fewer_than_five():
    tables = tabulate(rows(4), ORDERS)
    assert tables.total is None
    assert set(tables.by["ward"].values()) == {None}


def test_a_small_figure_is_hidden_with_the_last_that_is_not():
    tables = tabulate(rows(9) + rows(8, ward="c") + rows(2, ward="b"), ORDERS)
    assert tables.total == 19
    assert tables.by["ward"] == {"a": 9, "b": None, "c": None}
    assert list(tables.by["strand"].values()) == [None, None]


def test_a_report_counts_for_each_of_its_strands():
    both = ("race", "religion", "race-of-old")
    assert tabulate(rows(6) + rows(5, strands=both), ORDERS).by["strand"] == {
        "race": 11,
        "religion": 5,
    }


def test_what_is_left_without_a_centre_must_be_enough_too():
    by = tabulate(rows(6, centre="1") + rows(4) + rows(9, ward="b") + rows(9, ward="c"), ORDERS).by
    assert by["ward"] == {"a": None, "b": 9, "c": None}


def test_two_figures_hide_the_small_one_of_a_centre_as_each_knows_its_own():
    made = rows(9, centre="1") + rows(9, centre="2") + rows(1, centre="3") + rows(9)
    assert tabulate(made, ORDERS).by["centre"] == {"1": 9, "2": None, "3": None, PUBLIC: None}
