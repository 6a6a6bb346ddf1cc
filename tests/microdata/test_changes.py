"""Comparisons of two waves by the command, against R's survey package.

tests/reference/waves holds the files, R's figures and reference.R, which makes them, in short:

    design <- rake(svydesign(ids = ~1, strata = ~wave, weights = ~base_weight, data = data), ...)
    svycontrast(svytotal(~yes1 + in1 + yes2 + in2, design), quote(yes2 / in2 - yes1 / in1))
    svydesign(ids = ~id, ...)   # the same people in both waves, for panel.csv
    p.adjust(p, "BH")
"""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from engage.core.indicators.compare import AREAS, Comparison
from engage.core.indicators.model import Areas
from engage.core.statistics.difference import Difference
from engage.microdata.changes import safe
from engage.microdata.commands import analyse

FOLDER = Path(__file__).parents[1] / "reference" / "waves"
KEYS = ["type", "estimator", "indicator", "group_by", "group"]


def read(path):
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


@pytest.fixture
def waves(tmp_path):
    """The command on the reference waves, and readers of what it wrote."""

    def run(*extra, **instead):
        files = {
            "microdata": FOLDER / "microdata.csv",
            "margins": FOLDER / "margins.csv",
            "indicators": FOLDER / "indicators.yaml",
            "out": tmp_path / "out.csv",
            "changes": tmp_path / "changes.csv",
            "tests": tmp_path / "tests.csv",
        } | instead
        options = [part for name, path in files.items() for part in (f"--{name}", str(path))]
        return CliRunner().invoke(analyse, [*options, "--method", "mean", *extra])

    return SimpleNamespace(
        run=run,
        folder=tmp_path,
        changes=lambda: read(tmp_path / "changes.csv"),
        tests=lambda: read(tmp_path / "tests.csv"),
    )


def assert_as_r(ours, file, rows):
    theirs = read(FOLDER / file)
    both = theirs.merge(ours, on=KEYS, suffixes=("_r", ""), validate="1:1")
    assert len(both) == len(theirs) == rows
    for column in theirs.columns.drop(KEYS):
        pd.testing.assert_series_equal(
            both[column].astype(float),
            both[f"{column}_r"].astype(float),
            check_names=False,
            rtol=1e-9,
            atol=1e-13,
        )


def test_the_changes_have_exactly_the_agreed_columns(waves):
    waves.run("--estimator", "rake")
    assert (waves.folder / "changes.csv").read_text("utf-8").splitlines()[0] == (
        "type,estimator,indicator,group_by,group,target,estimate,se,z,p_z,df,p_t,low,high,n1,n2,"
        "se_independent"
    )


def test_every_comparison_of_independent_waves_is_that_of_r(waves):
    assert waves.run().exit_code == 0
    assert_as_r(waves.changes(), "diff.csv", 208)


def test_every_change_of_the_same_people_is_that_of_r(waves):
    result = waves.run("--panel", "id")
    assert "150 respondents are in both waves" in result.stderr
    assert_as_r(waves.changes(), "panel.csv", 120)


def test_p_values_are_adjusted_within_their_table_and_kept_raw(waves):
    waves.run("--estimator", "rake")
    tests = waves.tests().query("family == 'wave_diff by ward, rake'")
    assert set(tests["tests"]) == {20}
    assert set(tests["adjustment"]) == {"benjamini_hochberg"}
    from_r = read(FOLDER / "adjusted.csv").merge(tests, on=["indicator", "group"])
    assert len(from_r) == 20
    assert from_r["p_adjusted"].to_numpy() == pytest.approx(from_r["benjamini_hochberg"])
    assert from_r["p_t"].to_numpy() == pytest.approx(from_r["p"])


def test_small_families_are_adjusted_by_holm(waves):
    waves.run("--estimator", "rake")
    tests = waves.tests().query("family == 'did by area, rake'")
    assert set(tests["adjustment"]) == {"holm"}


def test_targets_have_a_verdict_and_what_the_next_wave_could_show(waves):
    waves.run("--estimator", "rake")
    tests = waves.tests().query("type == 'vs_target'").set_index("indicator")
    errors = waves.changes().query("type == 'vs_target'").set_index("indicator")["se"]
    assert set(tests.index) == {"safe", "drugs_problem"}
    assert tests["verdict"].str.contains("met").all()
    assert (tests["smallest_detectable"] / errors).tolist() == pytest.approx([3.962] * 2, rel=1e-3)


def test_targets_from_a_file_come_before_those_of_the_indicators(waves):
    targets = waves.folder / "targets.csv"
    targets.write_text("indicator,operator,value,year\nsafe,>=,0.05,2027\n", "utf-8")
    waves.run("--estimator", "rake", "--targets", str(targets))
    row = waves.tests().query("type == 'vs_target' and indicator == 'safe'").iloc[0]
    assert row["verdict"] == "met"
    assert waves.changes().query("type == 'vs_target'")["target"].tolist() == [0.05, 0.45]


def test_areas_can_be_chosen_on_the_command_line(waves):
    waves.run(
        *("--estimator", "rake", "--areas", "sex", "--treated", "F", "--control", "M"),
    )
    did = waves.changes().query("type == 'did' and indicator == 'safe'").iloc[0]
    women, men = (
        waves.changes()
        .query(f"type == 'wave_diff' and indicator == 'safe' and group == '{sex}'")["estimate"]
        .item()
        for sex in "FM"
    )
    assert did["estimate"] == pytest.approx(women - men)


def test_suppressed_changes_leave_out_whatever_the_table_hides(waves):
    result = waves.run("--estimator", "rake", "--suppress")
    assert "left out, to keep people private" in result.stderr
    shown = read(waves.folder / "out.csv")
    hidden = shown[shown["flag"].fillna("").str.contains("[c]", regex=False)]
    assert len(hidden)
    told = set(waves.changes()[["indicator", "group_by", "group"]].itertuples(index=False))
    assert told
    assert not told & set(hidden[["indicator", "breakdown", "group"]].itertuples(index=False))


@pytest.mark.parametrize(("hidden", "kept"), [("W9", 1), ("W1", 0), ("W3", 0)])
def test_arms_are_left_out_when_one_of_their_areas_is_hidden(hidden, kept):
    areas = Areas("ward", frozenset(["W1", "W2"]), frozenset(["W3"]))
    arms = tuple((wave, AREAS, arm) for wave in "12" for arm in "TC")
    gap = Difference(0.1, 0.05, 2, 0.04, 98, 0.04, 0, 0.2, 50, 50, 0.05)
    did = Comparison("did", "rake", "safe", AREAS, "T-C", gap, 50, arms)
    wards = [(wave, "ward", ward) for wave in "12" for ward in ("W1", "W2", "W3", "W9")]
    shown = pd.DataFrame([*arms, *wards], columns=["wave", "breakdown", "group"])
    shown["indicator"] = "safe"
    shown["flag"] = np.where((shown["group"] == hidden) & (shown["wave"] == "2"), "[c]", "")
    comparisons, notes = safe([did], shown, areas)
    assert len(comparisons) == kept
    assert len(notes) == 1 - kept


def test_groups_of_one_person_are_left_out_and_named(waves):
    people = read(FOLDER / "microdata.csv")
    people.loc[(people["wave"] == 2) & (people["ward"] == "W4"), "q_safe"] = 9
    path = waves.folder / "people.csv"
    people.to_csv(path, index=False)
    result = waves.run("--estimator", "rake", microdata=path)
    assert "wave_diff of safe for ward W4" in result.stderr
    assert waves.changes().query("indicator == 'safe' and group == 'W4'").empty
    assert waves.changes()["estimate"].notna().all()


def test_a_constant_answer_is_told_to_have_no_test(waves):
    people = read(FOLDER / "microdata.csv").assign(litter=1)
    path = waves.folder / "people.csv"
    people.to_csv(path, index=False)
    result = waves.run("--estimator", "rake", microdata=path)
    assert "everybody on either side answered alike" in result.stderr
    rows = waves.changes().query("indicator == 'litter_problem'")
    assert (rows[["estimate", "se", "low", "high"]] == 0).all(axis=None)
    assert rows["p_t"].isna().all()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--treated", "W9", "--control", "W1"), "Nobody in the data is in W9 of ward"),
        (("--treated", "W1", "--control", "W1"), "W1 cannot be both"),
        (("--treated", "W1"), "at least one treated and one control"),
        (("--areas", "parish", "--treated", "W1", "--control", "W2"), "no column 'parish'"),
        (("--panel", "badge"), "no column 'badge' to know respondents by"),
    ],
)
def test_comparisons_that_cannot_be_made_are_named(waves, options, said):
    result = waves.run("--estimator", "rake", *options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not list(waves.folder.glob("*.csv"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("unknown,>=,0.5", "'unknown' is not in the indicator file"),
        ("safe,>=,0.5\nsafe,>=,0.6", "line 3: the indicator 'safe' is twice"),
        ("safe,>,0.5", "'>' is no operator"),
        ("safe,<=,0.5", "<= does not fit safe, of which higher is better"),
        ("safe,>=,72", "72 is not a share from 0 to 1"),
        ("safe,>=,many", "value is 'many'"),
    ],
)
def test_targets_that_cannot_be_meant_are_named(waves, line, said):
    targets = waves.folder / "targets.txt"
    targets.write_text(f"indicator,operator,value\n{line}\n", "utf-8")
    result = waves.run("--estimator", "rake", "--targets", str(targets))
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_one_wave_has_nothing_to_be_compared_with(waves):
    path = waves.folder / "people.txt"
    read(FOLDER / "microdata.csv").query("wave == 1").to_csv(path, index=False)
    result = waves.run("--estimator", "rake", microdata=path)
    assert "need two waves" in result.stderr


def test_a_pair_of_groups_that_is_not_there_is_named(waves):
    path = waves.folder / "indicators.yaml"
    text = (FOLDER / "indicators.yaml").read_text("utf-8")
    path.write_text(text.replace("first: M", "first: X"), "utf-8")
    result = waves.run("--estimator", "rake", indicators=path)
    assert "Nobody in the microdata is 'X' of sex, which has F, M" in result.stderr


def test_options_of_comparisons_need_a_file_to_write_to(bench):
    assert "no --changes FILE" in bench.run("--panel", "id").stderr
