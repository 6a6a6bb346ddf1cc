"""A zip that opens, and a description of columns that fits the table it describes."""

import io
import json
import zipfile
from datetime import UTC, datetime

from engage.core.export.about import About
from engage.core.export.bundle import zip_bytes
from engage.core.export.metadata import COLUMNS, csv_metadata
from engage.core.export.readme import FULL, readme
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
    told = json.loads(csv_metadata(ABOUT, "x.csv"))

    assert told["url"] == "x.csv"
    assert [column["name"] for column in told["tableSchema"]["columns"]] == list(TIDY_COLUMNS)
    assert tuple(COLUMNS) == TIDY_COLUMNS
    assert "Wave: 2026. Questionnaire: fear_of_crime, version 1." in told["dc:description"]
    assert told["dc:created"] == "2026-11-21T14:00:00Z"


def test_the_text_beside_responses_says_where_they_are_from_and_what_was_promised():
    text = readme(
        ABOUT,
        files=[("a.csv", "answers")],
        said=FULL,
        done=["age: withheld from everyone"],
        promise=["Delete every copy by: 2026-12-01"],
    ).decode("utf-8-sig")

    lines = text.split("\r\n")
    for line in (
        "Wave: 2026",
        "Questionnaire: fear_of_crime, version 1",
        "Made: 21 November 2026, 14:00 UTC",
        "Delete every copy by: 2026-12-01",
        "  a.csv: answers",
        "  -9  Not asked",
        "  age: withheld from everyone",
    ):
        assert line in lines
    assert "\n" not in text.replace("\r\n", "")
