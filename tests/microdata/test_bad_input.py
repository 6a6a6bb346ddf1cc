"""Data that nobody wishes for: a result that says so, or a message, and never a silent gap."""

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
