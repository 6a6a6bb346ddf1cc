"""Which groups of several breakdowns hold the same people, found from the people."""

from dataclasses import replace

import numpy as np
import pandas as pd

from engage.core.disclosure.policy import Policy
from engage.core.disclosure.suppress import suppress
from engage.core.disclosure.ties import ties
from engage.core.statistics.cells import gather
from engage.core.statistics.estimate import HIDDEN, TIDY_COLUMNS
from engage.core.statistics.factor import Factor, factor_of, overall


def sample(*kinds, columns):
    """The cells of people given as their group in each column and how many they are."""
    people = pd.DataFrame([kind[:-1] for kind in kinds for _each in range(kind[-1])])
    factors = [factor_of(name, people[at]) for at, name in enumerate(columns)]
    return gather(np.ones(len(people)), [], [overall(len(people)), *factors])


def hidden(cells, **given):
    """The groups hidden of a perception that half of everybody holds."""
    rows = [
        dict.fromkeys(TIDY_COLUMNS, 0.5)
        | {"wave": "w", "indicator": "i", "estimator": "rake", "method": "mean", "flag": ""}
        | {"breakdown": factor.name, "group": name}
        | {"base": int(cells.sizes[factor.codes == code].sum())}
        for factor in cells.groups
        for code, name in enumerate(factor.categories)
    ]
    tidy = pd.DataFrame(rows).astype({"base": "Int64"})
    shown = suppress(tidy, numerators=tidy["base"] / 2.0, policy=Policy(), **given)
    return {(row.breakdown, row.group) for row in shown.itertuples() if HIDDEN in row.flag}


def tied(cells):
    made = ties(cells)
    return hidden(cells, within=made.within, rests=made.rests)


def test_wards_are_within_areas_and_areas_not_within_wards():
    cells = sample(
        ("n1", "north", 5), ("n2", "north", 6), ("s1", "south", 7), columns=["ward", "area"]
    )
    made = ties(cells)
    assert set(made.within) == {
        (("ward", "n1"), ("area", "north")),
        (("ward", "n2"), ("area", "north")),
        (("ward", "s1"), ("area", "south")),
        # One ward is the whole of its area, but what holds for one group is not how all are made.
    }
    assert made.rests == ()


def test_crossed_groups_are_within_both_of_theirs():
    kinds = [(f"{age}|{sex}", age, sex, 4) for age in ("young", "old") for sex in "fm"]
    made = ties(sample(*kinds, columns=["age|sex", "age", "sex"]))
    assert (("age|sex", "young|f"), ("age", "young")) in made.within
    assert (("age|sex", "young|f"), ("sex", "f")) in made.within
    assert len(made.within) == 8


def test_groups_that_cut_across_each_other_are_not_tied():
    kinds = [(age, sex, 40) for age in ("young", "old") for sex in "fm"]
    made = ties(sample(*kinds, columns=["age", "sex"]))
    assert (made.within, made.rests) == ((), ())


def test_two_breakdowns_of_the_same_groups_hide_them_together():
    kinds = [("a", "x", 20), ("b", "y", 50), ("c", "z", 60)]
    cells = sample(*kinds, columns=["one", "two"])
    assert (("two", "x"), ("one", "a")) in ties(cells).within
    # Beside one a different group would be as good a cover, so both must take the same.
    assert tied(cells) == {("one", "a"), ("one", "b"), ("two", "x"), ("two", "y")}


def test_who_is_in_no_area_is_what_the_total_has_beyond_all_areas():
    # No area has the harbour, so its 20 people are everybody less the people of north and south.
    cells = sample(
        *[("n1", "north", 90), ("n2", "north", 80), ("s1", "south", 70), ("s2", "south", 60)],
        ("harbour", None, 20),
        columns=["ward", "area"],
    )
    assert hidden(cells) == {("ward", "harbour"), ("ward", "s2")}
    assert tied(cells) == {("ward", "harbour"), ("ward", "s2"), ("area", "south")}


def test_of_two_filters_that_differ_by_few_people_one_is_hidden():
    # Up to 24 by the one and up to 25 by the other: 12 people are 25.
    kinds = [("16-24", "16-25", 60), ("25+", "16-25", 12), ("25+", "26+", 300)]
    cells = sample(*kinds, columns=["age", "youth"])
    assert hidden(cells) == set()
    assert {("age", "16-24"), ("youth", "16-25")} & tied(cells)


def test_filters_that_differ_by_enough_people_are_shown():
    kinds = [("16-24", "16-25", 60), ("25+", "16-25", 30), ("25+", "26+", 300)]
    assert tied(sample(*kinds, columns=["age", "youth"])) == set()


def test_codes_as_narrow_as_they_can_be_number_more_pairs_than_they_could_hold():
    kinds = [(f"w{ward:02}", f"a{(ward + age) % 6}", 10) for ward in range(28) for age in range(3)]
    wide = sample(*kinds, columns=["ward", "age"])
    narrow = replace(
        wide,
        groups=tuple(
            Factor(factor.name, factor.categories, factor.codes.astype(np.int8))
            for factor in wide.groups
        ),
    )
    assert ties(narrow) == ties(wide)
