"""A zip that opens, and a description of columns that fits the table it describes."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from engage.core.export.about import About
from engage.core.export.bundle import zip_bytes
from engage.core.export.metadata import CHANGES, COLUMNS, TARGETS, csv_metadata
from engage.core.export.readme import FULL, FULL_MISSING, SAFE, SAFE_MISSING, readme
from engage.core.statistics.estimate import TIDY_COLUMNS

AT = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
ABOUT = About("Testham Council", "How safe do you feel?", "fear_of_crime", 1, "2026", AT)


def test_a_zip_opens_and_the_same_content_makes_the_same_bytes():
    made = zip_bytes({"a.csv": b"x" * 1000, "README.txt": b"hello"}, made_at=AT)

    assert made == zip_bytes({"a.csv": b"x" * 1000, "README.txt": b"hello"}, made_at=AT)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["a.csv", "README.txt"]
        assert opened.read("README.txt") == b"hello"
        assert opened.getinfo("a.csv").date_time == (2026, 11, 21, 14, 0, 0)


def test_the_description_names_the_columns_of_the_tidy_table_in_their_order():
    told = json.loads(csv_metadata(ABOUT, "x.csv", {}))

    assert told["url"] == "x.csv"
    assert [column["name"] for column in told["tableSchema"]["columns"]] == list(TIDY_COLUMNS)
    assert tuple(COLUMNS) == TIDY_COLUMNS
    assert "Wave: 2026. Questionnaire: fear_of_crime, version 1." in told["dc:description"]
    assert "Survey: How safe do you feel? Wave: 2026." in told["dc:description"]
    assert told["dc:created"] == "2026-11-21T14:00:00Z"


@pytest.mark.parametrize("columns", [CHANGES, TARGETS])
def test_the_description_of_another_table_names_its_own_columns(columns):
    told = json.loads(
        csv_metadata(ABOUT, "y.csv", {}, columns=columns, what="changes", said=["Be careful."])
    )

    assert [column["name"] for column in told["tableSchema"]["columns"]] == list(columns)
    assert told["dc:title"] == "How safe do you feel? 2026: changes"
    assert told["dc:description"].endswith("Testham Council. Be careful.")


def test_the_description_has_the_labels_of_codes():
    labels = {"indicator": {"safe": "Feels safe"}, "group": {"age": {"16": "16 to 24"}}}

    assert json.loads(csv_metadata(ABOUT, "x.csv", labels))["notes"] == [{"labels": labels}]


def test_the_text_beside_responses_says_where_they_are_from_and_what_was_promised():
    text = readme(
        ABOUT,
        files=[("a.csv", "answers")],
        said=FULL,
        missing=FULL_MISSING,
        done=["age: withheld from everyone"],
        promise=["Delete every copy by: 2026-12-01"],
    ).decode("utf-8-sig")

    lines = text.split("\r\n")
    for line in (
        "Wave: 2026",
        "Questionnaire: fear_of_crime, version 1",
        "Made: 21 November 2026, 14:00 (London time)",
        "Delete every copy by: 2026-12-01",
        "  a.csv: answers",
        "  -9  Not asked",
        "  age: withheld from everyone",
    ):
        assert line in lines
    assert "\n" not in text.replace("\r\n", "")


def test_the_text_explains_the_codes_that_occur_and_no_others():
    full, safe = (
        readme(ABOUT, files=(), said=said, missing=missing).decode("utf-8-sig")
        for said, missing in ((FULL, FULL_MISSING), (SAFE, SAFE_MISSING))
    )

    assert "  -8  Not answered" in full
    assert "-7" not in full
    assert "-6" not in full
    assert "  -6  Withheld, so that nobody can be picked out" in safe


def test_the_text_says_why_a_cell_may_start_with_an_apostrophe():
    text = readme(ABOUT, files=(), said=FULL, missing=FULL_MISSING).decode("utf-8-sig")

    assert "has an apostrophe (') in front" in text
    assert "is replaced by \ufffd" in text


def test_a_purpose_cannot_turn_the_direction_of_the_text():
    text = readme(
        ABOUT, files=(), said=FULL, missing=FULL_MISSING, promise=["Needed for: \u202ecod"]
    )

    assert "\u202e" not in text.decode("utf-8-sig")
