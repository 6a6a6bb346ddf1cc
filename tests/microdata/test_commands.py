"""The command of the analyst's bench, from files to a file."""

import pandas as pd
import pytest


def spoil(path, old, new, count=-1):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")


def refused(bench, *extra):
    """The message of a request that is refused; nothing at all may be written."""
    before = sorted(bench.folder.iterdir())
    result = bench.run(*extra)
    assert result.exit_code == 2
    assert sorted(bench.folder.iterdir()) == before
    return result.stderr


def test_the_table_has_exactly_the_agreed_columns(bench):
    assert bench.run().exit_code == 0
    assert bench.out.read_text("utf-8").splitlines()[0] == (
        "wave,indicator,breakdown,group,estimator,method,estimate,standard_error,lower,upper,"
        "base,effective_base,design_effect,flag"
    )


def test_everything_is_there_unless_something_is_asked_for(bench):
    bench.run()
    tidy = bench.tidy()
    assert set(tidy["wave"]) == {"1", "2"}
    assert set(tidy["breakdown"]) == {"overall", "ward", "age_band", "sex"}
    assert set(tidy["method"]) == {"mean", "xlogit", "logit", "beta", "wilson"}
    assert set(tidy["estimator"]) == {
        *("unweighted", "base", "rake", "rake_fpc", "calib", "fixed", "trim", "fixed_trim")
    }
    assert set(tidy.loc[tidy["breakdown"] == "overall", "group"]) == {"all"}
    assert set(tidy.loc[tidy["indicator"] == "score", "method"]) == {"mean"}


def test_options_can_be_repeated(bench):
    bench.run(
        *("--estimator", "rake", "--estimator", "calib", "--method", "mean"),
        *("--breakdown", "sex", "--breakdown", "age_sex"),
    )
    tidy = bench.tidy()
    assert set(tidy["estimator"]) == {"rake", "calib"}
    assert set(tidy["method"]) == {"mean"}
    assert set(tidy["breakdown"]) == {"sex", "age_sex"}
    assert "16-39|F" in set(tidy["group"])


def test_any_column_makes_a_breakdown(bench):
    bench.run("--breakdown", "q_victim")
    assert set(bench.tidy()["group"]) == {"1", "2"}


def test_numbers_are_written_in_full(bench):
    bench.run("--estimator", "unweighted", "--method", "mean", "--breakdown", "overall")
    row = bench.tidy().query("indicator == 'safe' and wave == '1'").iloc[0]
    people = pd.read_csv(bench.microdata, dtype=str).query("wave == '1' and q_safe != '9'")
    assert float(row["estimate"]) == (people["q_safe"] == "1").mean()
    assert int(row["base"]) == len(people)


def test_the_output_says_that_it_is_not_suppressed(bench):
    result = bench.run()
    assert "not suppressed" in result.stderr
    assert result.stdout == ""


def test_suppressed_output_has_no_number_of_few_people(bench):
    result = bench.run("--suppress")
    assert result.exit_code == 0
    assert "not suppressed" not in result.stderr
    hidden = bench.tidy().query("flag == '[c]'")
    assert "victim" in set(hidden["indicator"])
    numbers = hidden.loc[:, "estimate":"design_effect"]
    assert (numbers == "").all(axis=None)
    assert {"", "[u]"} & set(bench.tidy()["flag"])


def test_means_left_out_for_want_of_their_method_are_named(bench):
    result = bench.run("--method", "wilson")
    assert "means need --method mean: score" in result.stderr
    assert set(bench.tidy()["indicator"]) == {"safe", "victim"}


def test_people_of_no_category_stay_in_and_are_told(bench):
    spoil(bench.microdata, "1,1,N,16-39,F", "1,1,,16-39,F", 1)
    result = bench.run("--estimator", "rake", "--method", "mean")
    assert result.exit_code == 0
    assert "1 people have no category in the margin ward" in result.stderr
    overall = bench.tidy().query("breakdown == 'overall' and wave == '1' and indicator == 'victim'")
    assert overall["base"].tolist() == ["160"]


def test_margins_that_nearly_sum_are_rescaled_and_told(bench):
    spoil(bench.margins, "ward,N,600", "ward,N,602")
    result = bench.run("--estimator", "rake", "--method", "mean")
    assert result.exit_code == 0
    assert "rescaled" in result.stderr


def test_codes_written_as_decimals_are_the_same_codes(bench):
    bench.run("--method", "mean")
    first = bench.out.read_text("utf-8")
    table = pd.read_csv(bench.microdata, dtype=str)
    table["q_victim"] += ".0"
    table.to_csv(bench.microdata, index=False)
    bench.run("--method", "mean")
    assert bench.out.read_text("utf-8") == first


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("microdata", "q_victim", "q_vic", "no column 'q_victim'; the indicator victim needs"),
        ("microdata", "design_weight", "weight", "no column 'design_weight'"),
        ("microdata", "wave", "round", "no column 'wave'"),
        ("microdata", "q_safe", "q_victim", "has the column 'q_victim' twice"),
        ("microdata", "\n1,1,N,16-39,F,2,", "\n1,1,N,16-39,F,x,", "line 2: design_weight is 'x'"),
        (
            "microdata",
            "\n1,1,N,16-39,F,2,",
            "\n1,1,N,16-39,F,0,",
            "line 2: design_weight is '0', which",
        ),
        ("microdata", "\n1,1,N,", "\n1,,N,", "line 2: wave is empty"),
        ("microdata", "\n1,1,N,", "\n1,3,N,", "no margins for wave 3, only for 1, 2"),
        ("microdata", "\n1,1,N,", "\n1,1,X,", "margin ward has no residents for X"),
        ("microdata", "\n1,1,N,", "\n1,1,1,N,", "line 2: there are 9 cells, but the header has 8"),
        ("microdata", "\n1,1,N,", "\n1,N,", "line 2: there are 7 cells"),
        ("microdata", "\n1,1,N,", '\n1,"1"x,N,', "is not a table"),
        ("margins", "age_sex", "household", "match the margin 'household'"),
        ("margins", "ward,N,600", "ward,N,610", "age_sex has 1,000"),
        ("margins", "ward,N,600", "ward,N,600\n1,ward,E,5", "Nobody in the sample: E of the"),
        ("margins", "ward,N,600", "ward,N,many", "line 2: population is 'many'"),
        ("margins", "ward,N,600", "ward,N,-600", "line 2: population is '-600'"),
        ("margins", "ward,N,600", "ward,N,", "line 2: a cell is empty"),
        ("margins", "ward,N,600", "ward,S,600", "category 'S' of the margin ward twice in wave 1"),
        ("margins", "population", "people", "no column 'population'"),
        ("indicators", "kind: mean", "kind: median", "Use one of: proportion"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(bench, file, old, new, said):
    spoil(getattr(bench, file), old, new, 1)
    assert said in " ".join(refused(bench).split())


def test_an_answer_that_no_indicator_knows_is_named(bench):
    table = pd.read_csv(bench.microdata, dtype=str)
    table.loc[4, "q_safe"] = "77"
    table.to_csv(bench.microdata, index=False)
    said = refused(bench)
    assert "Line 6 of the microdata has '77' in the column q_safe" in said
    assert "know 1, 2, 9" in said


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--estimator", "jackknife", "'jackknife' is not one of 'unweighted'"),
        ("--method", "wald", "'wald' is not one of 'mean'"),
        ("--breakdown", "postcode", "no breakdown 'postcode'"),
    ],
)
def test_an_unknown_choice_is_named(bench, option, value, said):
    assert said in refused(bench, option, value)


def test_a_file_that_is_not_there_is_named(bench):
    bench.microdata.unlink()
    assert "microdata.csv' does not exist" in refused(bench)


def test_an_empty_file_is_named(bench):
    bench.margins.write_text("", "utf-8")
    assert "margins.csv is empty" in refused(bench)


def test_a_header_alone_is_named(bench):
    bench.margins.write_text("wave,margin,category,population\n", "utf-8")
    assert "has a header and no rows" in refused(bench)


def test_a_file_in_another_encoding_is_named(bench):
    bench.microdata.write_bytes(bench.microdata.read_bytes() + b"\xff\n")
    assert "is not UTF-8" in refused(bench)


def test_an_output_folder_that_is_not_there_is_named(bench):
    said = refused(bench, "--out", str(bench.folder / "nowhere" / "out.csv"))
    assert "There is no folder" in said


def test_an_output_from_before_survives_a_refusal(bench):
    bench.out.write_text("before", "utf-8")
    spoil(bench.margins, "ward,N,600", "ward,N,900")
    refused(bench)
    assert bench.out.read_text("utf-8") == "before"
