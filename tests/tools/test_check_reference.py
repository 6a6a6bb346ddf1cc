"""The check against R's figures passes on the reference set, and fails when a figure is wrong."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from tools.check_reference import main

FOLDER = Path(__file__).parents[1] / "reference" / "waves"


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "waves"
    shutil.copytree(FOLDER, copy)
    return copy


def test_the_reference_set_is_right(folder, capsys):
    assert main([str(folder)]) == 0
    told = capsys.readouterr().out
    assert "diff.csv: 208 rows" in told
    assert "Missing or wrong: 0 of" in told


@pytest.mark.parametrize("column", ["estimate", "se", "low", "p_t", "n1"])
def test_one_wrong_figure_is_found_and_named(folder, capsys, column):
    table = pd.read_csv(folder / "diff.csv")
    table.loc[7, column] += 1 if column == "n1" else 1e-5
    table.to_csv(folder / "diff.csv", index=False)
    assert main([str(folder)]) == 1
    told = capsys.readouterr().out
    assert "Missing or wrong: 1 of" in told
    row = " ".join(str(each) for each in table.loc[7, "type":"group"])
    assert row in told


def test_a_missing_row_is_found(folder, capsys):
    table = pd.read_csv(folder / "diff.csv")
    table.loc[7, "group"] = "nowhere"
    table.to_csv(folder / "diff.csv", index=False)
    assert main([str(folder)]) == 1


def test_a_folder_without_figures_of_r_is_refused(folder, capsys):
    (folder / "diff.csv").unlink()
    assert main([str(folder)]) == 2
    assert "neither expected.csv nor diff.csv" in capsys.readouterr().err
