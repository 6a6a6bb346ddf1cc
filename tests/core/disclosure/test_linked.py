"""Figures that are tied to each other by what they are made of."""

import pandas as pd

from engage.core.disclosure.policy import Policy
from engage.core.disclosure.suppress import suppress
from engage.core.statistics.estimate import HIDDEN, TIDY_COLUMNS

ALL = ("w", "overall", "all")


def hidden(counts, policy, **given):
    """The hidden (indicator, group) of counts of (base, yes) by indicator and place."""
    rows = [
        dict.fromkeys(TIDY_COLUMNS, 0.5)
        | {"wave": wave, "indicator": indicator, "breakdown": breakdown, "group": group}
        | {"estimator": "rake", "method": "mean", "base": base, "flag": ""}
        for indicator, places in counts.items()
        for (wave, breakdown, group), (base, _yes) in places.items()
    ]
    numerators = pd.Series([float(yes) for each in counts.values() for _base, yes in each.values()])
    tidy = pd.DataFrame(rows).astype({"base": "Int64"})
    shown = suppress(tidy, numerators=numerators, policy=policy, **given)
    gone = shown[shown["flag"] == HIDDEN]
    return {(row.indicator, row.wave, row.group) for row in gone.itertuples()}


def wards(**people):
    """Places with the total of their counts."""
    total = tuple(sum(each) for each in zip(*people.values(), strict=True))
    return {ALL: total} | {("w", "ward", name): each for name, each in people.items()}


def test_a_mean_goes_wherever_one_of_the_shares_is_hidden_that_it_is_the_mean_of():
    counts = {
        "rare": {ALL: (300, 4)},
        "often": {ALL: (301, 99)},
        "mean": {ALL: (302, float("nan"))},
    }
    policy = Policy(sensitive=frozenset({"rare"}), goes_with={"mean": frozenset({"rare", "often"})})
    assert hidden(counts, policy) == {("rare", "w", "all"), ("mean", "w", "all")}


def test_the_last_part_of_a_union_is_not_told_by_the_union_and_the_other_parts():
    # Whoever is in the union and not in the one part is in the other: 9 to 12 of them.
    counts = {"any": {ALL: (300, 12)}, "one": {ALL: (300, 3)}, "two": {ALL: (300, 9)}}
    sensitive = frozenset({"two"})
    assert hidden(counts, Policy(sensitive=sensitive)) == {("two", "w", "all")}
    tied = Policy(sensitive=sensitive, unions={"any": ("one", "two")})
    assert len(hidden(counts, tied)) == 2


def test_a_base_is_hidden_in_the_same_places_by_all_who_are_counted_over_it():
    counts = {
        "seldom": wards(a=(20, 2), b=(60, 3), c=(70, 30), d=(200, 90)),
        "often": wards(a=(20, 19), b=(60, 5), c=(70, 60), d=(200, 90)),
    }
    gone = hidden(counts, Policy())
    assert {("seldom", "w", name) for name in "ab"} <= gone
    assert {("often", "w", name) for name in "ab"} <= gone


def test_a_base_that_another_figure_tells_is_no_cover():
    # The smallest two hide each other by their own rule; what b has, the sensitive figure shows.
    counts = {
        "plain": wards(a=(20, 10), b=(60, 30), c=(90, 50), d=(200, 90)),
        "other": wards(a=(20, 10), b=(60, 30), c=(90, 50), d=(200, 90)),
    }
    gone = hidden(counts, Policy())
    assert {group for name, _wave, group in gone if name == "plain"} == {"a", "b"}
    assert {group for name, _wave, group in gone if name == "other"} == {"a", "b"}


def test_a_wave_is_not_told_by_two_waves_pooled_and_the_other():
    pooled = {
        "safe": {
            ("both", "overall", "all"): (220, 110),
            ("one", "overall", "all"): (200, 100),
            ("two", "overall", "all"): (20, 10),
        }
    }
    assert hidden(pooled, Policy()) == {("safe", "two", "all")}
    gone = hidden(pooled, Policy(), pooled={"both": ["one", "two"]})
    assert gone == {("safe", "two", "all"), ("safe", "one", "all")}


def test_where_a_total_shows_that_few_said_so_the_parts_need_to_be_no_less_certain():
    # Two of 400 say so, whatever is hidden, and a perception is shown whatever people said.
    counts = {"safe": wards(a=(20, 0), b=(80, 2), c=(300, 0))}
    assert hidden(counts, Policy()) == {("safe", "w", "a"), ("safe", "w", "b")}
    strict = hidden(counts, Policy(sensitive=frozenset({"safe"})))
    assert ("safe", "w", "all") in strict
