"""An older list is read whole, in any usual encoding, and each broken row is named."""

import io
from collections import Counter
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from engage.core.files.decoded import UnreadableListError
from engage.core.files.sheet_rows import sheet_rows
from engage.core.files.signed_list import Broken, Fault, Listed, csv_list, signed_rows

TODAY = date(2026, 3, 2)
TEXT = "Név;E-mail;Date signed;Type\r\nZoë Ó;zoe@example.com;31/10/19;Person\r\n\r\n"
TEXT += '"Café; Ltd";shop@example.com;1 March 2020;Organisation\r\n'


def read(content: bytes) -> list:
    return list(signed_rows(csv_list(content), today=TODAY))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_list_reads_the_same_in_each_encoding(encoding):
    assert read(TEXT.encode(encoding)) == [
        Listed(2, "zoe@example.com", date(2019, 10, 31), "person"),
        Listed(4, "shop@example.com", date(2020, 3, 1), "organisation"),
    ]


def test_a_list_from_windows_keeps_its_letters():
    assert read("Name,Email\nZoë’s,zoë@example.com\n".encode("cp1252")) == [
        Listed(2, "zoë@example.com", None, "person")
    ]


def broken_list(good: int, broken: int) -> str:
    """A list with good rows and, among them, broken ones of every kind."""
    spoilt = [
        'Nobody,"never closed@example.com,2019-01-01,Person',
        "Nobody,short@example.com",
        "Nobody,,2019-01-01,Person",
        "Nobody,a@example.com,2019-02-30,Person",
        "Nobody,a@example.com,2031-01-01,Person",
        "Nobody,a@example.com,2019-01-01,Elephant",
    ]
    rows = [f'Some One,"good{each}@example.com",2019-01-01,' for each in range(good)]
    for each in range(broken):
        rows.insert(each * 3 + 1, spoilt[each % len(spoilt)])
    return "\n".join(["Name,Email,Date,Type", *rows, ""])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_500_broken_rows_are_named_and_take_no_good_row_along(encoding):
    found = read(broken_list(2000, 500).encode(encoding))
    broken = [each for each in found if isinstance(each, Broken)]
    assert [each.row for each in broken] == [3 + 3 * each for each in range(500)]
    assert Counter(each.fault for each in broken) == {
        Fault.UNREADABLE: 84,
        Fault.CELLS: 84,
        Fault.NO_ADDRESS: 83,
        Fault.DAY: 166,
        Fault.KIND: 83,
    }
    good = [each.address for each in found if isinstance(each, Listed)]
    assert good == [f"good{each}@example.com" for each in range(2000)]


def workbook(*rows: tuple) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_is_read_below_its_title_with_real_days():
    content = workbook(
        ("Pledge 2019",),
        (),
        ("Email address", "Signed on", "Notes"),
        ("a@example.com", datetime.fromisoformat("2019-10-31T09:05"), None),
        ("b@example.com", "01.02.2019 10:15", "=1+1"),
        (None, None, None),
        ("c@example.com", 17, None),
    )
    assert list(signed_rows(sheet_rows(content), today=TODAY, short=True)) == [
        Listed(4, "a@example.com", date(2019, 10, 31), "person"),
        Listed(5, "b@example.com", date(2019, 2, 1), "person"),
        Broken(7, Fault.DAY),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "No column of e-mail addresses"),
        (b"Name,Telephone\nA,1\n", "No column of e-mail addresses"),
        (b"Email,E-mail address\na@example.com,b@example.com\n", "Columns 1, 2 could each"),
        (b"Email\n" + bytes([0x81, 0x8D, 0xFF]) + b"\n", "none of the encodings"),
        (b"Email\n" + b"a@example.com\n" * 200_001, "more than 200,000 rows"),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(content, said):
    with pytest.raises(UnreadableListError, match=said):
        read(content)


def test_a_packed_file_that_is_no_workbook_is_refused():
    whole = workbook(("Email",), ("a@example.com",))
    for content in (b"PK\x03\x04", whole[: len(whole) // 2], b"PK\x03\x04" + b"x" * 500):
        with pytest.raises(UnreadableListError, match="no workbook"):
            list(sheet_rows(content))
