"""Reports go part by part, on the first day of a month, and what is counted of them stays."""

from datetime import date

import pytest
from conftest import NOON
from sqlalchemy import func, select, text, update
from staff import PASSWORD, make_staff

from engage.accounts.models import Role
from engage.audit.append import EVENTS
from engage.core.reporting.policy import Retention
from engage.extensions import db
from engage.jobs.schedule import PERIODS
from engage.keyring.held import Held
from engage.keyring.shared import make_recovery
from engage.keyring.staff_keys import make
from engage.reports import files, retention, retention_run
from engage.reports.changing import ChangedElsewhereError, add_entry, set_status
from engage.reports.clocks import set_clock
from engage.reports.facts import REPORTS, Facts, all_facts
from engage.reports.models import ReportShelf
from engage.reports.opened import open_report, rings_of_staff
from engage.reports.receive import NewReport, receive
from engage.reports.retention import CLOCKS, SHELVES
from engage.seals.pairs import pair_of
from engage.tasks import TASKS

SALT = bytes(32)
MARCH = NOON.date()
KEPT = Retention(identity=12, narrative=36, facts=72, never_closed=24)
NAME, WORDS, SUSPECT = "Ada Fern", "He shouted at me", "A man in a red coat"
PARTS = {
    "line": {"received_on": "2026-03-02"},
    "facts": {"kind": "hate"},
    "narrative": {"what_happened": WORDS},
    "suspects": {"suspect_words": SUSPECT},
    "identity": {"victim_name": NAME},
}


@pytest.fixture
def held(app, clock) -> Held:
    """A caseworker whose keys are open."""
    member = make_staff(app, Role.CASEWORKER)
    make_recovery(db.session(), MARCH)
    private = make(db.session(), member.id, PASSWORD, MARCH)
    db.session.commit()
    return Held(member.id, private)


def reported(held: Held) -> str:
    """A report with something in every place where something can be."""
    connection = db.session.connection()
    facts = Facts(month="2026-03", kind="hate")
    number = receive(connection, NewReport(PARTS, facts), salt=SALT, today=MARCH)
    rings = rings_of_staff(connection, held, number)
    for ring in ("content", "talk", "notes"):
        add_entry(connection, number, rings, ring, {"kind": "note", "words": ring})
    files.put(connection, number, rings, {"name": "a.txt"}, original=b"seen", clean=None)
    db.session.add(ReportShelf(staff_id=held.staff_id, sealed=b"x"))
    db.session.commit()
    return number


def shelves() -> int:
    return db.session.scalar(select(func.count()).select_from(SHELVES))


def closed(held: Held) -> str:
    number, connection = reported(held), db.session.connection()
    seen = connection.scalar(select(REPORTS.c.version).where(REPORTS.c.id == number))
    set_status(connection, number, "closed", seen=seen)
    retention.count_from(connection, number, MARCH, KEPT)
    db.session.commit()
    return number


def night(clock, day: date) -> int:
    clock.at = NOON.replace(year=day.year, month=day.month, day=day.day)
    return retention_run.expire(db.session(), clock.at)


def seen(held: Held, number: str):
    """What is left of a report: its filled parts, the rings of its entries, how many files."""
    connection = db.session.connection()
    rings = rings_of_staff(connection, held, number)
    if rings is None:
        return None
    report = open_report(connection, number, rings)
    found = (
        {part for part, value in report.parts.items() if value},
        [entry.ring for entry in report.entries],
        len(files.listed(connection, number, rings)),
    )
    db.session.rollback()
    return found


def test_identity_goes_before_the_words_and_the_words_before_what_was_coded(held, clock):
    number = closed(held)
    everything = (set(PARTS), ["content", "talk", "notes"], 1)
    assert night(clock, date(2027, 3, 31)) == 0
    assert seen(held, number) == everything

    assert night(clock, date(2027, 4, 1)) == 1
    assert seen(held, number) == ({"line", "facts", "narrative"}, ["content", "notes"], 1)
    assert shelves() == 0
    assert night(clock, date(2029, 3, 31)) == 0

    assert night(clock, date(2029, 4, 1)) == 1
    assert seen(held, number) == ({"line", "facts"}, [], 0)
    assert night(clock, date(2032, 3, 31)) == 0

    assert night(clock, date(2032, 4, 1)) == 1
    assert seen(held, number) is None
    assert night(clock, date(2032, 4, 2)) == 0


def test_what_is_written_after_a_stage_goes_with_the_next_run(held, clock):
    number = closed(held)
    night(clock, date(2027, 4, 1))
    connection = db.session.connection()
    rings = rings_of_staff(connection, held, number)
    add_entry(connection, number, rings, "talk", {"kind": "message", "words": NAME})
    db.session.commit()
    assert seen(held, number)[1] == ["content", "notes", "talk"]
    assert night(clock, date(2027, 4, 2)) == 1
    assert seen(held, number)[1] == ["content", "notes"]
    assert night(clock, date(2029, 4, 1)) == 1
    connection = db.session.connection()
    add_entry(connection, number, rings, "notes", {"kind": "note", "words": NAME})
    files.put(connection, number, rings, {"name": "b.txt"}, original=b"later", clean=None)
    db.session.commit()
    assert night(clock, date(2029, 4, 2)) == 1
    assert seen(held, number)[1:] == ([], 0)
    assert night(clock, date(2029, 4, 3)) == 0


def test_what_is_counted_survives_under_a_number_to_which_nothing_leads(held, clock):
    number = closed(held)
    assert night(clock, date(2032, 4, 1)) == 3
    [left] = db.session.execute(select(REPORTS)).all()
    assert left.id != number
    assert (left.month, left.identity_until, left.facts_until) == ("2026-03", None, None)
    sealed = db.session.scalar(text("select sealed from key_shares where staff_id is not null"))
    private = pair_of(held.private).open(sealed)
    assert [facts.kind for facts in all_facts(db.session.connection(), private)] == ["hate"]
    for table in ("parts", "entries", "files", "chunks", "keys", "shelves"):
        if table != "chunks":
            count = f"select count(*) from report_{table}"
            assert db.session.scalar(text(count)) == 0, table
    assert db.session.scalar(text("select count(*) from report_chunks")) == 0
    actions = db.session.execute(select(EVENTS.c.subject, EVENTS.c.detail)).all()
    assert [subject for subject, _ in actions] == [f"report:{number}"] * 3
    assert [detail for _, detail in actions] == [
        f'{{"part": "{stage}"}}' for stage in ("identity", "narrative", "facts")
    ]


def test_a_report_that_nobody_closed_has_a_long_stop(held, clock):
    number = reported(held)
    assert night(clock, date(2029, 3, 31)) == 0  # 24 months, then 12
    assert night(clock, date(2029, 4, 1)) == 1
    assert NAME not in str(seen(held, number))
    assert night(clock, date(2034, 4, 1)) == 2
    assert seen(held, number) is None


def test_a_report_that_was_opened_again_is_counted_anew(held, clock):
    number = closed(held)
    retention.count_no_longer(db.session.connection(), number)
    db.session.commit()
    assert night(clock, date(2027, 4, 1)) == 0
    assert night(clock, date(2029, 4, 1)) == 1


def test_a_hold_keeps_everything_until_it_ends(held, clock):
    number = closed(held)
    db.session.execute(update(REPORTS).values(held=True))
    db.session.commit()
    assert night(clock, date(2040, 1, 1)) == 0
    assert seen(held, number)[0] == set(PARTS)
    db.session.execute(update(REPORTS).values(held=False))
    db.session.commit()
    assert night(clock, date(2040, 1, 2)) == 3


def test_whoever_writes_meanwhile_is_told_that_the_report_was_changed(held, clock):
    number = closed(held)
    version = db.session.connection().scalar(select(REPORTS.c.version))
    db.session.rollback()
    assert night(clock, date(2027, 4, 1)) == 1
    with pytest.raises(ChangedElsewhereError):
        set_status(db.session.connection(), number, "open", seen=version)


def test_a_dry_run_says_what_would_go_and_touches_nothing(app, held, clock):
    closed(held)
    db.session.execute(text("update reports set held = true"))
    db.session.execute(text("delete from report_shelves"))
    db.session.commit()
    number = closed(held)
    clock.at = NOON.replace(year=2027, month=4, day=1)
    run = app.test_cli_runner().invoke
    done = run(args=["reports", "retention", "--dry-run"])
    assert done.exit_code == 0, done.output
    first, second, _ = done.output.splitlines()
    assert first.startswith("1 reports would lose names")
    assert first.endswith("(1 more are held).")
    assert second.startswith("0 reports")
    assert seen(held, number)[0] == set(PARTS)

    done = run(args=["reports", "retention"])
    assert "Backups keep what they hold" in done.output
    assert NAME not in str(seen(held, number))


def test_clocks_to_which_no_report_can_lead_go(held, clock):
    set_clock(db.session.connection(), MARCH)
    db.session.commit()
    night(clock, date(2034, 4, 1))
    assert db.session.scalar(select(func.count()).select_from(CLOCKS)) == 1
    night(clock, date(2034, 5, 2))
    assert db.session.scalar(select(func.count()).select_from(CLOCKS)) == 0


def test_the_worker_looks_every_night():
    assert PERIODS["expire_reports"].days == 1
    assert TASKS["expire_reports"] is retention_run.expire
