"""A CSV that spreadsheets and statistics programs read alike, and that runs nothing."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from engage.core.export.csv_file import FORMULA, REPLACEMENT, TURNING, csv_bytes


def read(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_it_has_one_header_row_the_mark_of_utf_8_and_lines_as_the_standard_says():
    made = csv_bytes(("name", "n"), [("Zoë, of Wood Lane", 3), ('said "no"', 0.1)])

    assert made == (
        b"\xef\xbb\xbfname,n\r\n" + '"Zoë, of Wood Lane",3\r\n'.encode() + b'"said ""no""",0.1\r\n'
    )


def test_what_is_absent_is_empty_and_numbers_are_written_in_full():
    made = csv_bytes(("a", "b", "c", "d"), [(None, float("nan"), 1 / 3, -4)])

    assert read(made)[1] == ["", "", "0.3333333333333333", "-4"]
    assert pd.read_csv(io.BytesIO(made))["c"][0] == 1 / 3


@pytest.mark.parametrize("sign", FORMULA)
def test_a_text_that_would_run_as_a_formula_is_made_harmless(sign):
    said = f'{sign}HYPERLINK("https://attacker.example")'

    assert read(csv_bytes(("said",), [(said,)]))[1] == [f"'{said}"]
    assert read(csv_bytes((said,), []))[0] == [f"'{said}"]


def test_the_sign_of_a_target_that_holds_is_no_formula():
    made = csv_bytes(("operator",), [("=",), ("<=",), ("==",)])

    assert read(made)[1:] == [["="], ["<="], ["'=="]]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_every_other_text_comes_back_as_it_was(rows):
    hidden = {*TURNING, *map(chr, range(32)), *map(chr, range(0x7F, 0xA0))} - {*"\t\r\n"}
    table = str.maketrans(dict.fromkeys(hidden, REPLACEMENT))
    wild = [[text.translate(table) for text in row] for row in rows]

    found = read(csv_bytes(("a", "b"), rows))[1:]

    expected = [[f"'{t}" if t.startswith(FORMULA) and t != "=" else t for t in row] for row in wild]
    assert found == expected


@pytest.mark.parametrize("sign", ["\a", "\0", "\x1b", "\x85", "\u202e", "\u2066", "\u200f"])
def test_what_cannot_be_seen_and_misleads_is_replaced_by_a_mark(sign):
    assert read(csv_bytes(("said",), [(f"cod{sign}exe\r\n\tand more",)]))[1] == [
        "cod\ufffdexe\r\n\tand more"
    ]


def test_a_row_of_another_length_and_two_columns_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Row 2 has 1 cells for 2 columns"):
        csv_bytes(("a", "b"), [(1, 2), (3,)])
    with pytest.raises(ValueError, match="Two columns are called a"):
        csv_bytes(("a", "b", "a"), [])
