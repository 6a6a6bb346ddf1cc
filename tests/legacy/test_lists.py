"""An older list is taken whole or not at all, once, quickly, and nobody on it can be written to."""

import os
import stat
import time
from datetime import UTC, date, datetime

import pytest
from flask import current_app
from pledged import ask, make_pledge, press, signed_by
from sqlalchemy import func, select

from engage.audit.models import AuditEvent
from engage.contacts.models import Contact
from engage.extensions import db
from engage.legacy import batches, kept_files, lists
from engage.legacy.report import read_report
from engage.pledges import counts
from engage.pledges.models import Signature, SignatureBatch, Source

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = date(2019, 10, 31)


def settings():
    return current_app.extensions["settings"]


def bring(pledge: int, content: bytes) -> int:
    """An uploaded list as the page leaves it."""
    batch = batches.open_batch(
        db.session(),
        pledge_id=pledge,
        source=Source.LEGACY,
        origin="Sign-up sheets 2019",
        digest="d" * 64,
        day=DAY,
        staff_id=None,
        now=NOW,
    )
    db.session.commit()
    kept_files.keep(settings().instance_dir, batch.id, content)
    return batch.id


def work(handler, batch: int) -> SignatureBatch:
    handler(db.session(), {"batch": batch}, NOW, settings())
    db.session.rollback()
    return db.session.get(SignatureBatch, batch)


def numbers(batch: SignatureBatch) -> tuple:
    return (batch.state, batch.rows, batch.taken, batch.twice, batch.broken)


def large_list() -> str:
    """24,000 mailboxes and 600 rows that repeat one, among 500 broken rows."""
    rows = [f"good{each}@example.com,{1 + each % 28:02}/10/2019" for each in range(24_000)]
    rows += [f"GOOD{each}+news@Example.com,31/10/2019" for each in range(600)]
    for each in range(500):
        rows.insert(each * 40, "not an address,31/10/2019")
    return "\n".join(["Email,Date", *rows])


@pytest.mark.either_database
def test_24000_are_taken_in_under_a_minute_and_counted_exactly(app):
    pledge = make_pledge()
    started = time.monotonic()
    batch = bring(pledge, large_list().encode("utf-16"))
    assert numbers(work(lists.look_through, batch)) == ("checked", 25_100, 24_000, 600, 500)
    assert counts.total(db.session.connection(), pledge) == 0
    assert numbers(work(lists.take, batch)) == ("taken", 25_100, 24_000, 600, 500)
    assert time.monotonic() - started < 60
    assert counts.total(db.session.connection(), pledge) == 24_000
    assert counts.recount(db.session()) == []
    broken = read_report(db.session.get(SignatureBatch, batch).report).rows["address"]
    assert broken == [2 + 40 * each for each in range(500)]
    db.session.rollback()
    again = bring(pledge, b"\xef\xbb\xbf" + large_list().encode())
    assert numbers(work(lists.look_through, again)) == ("checked", 25_100, 0, 24_600, 500)
    assert numbers(work(lists.take, again)) == ("taken", 25_100, 0, 24_600, 500)
    assert counts.total(db.session.connection(), pledge) == 24_000
    assert counts.recount(db.session()) == []


def test_of_a_row_only_a_hash_where_it_came_from_and_a_day_are_kept(app):
    batch = bring(make_pledge(), b"Name,Email,Ward\nAda,ada@example.com,North\n")
    work(lists.look_through, batch)
    work(lists.take, batch)
    [signature] = db.session.scalars(select(Signature))
    kept = {name: value for name, value in vars(signature).items() if value and name[0] != "_"}
    assert set(kept) == {
        "id", "pledge_id", "kind", "state", "address_key", "member", "source", "batch_id",
        "signed_on", "confirmed_on",
    }  # fmt: skip
    assert b"ada" not in kept["address_key"]
    assert kept["signed_on"] == DAY
    assert db.session.scalar(select(func.count()).select_from(Contact)) == 0
    [event] = db.session.scalars(select(AuditEvent))
    assert (event.action, event.detail) == (
        "list.taken", '{"pledge": 1, "rows": 1, "taken": 1}',
    )  # fmt: skip


def test_addresses_wait_in_a_private_file_until_they_are_looked_through(lite_app):
    folder = settings().instance_dir / "lists"
    batch = bring(make_pledge(), b"Email\nada@example.com\n")
    [file] = folder.iterdir()
    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, file)] == [0o700, 0o600]
    work(lists.look_through, batch)
    [file] = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"ada" not in file.read_bytes()
    work(lists.take, batch)
    assert list(folder.iterdir()) == []


def test_a_worker_that_dies_while_it_takes_a_list_leaves_nothing_half_done(app, monkeypatch):
    pledge = make_pledge()
    batch = bring(pledge, b"Email\nada@example.com\nbo@example.com\n")
    work(lists.look_through, batch)
    with monkeypatch.context() as broken:
        broken.setattr(lists, "record", lambda *_given, **_named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work(lists.take, batch)
        db.session.rollback()
    assert counts.total(db.session.connection(), pledge) == 0
    assert db.session.scalar(select(func.count()).select_from(Signature)) == 0
    db.session.rollback()
    assert numbers(work(lists.take, batch)) == ("taken", 2, 2, 0, 0)
    assert numbers(work(lists.take, batch)) == ("taken", 2, 2, 0, 0)
    assert counts.total(db.session.connection(), pledge) == 2


def test_who_signs_between_the_check_and_the_taking_is_counted_once(app):
    pledge = make_pledge()
    first = bring(pledge, b"Email\nada@example.com\nbo@example.com\n")
    second = bring(pledge, b"Email\nbo@example.com\ncy@example.com\n")
    assert numbers(work(lists.look_through, first))[2] == 2
    assert numbers(work(lists.look_through, second))[2] == 2
    work(lists.take, second)
    assert numbers(work(lists.take, first)) == ("taken", 2, 1, 1, 0)
    assert read_report(db.session.get(SignatureBatch, first).report).rows == {"known": [3]}
    assert counts.total(db.session.connection(), pledge) == 3


def test_one_who_signs_at_the_same_moment_is_skipped_and_not_counted_twice(app, monkeypatch):
    pledge = make_pledge()
    first = bring(pledge, b"Email\nada@example.com\nbo@example.com\n")
    second = bring(pledge, b"Email\nbo@example.com\n")
    for each in (first, second):
        work(lists.look_through, each)
    work(lists.take, second)
    monkeypatch.setattr(lists, "mailboxes", lambda *_given: set())
    assert numbers(work(lists.take, first)) == ("taken", 2, 1, 1, 0)
    assert counts.total(db.session.connection(), pledge) == 2
    assert counts.recount(db.session()) == []


def test_whoever_of_a_mailbox_signed_is_known_and_an_organisation_apart_of_them(app):
    pledge = make_pledge()
    signed_by(pledge, "second@example.com", member=2)
    signed_by(pledge, "shop@example.com", kind="organisation", member=3)
    listed = b"Email,Type\nsecond@example.com,person\nshop@example.com,organisation\n"
    batch = bring(pledge, listed + b"shop@example.com,person\nshop@example.com,person\n")
    found = work(lists.look_through, batch)
    assert read_report(found.report).rows == {"known": [2, 3], "twice": [5]}
    assert work(lists.take, batch).taken == 1
    assert counts.total(db.session.connection(), pledge) == 3
    assert counts.recount(db.session()) == []


def test_a_file_that_is_no_list_is_refused_and_deleted(lite_app):
    batch = bring(make_pledge(), b"Name,Telephone\nAda,1\n")
    found = work(lists.look_through, batch)
    assert found.state == "refused"
    assert "No column of e-mail addresses" in read_report(found.report).refused
    assert kept_files.kept(settings().instance_dir) == set()


def test_a_list_that_nobody_takes_is_put_away_after_a_week(lite_app):
    batch = bring(make_pledge(), b"Email\nada@example.com\n")
    work(lists.look_through, batch)
    kept_files.keep(settings().instance_dir, 999, b"left over")
    assert lists.tidy(db.session(), NOW, settings()) == 1
    assert db.session.get(SignatureBatch, batch).state == "checked"
    db.session.rollback()
    assert lists.tidy(db.session(), NOW + lists.WAITS, settings()) == 1
    assert db.session.get(SignatureBatch, batch).state == "refused"
    assert kept_files.kept(settings().instance_dir) == set()


def test_a_list_that_was_half_written_when_the_machine_died_is_deleted(lite_app):
    instance = settings().instance_dir
    for number in (7, 8):
        kept_files.keep(instance, number, b"ada@example.com")
        whole = instance / kept_files.FOLDER / f"{number}.addresses"
        whole.rename(whole.with_name(f"part-{whole.name}"))
    half, fresh = sorted((instance / kept_files.FOLDER).iterdir())
    hours = NOW.timestamp() - 2 * 3600
    os.utime(half, (hours, hours))
    os.utime(fresh, (NOW.timestamp(),) * 2)
    assert lists.tidy(db.session(), NOW, settings()) == 1
    assert list((instance / kept_files.FOLDER).iterdir()) == [fresh]


def test_a_form_that_nobody_confirmed_keeps_nobody_on_a_list_out(app):
    pledge = make_pledge()
    _, secret = ask(pledge, "ada@example.org")
    batch = bring(pledge, b"Email\nada@example.org\nbob@example.org\n")
    assert numbers(work(lists.look_through, batch)) == ("checked", 2, 2, 0, 0)
    assert numbers(work(lists.take, batch)) == ("taken", 2, 2, 0, 0)
    assert counts.total(db.session.connection(), pledge) == 2
    rows = select(Signature.source, Signature.name, Signature.ward, Signature.contact_id)
    assert set(db.session.execute(rows)) == {("legacy", "", "", None)}
    db.session.rollback()
    assert not press(secret)
    assert counts.recount(db.session()) == []
    assert counts.total(db.session.connection(), pledge) == 2
