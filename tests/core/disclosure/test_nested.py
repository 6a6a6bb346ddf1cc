"""No area group gives its one hidden ward away, and no wards their hidden area group."""

import pandas as pd
from hypothesis import given, settings, strategies as st

from engage.core.disclosure.policy import Policy
from engage.core.disclosure.suppress import suppress
from engage.core.statistics.estimate import HIDDEN, TIDY_COLUMNS

PARENTS = {("ward", name): ("area_group", name[0]) for name in ("a1", "a2", "a3", "b1", "b2", "c1")}


def tidy(bases: dict[str, int]) -> pd.DataFrame:
    """One indicator's rows: wards as given, and the groups and the whole that they add up to."""
    groups: dict[str, int] = {}
    for ward, base in bases.items():
        groups[ward[0]] = groups.get(ward[0], 0) + base
    rows = [("overall", "all", sum(bases.values()))]
    rows += [("area_group", group, base) for group, base in groups.items()]
    rows += [("ward", ward, base) for ward, base in bases.items()]
    return pd.DataFrame(
        [
            dict.fromkeys(TIDY_COLUMNS, 0.5)
            | {"wave": "w", "indicator": "i", "estimator": "rake", "method": "xlogit", "flag": ""}
            | {"breakdown": breakdown, "group": group, "base": base}
            for breakdown, group, base in rows
        ]
    ).astype({"base": "Int64"})


def hidden(bases: dict[str, int]) -> set[tuple[str, str]]:
    table = tidy(bases)
    shown = suppress(
        table, numerators=table["base"].astype(float) / 2, policy=Policy(), within=PARENTS.items()
    )
    gone = shown[shown["flag"] == HIDDEN]
    return {(row.breakdown, row.group) for row in gone.itertuples()}


def test_two_hidden_wards_of_different_groups_take_a_neighbour_each():
    bases = {"a1": 10, "a2": 40, "a3": 50, "b1": 12, "b2": 60, "c1": 99}
    # Of the whole table two are hidden, but each group's total would give its own away.
    assert hidden(bases) == {("ward", name) for name in ("a1", "a2", "b1", "b2")}


def test_a_ward_that_is_the_whole_of_its_group_takes_it_along():
    bases = {"a1": 50, "a2": 40, "a3": 50, "b1": 70, "b2": 60, "c1": 20}
    gone = hidden(bases)
    assert ("ward", "c1") in gone
    assert ("area_group", "c") in gone


def test_where_all_are_large_nothing_is_hidden():
    assert hidden(dict.fromkeys(("a1", "a2", "a3", "b1", "b2", "c1"), 50)) == set()


def test_a_hidden_row_has_no_number_and_other_rows_keep_theirs():
    table = tidy({"a1": 10, "a2": 40, "a3": 50, "b1": 70, "b2": 60, "c1": 99})
    shown = suppress(
        table, numerators=table["base"].astype(float) / 2, policy=Policy(), within=PARENTS.items()
    )
    gone = shown["flag"] == HIDDEN
    assert gone.any()
    assert shown.loc[gone, ["estimate", "base", "lower", "upper"]].isna().all(axis=None)
    pd.testing.assert_series_equal(shown.loc[~gone, "base"], table.loc[~gone, "base"])


BASES = st.fixed_dictionaries(
    {name: st.integers(0, 90) for name in ("a1", "a2", "a3", "b1", "b2", "c1")}
)


@given(BASES)
@settings(max_examples=80, deadline=None)
def test_no_sum_has_exactly_one_hidden_part(bases):
    gone = hidden(bases)
    table = tidy(bases)
    there = {(row.breakdown, row.group) for row in table.itertuples() if row.base > 0}
    for whole in {("area_group", "a"), ("area_group", "b"), ("area_group", "c")} & there:
        family = {whole, *(part for part, above in PARENTS.items() if above == whole)} & there
        assert len(family & gone) != 1
    for total, name in ((("overall", "all"), "area_group"), (("overall", "all"), "ward")):
        family = {total, *(place for place in there if place[0] == name)} & there
        assert len(family & gone) != 1
