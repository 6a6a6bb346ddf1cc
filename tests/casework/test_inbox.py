"""The inbox: its lists, what is looked for, and how it stays quick."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from caseload import put_report
from page import PageClient
from sqlalchemy import delete, func, select, update
from staff import PASSWORD, make_keyholder, make_recovery, sign_in_keyed

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.casework import shelf
from engage.casework.queues import Filter, Queue, Reader, look
from engage.casework.rows import ID, Row, Rows
from engage.core.reporting.policy import Retention
from engage.extensions import db
from engage.keyring.held import Held
from engage.keyring.staff_keys import open_private
from engage.reports import retention
from engage.reports.changing import alter_line
from engage.reports.models import Report, ReportKey, ReportShelf
from engage.reports.opened import rings_of_staff

INBOX = "/staff/reports"
ROW = Row(
    mark="a",
    status="open",
    held=False,
    received_on="2026-03-01",
    kind="hate",
    strands="race",
    ward="W2",
    under_18=False,
    score=5,
    urgency="",
    wishes="full",
    assigned_to=0,
    centre=0,
    waiting_for="them",
    due_on="",
    who="",
)
ME = Reader(1, frozenset({1, 2}))


def ids(rows: list[Row], queue: Queue, wanted: Filter = Filter()) -> list[str]:  # noqa: B008  frozen
    return [row.id for row in look(Rows.of(rows), ME, queue, wanted, 1).rows]


def test_a_report_of_a_colleague_who_left_is_nobodys_again() -> None:
    rows = [
        ROW._replace(mark="mine", assigned_to=1),
        ROW._replace(mark="theirs", assigned_to=2),
        ROW._replace(mark="left", assigned_to=9),
        ROW._replace(mark="shut", status="closed", assigned_to=1),
    ]
    assert ids(rows, Queue.MINE) == ["mine"]
    assert ids(rows, Queue.UNASSIGNED) == ["left"]
    assert ids(rows, Queue.CLOSED) == ["shut"]
    assert set(ids(rows, Queue.ALL)) == {"mine", "theirs", "left"}


def test_what_is_written_to_a_closed_report_is_found_among_what_waits() -> None:
    rows = [
        ROW._replace(status="closed"),
        ROW._replace(mark="b", status="closed", waiting_for="us"),
    ]
    assert ids(rows, Queue.WAITING) == ["b"]
    assert set(ids(rows, Queue.CLOSED)) == {"a", "b"}


def test_the_most_urgent_comes_first_and_a_judgement_before_the_points() -> None:
    rows = [
        ROW._replace(mark="late", due_on="2026-03-02"),
        ROW._replace(mark="soon", due_on="2026-03-09"),
        ROW._replace(mark="judged low", score=20, urgency="standard"),
        ROW._replace(mark="judged high", score=0, urgency="high", due_on="2026-04-01"),
        ROW._replace(mark="points", score=12),
    ]
    assert ids(rows, Queue.ALL) == ["judged high", "points", "late", "soon", "judged low"]


def test_safeguarding_is_looked_at_first() -> None:
    rows = [ROW, ROW._replace(mark="child", under_18=True)]
    assert look(Rows.of(rows), ME, None, Filter(), 1).queue is Queue.SAFEGUARDING
    assert look(Rows.of([ROW]), ME, None, Filter(), 1).queue is Queue.UNASSIGNED


@pytest.mark.parametrize(
    "wanted",
    [Filter(status="new"), Filter(kind="elder"), Filter(strand="religion"), Filter(ward="W3"),
     Filter(wish="later")],
)  # fmt: skip
def test_what_is_looked_for_leaves_the_others_out(wanted) -> None:
    name = next(each for each in Filter.__slots__ if getattr(wanted, each))
    given = getattr(wanted, name)
    field = {"strand": "strands", "wish": "wishes"}.get(name, name)
    other = ROW._replace(mark="b", **{field: given})
    assert ids([ROW, other], Queue.ALL, wanted) == ["b"]


@pytest.fixture
def worker(app, clock) -> StaffMember:
    make_recovery(app)
    return make_keyholder(app, Role.CASEWORKER)


def held_by(member: StaffMember) -> Held:
    return Held(member.id, open_private(db.session(), member.id, PASSWORD))


def test_a_report_of_somebody_under_18_waits_in_the_safeguarding_list(app, worker) -> None:
    put_report(facts={"victim_age": "under_18"})
    put_report()
    client = sign_in_keyed(PageClient(app), worker).get(INBOX)
    assert "Safeguarding: 1 report" in client.text
    assert "Under 18" in client.text
    assert "All open: 2 reports" in client.get(f"{INBOX}?queue=all").text


def test_no_address_says_what_is_looked_for(app, worker) -> None:
    put_report()
    client = sign_in_keyed(PageClient(app), worker).get(f"{INBOX}?queue=all")
    client.post(INBOX, {"queue": "all", "strand": "religion"}, 200)
    assert "0 reports of those looked for" in client.text
    client.post(INBOX, {"queue": "all", "strand": "race"}, 200)
    assert "1 report of those looked for" in client.text
    assert client.response.request.full_path.rstrip("?") == INBOX


def test_a_kept_shelf_opens_only_what_changed_since(app, worker) -> None:
    made = [put_report() for _ in range(3)]
    connection, held = db.session.connection(), held_by(worker)
    rows = shelf.rows_of(connection, held)
    assert len(rows.fresh) == 3
    shelf.keep(connection, held, rows)
    again = shelf.rows_of(connection, held)
    assert again.fresh == []
    assert {row.id for row in again} == {*made}
    assert [*again] == [*rows]
    rings = rings_of_staff(connection, held, made[0])
    alter_line(connection, made[0], rings, lambda line: replace(line, ward="W3"))
    again = shelf.rows_of(connection, held)
    assert [row.id for row in again.fresh] == [made[0]]
    assert len(again) == 3
    assert {row.ward for row in again if row.id == made[0]} == {"W3"}
    shelf.keep(connection, held, again)
    connection.execute(delete(ReportKey).where(ReportKey.staff_id == worker.id))
    assert len(shelf.rows_of(connection, held)) == 0


def expired(connection) -> None:
    """Let the first stage of every report that is not held be over."""
    kept = Retention(identity=12, narrative=36, facts=72, never_closed=24)
    stage, day = retention.Stage.IDENTITY, clock.today() + timedelta(days=4000)
    assert len(retention.expire_some(connection, stage, day, kept)) == 1


@pytest.fixture
def read(app, worker) -> tuple[Held, Rows, str]:
    """A caseworker's rows, read while one of two reports is about to expire; the other's id."""
    put_report()
    stays = put_report()
    db.session.execute(update(Report).where(Report.id == stays).values(held=True))
    db.session.commit()
    held = held_by(worker)
    rows = shelf.rows_of(db.session.connection(), held)
    db.session.rollback()
    return held, rows, stays


def on_the_shelf(held: Held) -> list[str]:
    db.session.rollback()
    rows = shelf.rows_of(db.session.connection(), held)
    return [mark[:ID] for mark in rows.column("mark")]


def test_what_expired_since_it_was_read_does_not_come_back_to_a_shelf(read) -> None:
    held, rows, stays = read
    expired(db.session.connection())
    db.session.commit()
    shelf.keep(db.session.connection(), held, rows)
    db.session.commit()
    assert on_the_shelf(held) == [stays]


def test_a_shelf_that_is_kept_while_reports_expire_waits_for_that(app, read) -> None:
    held, rows, stays = read
    engine = db.engine.execution_options(read_only=False)

    def keep() -> None:
        with engine.begin() as connection:
            shelf.keep(connection, held, rows)

    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as connection:
            expired(connection)
            kept = pool.submit(keep)
            with pytest.raises(TimeoutError):
                kept.result(timeout=0.3)
        kept.result(timeout=10)
    assert on_the_shelf(held) == [stays]


def test_nobody_else_opens_a_shelf(app, worker) -> None:
    put_report()
    held = held_by(worker)
    connection = db.session.connection()
    rows = shelf.rows_of(connection, held)
    shelf.keep(connection, held, rows)
    other = replace(held, private=bytes(32))
    assert not any(shelf._kept(connection, other))  # noqa: SLF001  what a stolen row gives
    sealed = connection.scalar(select(ReportShelf.sealed))
    assert b"2026-03-02" not in sealed
    assert len(sealed) > shelf.STEP


def test_opening_the_inbox_keeps_a_shelf_once_it_is_worth_it(app, worker, monkeypatch) -> None:
    monkeypatch.setattr(shelf, "WORTH_KEEPING", 2)
    put_report()
    client = sign_in_keyed(PageClient(app), worker).get(INBOX)
    assert db.session.scalar(select(func.count()).select_from(ReportShelf)) == 0
    db.session.rollback()
    put_report()
    client.get(INBOX)
    assert db.session.scalar(select(func.count()).select_from(ReportShelf)) == 1
