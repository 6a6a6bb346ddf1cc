"""Hidden figures, attacked: with every table that fits what is shown, and with what one knows."""

from itertools import product

import pytest
from hypothesis import given, strategies as st

from engage.core.reporting.hiding import SMALLEST, hide, hide_total, may_follow

NAMES = "abc"
MOST = 12


def tables(most: int = MOST):
    for numbers in product(range(most + 1), repeat=len(NAMES)):
        yield dict(zip(NAMES, numbers, strict=True))


def published(table):
    """What a reader has: the number of reports and the figures."""
    return sum(table.values()), tuple(hide(table).items())


def test_of_every_hidden_small_figure_nought_is_possible():
    """The reader tries all tables with the same total, and keeps those that would look the same."""
    least: dict[object, dict[str, int]] = {}
    for table in tables(3 * MOST):
        if sum(table.values()) > 3 * MOST:
            continue
        found = least.setdefault(published(table), dict(table))
        for name, number in table.items():
            found[name] = min(found[name], number)
    for table in tables():
        total, shown = published(table)
        for name, figure in shown:
            if figure is None and table[name] < SMALLEST and total:
                assert least[total, shown][name] == 0, f"{table} tells that {name} is not nought"


def test_a_centre_that_takes_its_own_out_still_finds_nought_possible():
    """All that the centre knows of its own in one place, and every way the rest could be."""
    least: dict[object, list[int]] = {}
    checked = []
    for own, *others in product(range(0, 8, 3), *[range(MOST + SMALLEST)] * len(NAMES)):
        left = dict(zip(NAMES, others, strict=True))
        table = left | {"a": own + left["a"]}
        knows = (own, sum(table.values()), tuple(hide(table, left=left).items()))
        found = least.setdefault(knows, others)
        least[knows] = [min(pair) for pair in zip(found, others, strict=True)]
        if max(others) < MOST:
            checked.append((knows, others))
    for knows, others in checked:
        figures = [figure for _name, figure in knows[2]]
        for number, other in enumerate(others):
            if figures[number] is None and other < SMALLEST:
                assert least[knows][number] == 0, f"{knows} tells of {others}"


KEYS = st.text("abcdefgh", min_size=1, max_size=2)
numbers_of_reports = st.dictionaries(KEYS, st.integers(0, 60))


@given(numbers_of_reports, st.data())
def test_reports_that_count_several_times_hide_nought_too(numbers, data):
    """Strands: of the reports, each has one or more; the sum is at least as many as there are."""
    total = data.draw(st.integers(max(numbers.values(), default=0), max(sum(numbers.values()), 1)))
    shown = hide(numbers)
    small = [name for name in numbers if shown[name] is None and numbers[name] < SMALLEST]
    cover = next((name for name in numbers if numbers[name] >= SMALLEST), None)
    for name in small:
        if cover is None:
            continue
        other = dict(numbers)
        other[cover] = min(total, other[cover] + other.pop(name))
        other = {each: other.get(each, 0) for each in numbers}  # in the same order
        assert hide(other) == shown
        assert sum(other.values()) >= min(total, sum(numbers.values()))


@given(numbers_of_reports, st.randoms())
def test_what_is_hidden_with_it_does_not_depend_on_how_large_it_is(numbers, drawn):
    larger = {name: n + drawn.randrange(9) if n >= SMALLEST else n for name, n in numbers.items()}
    hidden = [name for name, figure in hide(numbers).items() if figure is None]
    assert hidden == [name for name, figure in hide(larger).items() if figure is None]


def test_a_table_follows_another_only_where_the_two_tell_of_nobody():
    before = {"a": 9, "b": 7, "c": None}
    assert may_follow(before, dict(before))
    assert may_follow(before, {"a": 14, "b": 7, "c": None})
    for now in (
        {"a": 10, "b": 7, "c": None},
        {"a": 14, "b": 6, "c": None},
        {"a": 9, "b": 7, "c": 5},
        {"a": 9, "b": None, "c": None},
        {"a": 9, "b": 7, "c": None, "d": 5},
    ):
        assert not may_follow(before, now)


def test_figures_of_five_and_more_are_shown_as_they_are():
    assert hide({"a": 5, "b": 17}) == {"a": 5, "b": 17}
    assert hide({"a": 5, "b": 17, "c": 6, "d": 0}) == {"a": None, "b": 17, "c": 6, "d": None}
    assert hide({"a": 9, "b": 17}, left={"a": 4}) == {"a": None, "b": None}
    assert hide({"a": 9, "b": 8, "c": 7, "d": 1}, covers=2)["c"] == 7


@pytest.mark.parametrize(("number", "shown"), [(0, None), (4, None), (5, 5)])
def test_the_number_of_all_is_hidden_when_it_is_small(number, shown):
    assert hide_total(number) == shown
