"""Data that nobody wishes for: a result that says so, or a message, and never a silent gap."""

import numpy as np
import pandas as pd
import pytest

NUMBERS = ["estimate", "standard_error", "lower", "upper"]


@pytest.fixture
def people(bench):
    """Read the bench's people, and put others in their place."""

    def put(table, **options):
        table.to_csv(bench.microdata, index=False, **options)

    return pd.read_csv(bench.microdata, dtype=str), put


def rows(bench, indicator, **where):
    tidy = bench.tidy().query("wave == '1' and breakdown == 'overall'")
    return tidy[tidy["indicator"] == indicator]


def gaps(bench):
    """Rows of somebody with a number missing that is not said to be missing."""
    tidy = bench.tidy()
    there = tidy[(tidy["base"] != "0") & (tidy["flag"] != "[c]")]
    numbers = there[[*NUMBERS, "effective_base", "design_effect"]].apply(
        pd.to_numeric, errors="coerce"
    )
    finite = pd.DataFrame(np.isfinite(numbers), index=there.index)
    # A mean has no design effect where nobody differs, nor has a mean of several shares.
    needed = finite[NUMBERS].all(axis=1) & (
        finite[["effective_base", "design_effect"]].all(axis=1) | (there["indicator"] == "score")
    )
    return there[~needed]


def test_no_number_is_missing_by_any_estimator_and_method(bench, people):
    table, put = people
    table["q_safe"] = table["q_safe"].where(table["sex"] == "F", "1")
    table["q_victim"] = table["q_victim"].where(table["ward"] == "N", "9")
    put(table)
    assert bench.run().exit_code == 0
    assert gaps(bench).to_dict("records") == []
    empty = bench.tidy().query("base == '0'")
    assert set(empty["flag"]) == {"[x]"}
    assert set(empty["breakdown"]) == {"ward"}


def test_the_only_person_of_a_group_has_limits_and_no_error(bench, people):
    table, put = people
    table["home"] = "house"
    table.loc[0, ["home", "q_safe"]] = ["boat", "1"]
    put(table)
    bench.run("--estimator", "rake", "--method", "mean", "--breakdown", "home")
    made = gaps(bench)
    assert set(made["group"]) == {"boat"}
    assert set(made["base"]) == {"1"}
    assert set(made.loc[made["indicator"] == "safe", "flag"]) == {"exact"}
    assert set(made.loc[made["indicator"] == "score", "flag"]) == {"single"}


def test_a_wave_of_nobody_is_told(bench, people):
    table, put = people
    put(table.query("wave == '1'"))
    result = bench.run("--method", "mean")
    assert result.exit_code == 0
    assert "Wave 2 has margins and nobody in the microdata" in result.stderr


def test_one_respondent_cannot_be_raked_and_the_message_says_who_is_missing(bench, people):
    table, put = people
    put(table.head(1))
    said = bench.run("--estimator", "rake").stderr
    assert "Wave 1: Nobody in the sample: S of the margin ward, with 400 residents" in said


def test_one_respondent_has_a_figure_marked_as_one(bench, people):
    table, put = people
    put(table[table["q_safe"] == "1"].head(1))
    bench.margins.write_text("wave,margin,category,population\n1,ward,N,600\n", "utf-8")
    assert bench.run("--estimator", "unweighted", "--breakdown", "overall").exit_code == 0
    (score,) = rows(bench, "score").to_dict("records")
    assert (score["estimate"], score["base"], score["flag"]) == ("5.0", "1", "single")
    share = rows(bench, "safe").iloc[0]
    assert (share["estimate"], share["flag"]) == ("1.0", "exact")
    assert "" not in share[["lower", "upper"]].tolist()


def test_a_constant_answer_is_exact_and_a_constant_score_has_no_error(bench, people):
    table, put = people
    put(table.assign(q_safe="1"))
    bench.run("--estimator", "rake")
    assert set(rows(bench, "safe")["flag"]) == {"exact"}
    (score,) = rows(bench, "score").to_dict("records")
    assert [float(score[name]) for name in NUMBERS] == pytest.approx([5, 0, 5, 5], abs=1e-12)


def test_only_dont_know_is_marked_as_nobody(bench, people):
    table, put = people
    put(table.assign(q_safe="9"))
    bench.run("--estimator", "rake", "--method", "xlogit", "--method", "mean")
    for indicator in ("safe", "score"):
        made = rows(bench, indicator)
        assert set(made["flag"]) == {"[x]"}
        assert set(made["base"]) == {"0"}


@pytest.mark.parametrize("code", ["-1", "x", "2.5", "01"])
def test_a_code_that_no_indicator_knows_is_named(bench, people, code):
    table, put = people
    table.loc[[4, 7], "q_safe"] = code
    put(table)
    said = bench.run().stderr
    assert f"Line 6 of the microdata has {code!r} in the column q_safe" in said
    assert "(2 such cells)" in said


def test_codes_of_a_column_that_may_hold_any_are_told_when_they_count_nowhere(bench, people):
    table, put = people
    table.loc[[4, 7], "q_victim"] = "-1"
    put(table)
    result = bench.run("--estimator", "rake", "--method", "mean")
    assert result.exit_code == 0
    assert "2 answers in the column q_victim are outside: '-1'" in result.stderr


def test_a_respondent_who_is_in_a_wave_twice_is_named(bench, people):
    table, put = people
    put(pd.concat([table, table.head(2)]))
    said = bench.run().stderr
    assert "the id '1' is in wave 1 before (2 such rows)" in said


def test_the_same_respondent_in_two_waves_is_no_fault(bench, people):
    table, put = people
    put(table.assign(id=table.groupby("wave").cumcount().astype(str)))
    assert bench.run("--estimator", "rake").exit_code == 0


def test_a_byte_order_mark_does_no_harm(bench, people):
    _table, put = people
    bench.run("--method", "mean")
    first = bench.out.read_text("utf-8")
    put(people[0], encoding="utf-8-sig")
    assert bench.run("--method", "mean").exit_code == 0
    assert bench.out.read_text("utf-8") == first


def test_latin_1_is_named(bench, people):
    table, put = people
    put(table.replace({"ward": {"N": "Nørre"}}), encoding="latin-1")
    assert "is not UTF-8. Save it as CSV in UTF-8" in bench.run().stderr


def test_margins_that_no_weights_can_meet_are_named_with_counts(bench, people):
    table, put = people
    put(table.query("(ward == 'N') == (sex == 'F')"))
    margins = pd.DataFrame(
        [
            ("1", "ward", "N", 600),
            ("1", "ward", "S", 400),
            ("1", "sex", "F", 400),
            ("1", "sex", "M", 600),
        ],
        columns=["wave", "margin", "category", "population"],
    )
    pd.concat([margins, margins.assign(wave="2")]).to_csv(bench.margins, index=False)
    said = bench.run("--estimator", "rake").stderr
    assert "Wave 1: The weights still moved after 5000 sweeps" in said
    assert "of the margin ward" in said
    assert "weighted people for" in said


@pytest.mark.parametrize("weight", ["", "0", "-1", "nan", "inf", "1e400", "1e308", "1e-300", "1,5"])
def test_a_design_weight_that_cannot_be_one_is_named(bench, people, weight):
    table, put = people
    table.loc[[3, 5], "design_weight"] = weight
    put(table)
    said = bench.run().stderr
    shown = repr(weight) if weight else "empty"
    assert f"line 5: design_weight is {shown}, which is not a number above 0" in said
    assert "(2 such cells)" in said


@pytest.mark.parametrize("count", ["nan", "inf", "1e400", "1e308", "-5", "six"])
def test_residents_that_are_no_number_are_named(bench, count):
    margins = pd.read_csv(bench.margins, dtype=str)
    margins.loc[1, "population"] = count
    margins.to_csv(bench.margins, index=False)
    assert f"line 3: population is {count!r}, which is not a number of 0" in bench.run().stderr


def test_a_margin_of_no_residents_at_all_is_named(bench):
    margins = pd.read_csv(bench.margins, dtype=str)
    margins.loc[margins["margin"] == "ward", "population"] = "0"
    margins.to_csv(bench.margins, index=False)
    said = bench.run().stderr
    assert "the margin ward of wave 1 has no residents in any category, not in N, S" in said


@pytest.mark.parametrize(
    ("north", "south", "said"),
    [
        ("602.4", "401.6", "By age_sex the residents add up to 1,000; they were rescaled to the"),
        (
            "612",
            "408",
            "The margin ward has 1,020 residents and the margin age_sex has 1,000, 2.0%",
        ),
    ],
)
def test_margins_that_disagree_are_rescaled_or_refused(bench, north, south, said):
    margins = pd.read_csv(bench.margins, dtype=str)
    margins.loc[margins["margin"] == "ward", "population"] = [north, south] * 2
    margins.to_csv(bench.margins, index=False)
    result = bench.run("--estimator", "rake", "--method", "mean")
    assert said in result.stderr
    assert result.exit_code == (0 if "rescaled" in said else 2)
    assert bench.out.exists() == ("rescaled" in said)


def test_a_category_without_residents_is_named_where_people_answered(bench, people):
    table, put = people
    table.loc[[0, 1], "ward"] = "E"
    put(table)
    margins = pd.read_csv(bench.margins, dtype=str)
    none = pd.DataFrame([("1", "ward", "E", "0")], columns=margins.columns)
    pd.concat([margins, none]).to_csv(bench.margins, index=False)
    said = bench.run().stderr
    assert "The margin ward has no residents for E, where 2 people answered" in said
    put(table.replace({"ward": {"E": "N"}}))
    assert bench.run("--estimator", "rake").exit_code == 0


def test_a_margin_to_which_nobody_answered_leaves_everybody_unknown(bench, people):
    table, put = people
    put(table.assign(ward=""))
    result = bench.run("--estimator", "rake", "--method", "mean")
    assert result.exit_code == 0
    assert "Wave 1: 160 people have no category in the margin ward" in result.stderr
    assert gaps(bench).empty
