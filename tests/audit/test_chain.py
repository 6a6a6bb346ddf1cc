"""The audit log is chained, anchored outside the database, and verified."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from conftest import NOON
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text, update

from engage.audit import anchors
from engage.audit.append import EVENTS, HEADS, LostHeadError
from engage.audit.chain import COVERED, GENESIS, event_hash
from engage.audit.commands import note_restored
from engage.audit.log import forget, record, record_apart
from engage.extensions import db

SOURCE = select(EVENTS).order_by(EVENTS.c.id)


def note(number: int, at: datetime = NOON) -> None:
    record(db.session, at=at, staff_id=4, action="report.opened", subject=f"report:{number}")


def noted(count: int) -> None:
    for number in range(count):
        note(number)
        db.session.commit()


def rows() -> list:
    with db.engine.connect() as connection:
        return connection.execute(SOURCE).all()


def change(*statements: str) -> None:
    """What somebody does who can write to the database."""
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def verdict(app, *more: str) -> tuple[int, str]:
    db.session.remove()
    done = app.test_cli_runner().invoke(args=["audit", "verify", *more])
    return done.exit_code, done.output


def write_anew() -> None:
    """Make a chain that agrees with itself, as anybody can who reads this code."""
    with db.engine.begin() as connection:
        before = GENESIS
        for row in connection.execute(SOURCE).all():
            columns = {name: getattr(row, name) for name in COVERED}
            before = event_hash(before, row.id, **columns)
            changed = update(EVENTS).where(EVENTS.c.id == row.id)
            connection.execute(changed.values(hash=before))
        connection.execute(update(HEADS).values(last_id=row.id, last_hash=before))


def test_an_untouched_log_is_green(app, clock):
    noted(3)
    code, said = verdict(app)
    assert code == 0, said
    assert "3 events, numbers 1 to 3; 3 agree with the anchors" in said
    assert anchors.file_of_site().stat().st_mode & 0o777 == 0o600


def test_a_log_without_events_is_green(app, clock):
    assert verdict(app)[0] == 0


@pytest.mark.parametrize(
    "attack",
    [
        "update audit_events set staff_id = 5 where id = 2",
        "update audit_events set action = 'report.closed' where id = 2",
        "update audit_events set subject = 'report:2' where id = 2",
        "update audit_events set detail = '{\"n\": 1}' where id = 2",
        "update audit_events set at = '2026-03-02 12:00:00.000001+00:00' where id = 2",
        "delete from audit_events where id = 2",
        "update audit_events set id = 9 where id = 3",
        "delete from audit_events where id = 1",
    ],
)
def test_a_changed_event_turns_it_red(app, clock, attack):
    noted(3)
    change(attack)
    code, said = verdict(app)
    assert code == 1
    assert "does not follow from event" in said


def test_a_cut_tail_turns_it_red_whether_or_not_the_head_is_moved(app, clock):
    noted(3)
    change("delete from audit_events where id = 3")
    code, said = verdict(app)
    assert code == 1
    assert "ends with event 2, but its head stands at event 3" in said
    last = rows()[-1]
    with db.engine.begin() as connection:
        connection.execute(update(HEADS).values(last_id=2, last_hash=last.hash))
    code, said = verdict(app)
    assert code == 1
    assert "The anchors saw event 3, but the log ends with event 2" in said


def test_an_emptied_log_turns_it_red(app, clock):
    noted(2)
    change("delete from audit_events", "delete from audit_heads")
    assert "The anchors saw event 2" in verdict(app)[1]


def test_a_chain_written_anew_agrees_with_itself_and_not_with_its_anchors(app, clock, tmp_path):
    noted(3)
    change("update audit_events set staff_id = 5 where id = 2")
    write_anew()
    code, said = verdict(app)
    assert code == 1
    assert "does not follow" not in said
    assert "Event 2 is not the one that its anchor saw" in said

    anchors.file_of_site().unlink()
    assert "There are no anchors" in verdict(app)[1]
    elsewhere = tmp_path / "kept-elsewhere"
    app.test_cli_runner().invoke(args=["audit", "anchor"])
    elsewhere.write_text(f"{anchors.file_of_site().read_text()}not an anchor\n")
    code, said = verdict(app, "--anchors", str(elsewhere))
    assert (code, "1 lines of" in said) == (0, True)


def test_a_beginning_that_was_cut_off_is_not_taken_for_one_that_was_too_old(app, clock):
    noted(3)
    [_, second, _] = rows()
    change("delete from audit_events where id < 3")
    with db.engine.begin() as connection:
        connection.execute(update(HEADS).values(gone_id=2, gone_hash=second.hash))
    code, said = verdict(app)
    assert code == 1
    assert "Event 1 is said to have been deleted by age, but it is of 02 March 2026" in said


def test_what_is_deleted_by_age_leaves_the_rest_green(app, clock):
    noted(2)
    note(3, NOON + timedelta(days=400))
    db.session.commit()
    clock.at = datetime(2032, 3, 3, tzinfo=UTC)
    assert forget(db.session, clock.at) == 2
    db.session.commit()
    note(4, clock.at)
    db.session.commit()
    code, said = verdict(app)
    assert code == 0, said
    assert "2 events, numbers 3 to 4; 2 agree" in said
    clock.at = datetime(2050, 1, 1, tzinfo=UTC)
    assert forget(db.session, clock.at) == 2
    db.session.commit()
    assert verdict(app)[0] == 0


def test_a_head_that_is_gone_is_red_and_lets_nobody_write_on(app, clock):
    noted(1)
    change("delete from audit_heads")
    assert "audit_heads is missing" in verdict(app)[1]
    note(2)
    with pytest.raises(LostHeadError, match="audit verify"):
        db.session.commit()


def test_several_at_once_make_one_chain(app, clock):
    """Each thread commits on its own, two events at a time, as processes do."""

    def work(number: int) -> None:
        with app.app_context():
            for _ in range(5):
                note(number)
                note(number)
                db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.id for row in rows()] == list(range(1, 61))
    code, said = verdict(app)
    assert code == 0, said
    assert "60 events, numbers 1 to 60; 30 agree" in said


def test_what_is_undone_leaves_nothing_in_the_chain(app, clock):
    note(1)
    db.session.rollback()
    note(2)
    step = db.session.begin_nested()
    note(3)
    step.rollback()
    with db.session.begin_nested():
        note(4)
    db.session.commit()
    note(5)
    db.session.close()
    db.session.commit()
    assert [row.subject for row in rows()] == ["report:2", "report:4"]
    assert verdict(app)[0] == 0


def test_a_read_is_noted_apart_from_what_the_page_does(app, clock):
    note(1)
    given = {"staff_id": 4, "action": "report.opened", "subject": "report:7"}
    db.session.rollback()
    with db.engine.connect().execution_options(read_only=True) as page:
        page.execute(SOURCE).all()
        record_apart(at=NOON, **given)
    assert [row.subject for row in rows()] == ["report:7"]


def test_a_file_that_cannot_be_written_stops_nobody_and_is_told(app, clock, caplog):
    anchors.file_of_site().mkdir()
    noted(1)
    assert "anchor=1" in caplog.text
    assert len(rows()) == 1


def test_a_restore_is_told_and_not_taken_for_an_attack(lite_app, clock, tmp_path):
    noted(2)
    older = tmp_path / "anchors-of-then"
    older.write_bytes(anchors.file_of_site().read_bytes())
    run = lite_app.test_cli_runner().invoke
    done = run(args=["backup", str(tmp_path / "backup.zip")])
    assert done.exit_code == 0, done.output
    noted(2)
    db.session.remove()
    done = run(args=["restore", str(tmp_path / "backup.zip"), "--replace"])
    assert done.exit_code == 0, done.output
    code, said = verdict(lite_app)
    assert code == 0, said
    assert "A backup was put back on 02 March 2026" in said
    noted(1)
    code, said = verdict(lite_app)
    assert code == 0, said
    assert verdict(lite_app, "--anchors", str(older))[0] == 0


def test_an_anchor_of_an_empty_log_and_a_restore_stay_green(lite_app, clock, tmp_path):
    run = lite_app.test_cli_runner().invoke
    assert run(args=["audit", "anchor"]).exit_code == 0
    note_restored()  # of a backup from before the chain: it stands at 0
    assert verdict(lite_app)[0] == 0
    noted(2)
    clock.move(days=400)
    note_restored()
    note(3, clock.at)
    db.session.commit()
    code, said = verdict(lite_app)
    assert code == 0, said
    clock.at = datetime(2032, 3, 3, tzinfo=UTC)  # the second event ages out, the restore does not
    assert forget(db.session, clock.at) == 2
    db.session.commit()
    code, said = verdict(lite_app)
    assert code == 0, said


def test_a_log_from_before_is_chained_by_the_migration_and_goes_on(app, clock):
    noted(3)
    change("delete from audit_events where id = 2")
    db.session.remove()
    downgrade(revision="0024")
    with db.engine.begin() as connection:
        old = (
            "insert into audit_events (at, action, subject, detail) values (:at, 'a.b', 'c:1', 'ü')"
        )
        connection.execute(text(old), {"at": "2026-03-02 12:00:00.5+00:00"})
    upgrade()
    anchors.file_of_site().unlink()
    noted(1)
    assert [row.id for row in rows()] == [1, 3, 4, 5]
    code, said = verdict(app)
    assert code == 0, said
