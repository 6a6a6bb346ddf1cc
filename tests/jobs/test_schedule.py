"""Regular tasks come due at their times, once."""

from datetime import UTC, datetime, timedelta

from conftest import NOON

from engage.extensions import db
from engage.jobs.schedule import A_DAY, PERIODS, after, due, put_off


def test_every_task_is_due_at_first_and_then_when_its_period_has_passed(app):
    session = db.session()

    assert due(session, NOON) == list(PERIODS)
    session.commit()
    assert due(session, NOON) == []
    assert due(session, NOON + timedelta(minutes=5)) == [
        name for name, period in PERIODS.items() if period <= timedelta(minutes=5)
    ]
    session.commit()
    assert due(session, NOON + timedelta(hours=12)) == list(PERIODS), "a new day"


def test_a_task_that_was_missed_for_a_week_is_due_once(app):
    session = db.session()
    due(session, NOON)
    session.commit()

    assert due(session, NOON + timedelta(days=7)) == list(PERIODS)
    session.commit()
    assert due(session, NOON + timedelta(days=7)) == []


def test_daily_tasks_are_put_off_to_the_next_midnight():
    assert after(NOON, timedelta(days=1)) == datetime(2026, 3, 3, tzinfo=UTC)
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    assert after(midnight, timedelta(days=1)) == datetime(2026, 3, 4, tzinfo=UTC)


def test_a_task_whose_work_was_just_done_waits_for_its_next_time(app):
    put_off(db.session(), "refresh_due_figures", NOON)
    assert "refresh_due_figures" not in due(db.session(), NOON)
    assert "refresh_due_figures" in due(db.session(), NOON + A_DAY)
