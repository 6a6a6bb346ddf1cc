"""An accessible workbook that other programs open: openpyxl for its marks, LibreOffice for all."""

import io
import time
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from engage.core.export.about import About
from engage.core.export.cells import (
    Chance,
    Percent,
    Points,
    PointsMoved,
    Score,
    ScoreMoved,
    WholePercent,
)
from engage.core.export.ods import ods_bytes
from engage.core.export.sheets import Book, Heading, Sheet, Subtitle
from engage.core.export.workbook import workbook_bytes

ABOUT = About(
    council="Testham Council",
    title="How safe do you feel?",
    questionnaire="fear_of_crime",
    version=1,
    wave="Spring 2026",
    made_at=datetime(2026, 11, 21, 14, 0, tzinfo=UTC),
)
FIGURES = Sheet(
    name="By age",
    title="Figures by age",
    table="figures_age",
    headings=(Heading("Indicator", 40), Heading("Estimate"), Heading("People"), Heading("Score")),
    rows=[
        ("Feels safe", Percent(0.7254), 1024, 3.25),
        ("=1+1", "[c]", "[c]", "[c]"),
    ],
    lines=("This worksheet has one table.",),
)


BOOK = Book(ABOUT, "Figures of a test", (Subtitle("How to read it"), "Be careful."), (FIGURES,))


def book_of(*sheets: Sheet) -> Book:
    return Book(ABOUT, "x", (), sheets)


@pytest.fixture
def made() -> bytes:
    return workbook_bytes(BOOK)


@pytest.mark.parametrize("written", [workbook_bytes, ods_bytes])
def test_another_program_reads_the_same_values(written, libreoffice):
    sheets = libreoffice(written(BOOK))

    assert set(sheets) == {"Cover", "Contents", "By age"}
    assert sheets["By age"] == [
        ["Figures by age", "", "", ""],
        ["This worksheet has one table.", "", "", ""],
        ["Indicator", "Estimate", "People", "Score"],
        ["Feels safe", "72.54%", "1024", "3.25"],
        ["=1+1", "[c]", "[c]", "[c]"],
    ]
    cover = [row[0] for row in sheets["Cover"]]
    assert cover[0] == "Figures of a test"
    assert "Wave: Spring 2026" in cover
    assert "Questionnaire: fear_of_crime, version 1" in cover
    assert "Made: 21 November 2026, 14:00 (London time)" in cover
    assert sheets["Contents"][-1] == ["By age", "Figures by age"]


def test_it_is_marked_up_for_people_who_cannot_see_it(made):
    book = openpyxl.load_workbook(io.BytesIO(made))

    assert book.sheetnames == ["Cover", "Contents", "By age"]
    for sheet in book.worksheets:
        assert sheet["A1"].value
        assert not sheet.merged_cells.ranges
        assert not any(row[0].value is None for row in sheet.iter_rows()), "no blank rows"
    page = book["By age"]
    assert dict(page.tables.items()) == {"figures_age": "A3:D5"}
    assert [column.name for column in page.tables["figures_age"].tableColumns] == [
        cell.value for cell in page[3]
    ]
    assert page.freeze_panes is None
    assert not any(each.oddFooter.left.text or each.oddHeader.left.text for each in book)
    assert {each["A1"].style for each in book} == {"Heading 1"}
    assert book["Cover"]["A7"].style == "Heading 2"
    assert page["A4"].alignment.wrap_text
    assert page.column_dimensions["A"].width == pytest.approx(40, abs=1)
    link = book["Contents"]["A4"].hyperlink or book["Contents"]["A3"].hyperlink
    assert link.location == "'By age'!A1"


def test_rows_are_as_high_as_their_texts_are_long(made):
    headings = (Heading("A heading of several words", 10), Heading("b", 40))
    sheet = Sheet("x", "x", "x", headings, [("short", "word " * 20), ("short", 1)])
    book = workbook_bytes(book_of(sheet))

    rows = openpyxl.load_workbook(io.BytesIO(book))["x"].row_dimensions

    assert [rows[number].height for number in (2, 3, 4)] == [49.5, 49.5, 16.5]


def test_numbers_are_numbers_and_a_formula_is_a_text(made):
    page = openpyxl.load_workbook(io.BytesIO(made))["By age"]

    assert (page["B4"].value, page["B4"].number_format) == (0.7254, "0.0%")
    assert (page["C4"].value, page["C4"].number_format) == (1024, "#,##0")
    assert (page["D4"].value, page["D4"].number_format) == (3.25, "0.00")
    assert page["A5"].data_type == "s"


def test_each_kind_of_number_is_shown_in_its_own_way_and_kept_in_full(libreoffice):
    cells = {
        PointsMoved(6.44): "+6.4",
        PointsMoved(-6.44): "\u22126.4",
        PointsMoved(0): "0.0",
        ScoreMoved(-0.127): "\u22120.13",
        WholePercent(0.17): "17%",
        Points(4.26): "4.3",
        Points(-0.04): "0.0",
        Score(-0.004): "0.00",
        Chance(0.0412): "0.041",
        Chance(0.0002): "under 0.001",
    }
    sheet = Sheet("x", "x", "x", (Heading("a"),), [(cell,) for cell in cells])
    book = book_of(sheet)

    page = openpyxl.load_workbook(io.BytesIO(workbook_bytes(book)))["x"]
    assert [row[0] for row in page.iter_rows(min_row=3, values_only=True)] == [*cells]
    for made in (workbook_bytes(book), ods_bytes(book)):
        assert [row[0] for row in libreoffice(made, shown=True)["x"][2:]] == [*cells.values()]


def test_the_open_document_marks_its_tables_headings_and_language():
    made = ods_bytes(BOOK)

    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.namelist()[0] == "mimetype"
        parts = {name: package.read(name) for name in package.namelist()}
    for name in ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"):
        ET.fromstring(parts[name])
    content = parts["content.xml"].decode()
    where = "&#x27;By age&#x27;.A3:&#x27;By age&#x27;.D5"
    assert f'table:name="figures_age" table:target-range-address="{where}"' in content
    assert content.count("<table:table-header-rows>") == 2
    assert content.count('"Heading_20_1"') == 3
    assert '<text:a xlink:type="simple" xlink:href="#&#x27;By age&#x27;.A1">By age' in content
    assert b"<dc:language>en-GB</dc:language>" in parts["meta.xml"]


@pytest.mark.parametrize("written", [workbook_bytes, ods_bytes])
def test_the_same_workbook_gives_the_same_bytes_whenever_it_is_written(written, monkeypatch):
    first = written(BOOK)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 7200)

    assert written(BOOK) == first


def test_its_properties_name_it(made):
    properties = openpyxl.load_workbook(io.BytesIO(made)).properties

    assert properties.title == "Figures of a test"
    assert properties.creator == "Testham Council"
    assert properties.language == "en-GB"
    assert properties.created.isoformat() == "2026-11-21T14:00:00"


def test_a_sheet_with_an_empty_cell_or_two_equal_headings_is_refused():
    blank = Sheet("x", "x", "x", (Heading("a"), Heading("b")), [("", 1)])
    twice = Sheet("x", "x", "x", (Heading("a"), Heading("a")), [])

    long = Sheet("x", "x", "x", (Heading("a"),), [], lines=("line",) * 5)

    with pytest.raises(ValueError, match="has 5 lines above its table"):
        workbook_bytes(book_of(long))
    with pytest.raises(ValueError, match="Row 1 of the sheet 'x' has an empty"):
        workbook_bytes(book_of(blank))
    with pytest.raises(ValueError, match="headings that are empty or not unique"):
        workbook_bytes(book_of(twice))


def test_it_prints_one_page_wide_with_the_headings_on_every_page(made):
    book = openpyxl.load_workbook(io.BytesIO(made))

    for page in book.worksheets:
        assert page.page_setup.orientation == "landscape"
        assert int(page.page_setup.paperSize) == 9
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToWidth in {None, 1}, "one page wide, which is the default"
        assert page.page_setup.fitToHeight == 0, "and as many high as it takes"
    assert book["By age"].print_title_rows == "$3:$3"


def test_a_wide_table_prints_on_a3_and_heads_stand_as_their_numbers_do():
    headings = (Heading("Words", 120), Heading("Number", 120))
    sheet = Sheet("Wide", "x", "x", headings, [("a", 1)])

    page = openpyxl.load_workbook(io.BytesIO(workbook_bytes(book_of(sheet))))["Wide"]
    assert int(page.page_setup.paperSize) == 8
    assert page["B2"].alignment.horizontal == page["B3"].alignment.horizontal == "right"
    assert {page[cell].font.name for cell in ("A1", "A2", "B3")} == {"Arial"}
    with zipfile.ZipFile(io.BytesIO(ods_bytes(book_of(sheet)))) as package:
        content = package.read("content.xml").decode()
    assert 'table:name="Wide" table:style-name="PageWide"' in content
    assert 'table:name="Cover" table:style-name="Page"' in content
    assert 'table:style-name="HeadNumber"' in content


def test_what_cannot_be_seen_and_misleads_is_replaced_by_a_mark():
    sheet = Sheet("x", "x", "x", (Heading("a"),), [("cod\u202eexe\a",)])
    made = workbook_bytes(book_of(sheet))

    assert openpyxl.load_workbook(io.BytesIO(made))["x"]["A3"].value == "cod\ufffdexe\ufffd"


def test_interim_and_made_up_files_say_so():
    lines = About("C", "T", "q", 2, "w", ABOUT.made_at, interim=True, made_up=True).lines()

    assert "Interim: the wave was still open, so these figures will change." in lines
    assert "Made up: every answer in it is invented, for trying things out." in lines
    assert "By: C" in lines
    assert not any(
        line.startswith("By:") for line in About("", "T", "q", 2, "w", ABOUT.made_at).lines()
    )


def test_the_time_is_that_of_the_clocks_on_the_wall():
    summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert "Made: 1 July 2026, 00:30 (London time)" in About("C", "T", "q", 2, "w", summer).lines()


def test_a_file_name_is_safe_on_every_system():
    about = About("C", "T", "fear_of_crime", 3, "Spring/Summer: “26”", ABOUT.made_at)

    name = about.file_name("indicators", "csv")

    assert name == "fear-of-crime_Spring-Summer-26_v3_indicators_20261121T1400Z.csv"
    assert (
        About("C", "T", "q", 1, "春", ABOUT.made_at).file_name("x", "zip").startswith("q_wave_v1")
    )
    longest = About("C", "T", "q" * 60, 999, "w" * 60, ABOUT.made_at)
    assert len(longest.file_name("responses-full", "csv-metadata.json")) <= 120
