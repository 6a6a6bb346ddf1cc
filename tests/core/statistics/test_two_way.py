"""Two-way tables against R's survey package: shares, errors, differences and the test."""

import csv
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from programs import needs

from engage.core.statistics.factor import Factor, cross, factor_of
from engage.core.statistics.independence import independence
from engage.core.statistics.margins import Margin
from engage.core.statistics.sample import take_sample
from engage.core.statistics.schemes import schemes
from engage.core.statistics.two_way import against_rest, shares_within, two_way

FOLDER = Path(__file__).parents[2] / "reference" / "tables"
WAVES = FOLDER.parent / "waves"


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text().splitlines()))


@pytest.fixture(scope="module")
def wave():
    """The people of the first wave, and a sample by each estimator."""
    people = pd.read_csv(WAVES / "microdata.csv", dtype=str).query("wave == '1'")
    known = pd.read_csv(WAVES / "margins.csv", dtype=str).query("wave == '1'")
    margins = [
        Margin(name, dict(zip(rows["category"], rows["population"].astype(float), strict=True)))
        for name, rows in known.groupby("margin", sort=True)
    ]
    factors = {name: factor_of(name, people[name]) for name in ("ward", "sex", "age_band")}
    labels = {
        "ward": factors["ward"],
        "age_sex": cross("age_sex", [factors["age_band"], factors["sex"]]),
    }
    samples = {
        "unweighted": take_sample(len(people)),
        "rake": take_sample(
            len(people), margins=margins, labels=labels,
            design_weights=people["design_weight"].astype(float).to_numpy(),
        ),
    }  # fmt: skip
    answers = {
        "safe": kept("safe", people["q_safe"], 5),
        "rubbish": kept("rubbish", people["litter"], 4),
    }
    return samples, factors | answers


def kept(name: str, column: pd.Series, most: int) -> Factor:
    codes = [str(code) for code in range(1, most + 1)]
    place = {code: at for at, code in enumerate(codes)}
    return Factor(name, tuple(codes), np.array([place.get(each, -1) for each in column]))


def table_of(wave, row: dict[str, str]):
    samples, factors = wave
    sample = samples[row["estimator"]]
    (scheme,) = schemes(sample, [row["estimator"]])
    women = factors["sex"].codes == factors["sex"].categories.index("F")
    inside = women.astype(np.int64) if row["who"] == "F" else None
    return two_way(sample, scheme, factors[row["rows"]], factors[row["columns"]], inside)


def test_the_test_is_that_of_svychisq(wave):
    for row in rows_of("tests.csv"):
        made = independence(table_of(wave, row))
        wanted = [float(row[name]) for name in ("f", "df1", "df2", "p")]
        found = [made.f, made.first_degrees, made.second_degrees, made.p]
        assert found == pytest.approx(wanted, rel=1e-8), row


def test_every_share_and_difference_has_the_error_that_r_gives(wave):
    held: dict[tuple, tuple] = {}
    for row in rows_of("cells.csv"):
        key = tuple(row[name] for name in ("estimator", "rows", "columns", "who"))
        if key not in held:
            table = table_of(wave, row)
            held[key] = (
                table, shares_within(table)[0], shares_within(table, of_columns=True)[0],
                against_rest(table),
            )  # fmt: skip
        table, shares, columns, (gap, spread, _people) = held[key]
        at = table.rows.index(row["row"]) * len(table.columns) + table.columns.index(row["column"])
        found = [shares.value[at], columns.value[at], gap[at]]
        found += np.sqrt([shares.variance[at], columns.variance[at], spread[at]]).tolist()
        wanted = [float(row[n]) for n in ("share", "column_share", "gap")]
        wanted += [float(row[n]) for n in ("share_se", "column_se", "gap_se")]
        assert found == pytest.approx(wanted, rel=1e-8, abs=1e-11), row


def test_r_gives_the_stored_figures_again(tmp_path):
    program = needs("Rscript", "r-cran-survey")
    shutil.copytree(FOLDER.parent / "waves", tmp_path / "waves")
    shutil.copytree(FOLDER, tmp_path / "tables")
    subprocess.run([program, "tables.R"], cwd=tmp_path / "tables", check=True, capture_output=True)
    for name in ("tests.csv", "cells.csv"):
        again = pd.read_csv(tmp_path / "tables" / name)
        pd.testing.assert_frame_equal(again, pd.read_csv(FOLDER / name), rtol=1e-9)


def test_a_table_of_one_row_has_shares_and_no_test():
    sample = take_sample(40)
    (scheme,) = schemes(sample, ["unweighted"])
    yes = Factor("yes", ("no", "yes"), np.arange(40) % 2)
    table = two_way(sample, scheme, Factor("all", ("all",), np.zeros(40, dtype=np.int64)), yes)
    assert not independence(table).tested
    assert shares_within(table)[0].value.tolist() == [0.5, 0.5]
    assert np.isnan(against_rest(table)[0]).all()
