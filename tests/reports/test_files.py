"""Evidence: it comes back byte for byte, to those who may see it, or it is said to be broken."""

import hashlib

import pytest
from caseload import put_report
from sqlalchemy import delete, func, select, update
from staff import PASSWORD, make_keyholder, make_recovery

from engage.accounts.models import Role
from engage.extensions import db
from engage.keyring.held import Held
from engage.keyring.staff_keys import open_private
from engage.reports.files import (
    MOST,
    NoSuchFileError,
    TooManyFilesError,
    fetch,
    listed,
    put,
    remove,
)
from engage.reports.models import ReportChunk
from engage.reports.opened import rings_of_staff
from engage.seals.broken import BrokenSealError

PIECE = 256 * 1024
PHOTO = bytes(range(256)) * 2500  # three pieces, the last of them not full
CLEAN = PHOTO[: PIECE - 1]


@pytest.fixture
def kept(app, clock):
    """A connection, a report and a caseworker's keys of it."""
    make_recovery(app)
    worker = make_keyholder(app, Role.CASEWORKER)
    report_id, connection = put_report(), db.session.connection()
    held = Held(worker.id, open_private(db.session(), worker.id, PASSWORD))
    return connection, report_id, rings_of_staff(connection, held, report_id)


def test_a_file_comes_back_whole_to_those_who_may_see_it(kept):
    connection, report_id, rings = kept
    about = {"name": "bruise.jpg", "kind": "image/jpeg"}
    file_id = put(connection, report_id, rings, about, original=PHOTO, clean=CLEAN)
    bare = put(connection, report_id, rings, {}, original=b"", clean=None, ring="content")
    found, content = fetch(connection, report_id, rings, file_id, "original")
    assert content == PHOTO
    assert found.about == about | {
        "size": len(PHOTO),
        "sha256": hashlib.sha256(PHOTO).hexdigest(),
        "clean_size": len(CLEAN),
    }
    assert fetch(connection, report_id, rings, file_id, "clean")[1] == CLEAN
    assert fetch(connection, report_id, rings, bare, "original")[1] == b""
    assert {each.id for each in listed(connection, report_id, rings)} == {file_id, bare}
    assert [each.id for each in listed(connection, report_id, rings.only("content"))] == [bare]
    lengths = set(connection.scalars(select(func.length(ReportChunk.sealed))))
    assert all((length - 40) % (64 * 1024) == 0 for length in lengths), "lengths tell little"
    for asked in (
        (report_id, rings, bare, "clean"),
        (report_id, rings.only("content"), file_id, "original"),
        ("f" * 32, rings, file_id, "original"),
    ):
        with pytest.raises(NoSuchFileError):
            fetch(connection, *asked)


def test_a_file_with_a_piece_missing_swapped_or_changed_is_not_given(kept):
    connection, report_id, rings = kept
    file_id = put(connection, report_id, rings, {}, original=PHOTO, clean=CLEAN)
    chunk = ReportChunk.__table__.c
    [first, second] = connection.scalars(
        select(chunk.sealed)
        .where(chunk.copy == "original", chunk.number < 2)
        .order_by(chunk.number)
    )
    for number, forged in ((0, second), (0, first[:-1] + bytes([first[-1] ^ 1]))):
        here = (chunk.number == number) & (chunk.copy == "original")
        connection.execute(update(ReportChunk).where(here).values(sealed=forged))
        with pytest.raises(BrokenSealError):
            fetch(connection, report_id, rings, file_id, "original")
        connection.execute(update(ReportChunk).where(here).values(sealed=first))
    connection.execute(delete(ReportChunk).where(chunk.number == 2, chunk.copy == "original"))
    with pytest.raises(BrokenSealError, match="missing"):
        fetch(connection, report_id, rings, file_id, "original")


def test_a_report_has_five_files_and_no_more(kept):
    connection, report_id, rings = kept
    ids = [put(connection, report_id, rings, {}, original=b"x", clean=None) for _ in range(MOST)]
    with pytest.raises(TooManyFilesError):
        put(connection, report_id, rings, {}, original=b"x", clean=None)
    remove(connection, report_id, ids[0])
    put(connection, report_id, rings, {}, original=b"x", clean=None)
    assert connection.scalar(select(func.count()).select_from(ReportChunk)) == MOST
