"""Files for statistics programs: the bytes of the plain library calls, some rows at a time."""

import io
import random
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from figures.town import GROUP_OF, GROUPS, WARDS, people
from hypothesis import given, settings, strategies as st

from engage.config import ROOT
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.load import load_definition
from engage.core.export import spans
from engage.core.export.about import About
from engage.core.export.codebook import Column
from engage.core.export.csv_file import csv_bytes
from engage.core.export.responses import WEIGHT, Areas, ResponsesFile
from engage.core.export.safe_responses import safe_responses
from engage.core.export.sav import numbers_in, spss_labels, write_sav
from engage.core.export.sav_codes import cut, names_of, numbers_of
from engage.core.export.shared_weights import Leading, adjusted, figure_of, values_of
from engage.core.indicators.load import load_indicators

ABOUT = About("Council", "Survey", "q", 1, "2026", datetime(2026, 3, 2, 9, 5, tzinfo=UTC))
DEFINITIONS = ROOT / "engage" / "definitions"
AREAS = Areas(WARDS, GROUPS, GROUP_OF)


@pytest.fixture(scope="module")
def made() -> ResponsesFile:
    survey = load_definition(DEFINITIONS / "fear_of_crime" / "v1.yaml")
    table = table_from_answers(survey, list(people(survey, 400)), day="2026-03-02")
    weights = np.random.default_rng(1).lognormal(size=400)
    return safe_responses(survey, table, AREAS, weights=weights)


def test_the_sav_is_what_pyreadstat_writes_of_the_whole_table(made, tmp_path, monkeypatch):
    monkeypatch.setattr(spans, "ROWS", 77)
    out, done = io.BytesIO(), []
    write_sav(out, made, ABOUT, done.append)
    numbers, names = numbers_in(made), names_of(made.columns)
    whole = pd.DataFrame(
        {
            names[name]: made.table[name].astype(object).map(numbers[name]).astype(float)
            if name in numbers
            else made.table[name]
            for name in names
        }
    )
    labels = spss_labels(made.columns, names, numbers)
    pyreadstat.write_sav(whole, str(tmp_path / "x.sav"), file_label="Survey 2026", **labels)

    ours, theirs = out.getvalue(), (tmp_path / "x.sav").read_bytes()
    assert done == [77, 154, 231, 308, 385, 400]
    assert ours[92:109] == b"02 Mar 2609:05:00"
    assert ours[76] == len(made.columns), "weighted by the last column"
    assert ours[:76] + ours[80:92] + ours[109:] == theirs[:76] + theirs[80:92] + theirs[109:]


texts = st.text(st.sampled_from('ab,"\r\n=-\u202e\x07 é'), max_size=4)


@settings(max_examples=150, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6, unique=True), st.data())
def test_the_csv_in_parts_is_the_csv_of_its_cells(codes, data):
    places = data.draw(st.lists(st.integers(-1, len(codes) - 1), max_size=9))
    numbers = data.draw(
        st.lists(st.floats(width=32), min_size=len(places), max_size=len(places))
        if places
        else st.just([])
    )
    numbers = [number for number in numbers if not np.isinf(number)]
    places = places[: len(numbers)]
    table = pd.DataFrame(
        {
            "a": pd.Categorical.from_codes(places, categories=pd.Index(codes, dtype=object)),
            "n": np.array(numbers, dtype=float),
        }
    )
    cells = [None if place < 0 else codes[place] for place in places]
    for columns in (("a",), ("a", "n")):
        file = ResponsesFile(tuple(Column(name, name, "x") for name in columns), table)
        plain = [int(each) if each.is_integer() else each for each in numbers]
        rows = [
            (cell,) if columns == ("a",) else (cell, n)
            for cell, n in zip(cells, plain, strict=True)
        ]
        assert file.coded() == csv_bytes(columns, rows)


def test_codes_keep_their_numbers_and_the_others_go_on_from_there():
    column = Column(
        "q", "q", "one answer", meanings=dict.fromkeys(("@not_asked", "2", "01", "dk"), "x")
    )

    assert numbers_of(column, ["9", "zz"]) == {
        "@not_asked": -9, "2": 2, "01": 10, "dk": 11, "9": 9, "zz": 12
    }  # fmt: skip


def test_names_and_labels_are_such_as_spss_takes():
    columns = [Column(name, name, "x") for name in ("with", "a-b", "a_b", "A_B", "1st", "x" * 80)]

    names = list(names_of(columns).values())

    assert names == ["q_with", "a_b", "a_b_2", "A_B_3", "q_1st", "x" * 60]
    assert cut("é" * 200, 120).encode().__len__() <= 120
    assert cut("short", 120) == "short"


def test_leading_figures_come_out_exactly_and_all_weights_together_stay(made):
    file = load_indicators(DEFINITIONS / "indicators" / "fear_of_crime.yaml")
    by_id = {each.id: each for each in file.indicators}
    names = ("safe_day", "safe_dark", "worry_crime", "asb9_mean", "would_report")
    table = made.table
    rng = random.Random(4)
    raw = table[WEIGHT].to_numpy()
    leading = [
        Leading(
            by_id[name], figure_of(values_of(by_id[name], table), raw) + rng.uniform(-0.02, 0.02)
        )
        for name in names
    ]

    weights, reached = adjusted(table, leading)

    assert reached == tuple(leading)
    assert weights.sum() == pytest.approx(raw.sum())
    assert (weights[raw > 0] > 0).all()
    for each in leading:
        assert figure_of(values_of(each.indicator, table), weights) == pytest.approx(
            each.published, abs=1e-9
        )


def test_a_figure_that_cannot_be_reached_is_not_among_those_that_come_out(made):
    file = load_indicators(DEFINITIONS / "indicators" / "fear_of_crime.yaml")
    safe = next(each for each in file.indicators if each.id == "safe_dark")

    weights, reached = adjusted(made.table, [Leading(safe, 1.0)])

    assert not reached
    assert weights.sum() == pytest.approx(made.table[WEIGHT].sum())


def test_people_who_are_alike_have_one_weight_of_two_figures(made):
    who = ["@area_group", "age_band", "connection", "sex", "ethnicity"]
    alike = made.table.groupby(who, observed=True)[WEIGHT].nunique()

    assert set(alike) == {1}
    assert all(float(f"{each:.1e}") == each for each in made.table[WEIGHT])
