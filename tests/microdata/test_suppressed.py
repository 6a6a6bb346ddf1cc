"""What is printed with --suppress: crossed margins and columns that make each other up."""

import pandas as pd
import pytest

KEYS = ["indicator", "breakdown", "group"]


@pytest.fixture
def printed(bench):
    """The groups of wave 1 of which the bench hides `safe`, when these people answered."""

    def hidden(table, *breakdowns):
        table.to_csv(bench.microdata, index=False)
        options = [part for name in ("overall", *breakdowns) for part in ("--breakdown", name)]
        result = bench.run("--estimator", "rake", "--method", "mean", "--suppress", *options)
        assert result.exit_code == 0, result.stderr
        tidy = bench.tidy().query("wave == '1' and indicator == 'safe'")
        return {tuple(row) for row in tidy[tidy["flag"] == "[c]"][KEYS[1:]].to_numpy()}

    return hidden


@pytest.fixture
def people(bench):
    """Everybody six times over, and only 12 of the young women."""
    table = pd.read_csv(bench.microdata, dtype=str).assign(q_safe=lambda t: t["q_victim"])
    table = pd.concat([table] * 6, ignore_index=True).drop(columns="id")
    young = (table["sex"] == "F") & (table["age_band"] == "16-39")
    return table[~young | (table.groupby([young, "wave"]).cumcount() < 12)]


def test_a_crossed_margin_is_not_told_by_the_columns_that_it_crosses(printed, people):
    crossed = {group for name, group in printed(people, "age_sex") if name == "age_sex"}
    assert len(crossed) == 2
    hidden = printed(people, "age_sex", "age_band", "sex")
    # A table of two by two with its totals: one hidden cell takes all four, or totals with it.
    cells = {group for name, group in hidden if name == "age_sex"}
    for own in ("16-39", "40+"):
        shown = ("age_band", own) not in hidden
        assert not shown or sum(cell.startswith(own) for cell in cells) != 1
    for own in ("F", "M"):
        shown = ("sex", own) not in hidden
        assert not shown or sum(cell.endswith(own) for cell in cells) != 1
    assert hidden > {("age_sex", "16-39|F")}


def test_a_column_that_says_the_same_in_other_words_hides_the_same(printed, people):
    young = people["age_band"].map({"16-39": "younger", "40+": "older"})
    both = (people["sex"] == "F") & (people["age_band"] == "16-39")
    table = people.assign(
        one=both.map({True: "a", False: "b"}), two=both.map({True: "x", False: "y"})
    )
    hidden = printed(table.assign(young=young), "one", "two")
    assert hidden >= {("one", "a"), ("one", "b"), ("two", "x"), ("two", "y")}


def test_a_column_that_differs_by_few_people_hides_one_of_the_two(printed, people):
    older = people["age_band"] == "40+"
    twelve = older & (people.groupby([older, "wave"]).cumcount() < 12)
    filters = {"to_39": ~older, "to_40": ~older | twelve}
    table = people.assign(
        **{name: held.map({True: "in", False: "out"}) for name, held in filters.items()}
    )
    assert printed(table, "to_39") == set()
    assert {("to_39", "in"), ("to_40", "in")} & printed(table, "to_39", "to_40")
