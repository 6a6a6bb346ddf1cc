"""What the worker does by itself, as time goes by: on a real database, with a moved clock."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOON
from figures.town import filled, found
from settings import settings_for
from sqlalchemy import event, func, select
from survey import answer, begin, open_a_wave

from engage import tasks, worker
from engage.answering.models import Draft, DraftPage
from engage.audit.models import AuditEvent
from engage.downloads.models import MadeFile
from engage.extensions import db
from engage.figures.models import FigureRun
from engage.figures.store import newest_run
from engage.jobs import store
from engage.jobs.models import Job
from engage.jobs.schedule import PERIODS
from engage.responses import retention
from engage.responses.models import Response
from engage.waves.models import Wave

ROOT = Path(__file__).parents[2]


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def work(clock) -> None:
    """Let the worker do everything that is due at the clock's time."""
    while worker.turn(db.session(), clock.at):
        pass
    db.session.remove()


def sent(client) -> None:
    """Answer the survey to its end."""
    answer(begin(client))
    client.post(client.response.request.path, {"draft": client.value("draft")}).follow()


@pytest.fixture
def wave_id(app, clock) -> int:
    return open_a_wave()


def test_every_regular_task_has_its_work():
    assert set(tasks.TASKS) == set(PERIODS)
    assert not set(tasks.TASKS) & set(tasks.HANDLERS)


def test_a_draft_is_gone_after_two_hours_and_not_before(client, clock, wave_id):
    begin(client).post(client.response.request.path, {"q_age_band": "3"})
    assert count(Draft) == count(DraftPage) == 1

    clock.move(minutes=115)
    work(clock)
    assert count(Draft) == 1
    clock.move(minutes=10)
    work(clock)

    assert count(Draft) == count(DraftPage) == 0


def test_responses_are_deleted_on_the_promised_day_and_the_log_says_so(client, clock, wave_id):
    sent(client)
    assert count(Response) == 1
    wave = db.session.get(Wave, wave_id)
    wave.closes_on, wave.delete_on = NOON.date(), NOON.date() + timedelta(days=3)
    for number, kind in enumerate(("responses", "responses_full", "indicators_csv")):
        db.session.add(
            MadeFile(
                wave_id=wave_id,
                kind=kind,
                name=f"{number}",
                media_type="text/csv",
                size=0,
                ready=True,
                made_at=NOON,
                delete_on=NOON.date() + timedelta(days=30),
            )
        )
    db.session.commit()

    clock.move(days=2)
    work(clock)
    assert count(Response) == 1
    clock.move(days=1)
    work(clock)
    work(clock)

    assert count(Response) == 0
    assert db.session.scalars(select(MadeFile.kind)).all() == ["indicators_csv"]
    events = db.session.scalars(select(AuditEvent).filter_by(action="responses.deleted")).all()
    assert [(each.subject, each.staff_id, each.detail) for each in events] == [
        (f"wave:{wave_id}", None, '{"files": 2, "responses": 1}')
    ], "once, by the system"


def test_many_responses_are_deleted_a_part_at_a_time_and_the_log_adds_up(
    lite_app, clock, monkeypatch
):
    monkeypatch.setattr(retention, "AT_ONCE", 40)
    found(db.session())
    wave_id = filled(db.session(), 100, delete_on=NOON.date() + timedelta(days=90)).id
    db.session.commit()
    clock.move(days=90)
    commits = []
    event.listen(db.engine, "commit", commits.append)

    tasks.delete_responses(db.session(), clock.at)

    assert len(commits) == 3, "one for each part, so that nobody waits for all of them"
    db.session.rollback()
    assert count(Response) == 0
    details = db.session.scalars(
        select(AuditEvent.detail).filter_by(action="responses.deleted", subject=f"wave:{wave_id}")
    ).all()
    assert [json.loads(each)["responses"] for each in details] == [40, 40, 20]


def test_a_wave_is_closed_when_its_last_day_is_over(clock, wave_id):
    db.session.get(Wave, wave_id).closes_on = NOON.date()
    db.session.commit()

    work(clock)
    assert db.session.get(Wave, wave_id).state == "open"
    clock.move(days=1)
    work(clock)

    assert db.session.get(Wave, wave_id).state == "closed"


def test_figures_of_an_open_wave_are_made_anew_every_day(client, clock, wave_id):
    work(clock)
    assert [run.made_at for run in db.session.scalars(select(FigureRun))] == [NOON]

    sent(client)
    clock.move(hours=11)
    work(clock)
    assert newest_run(db.session(), wave_id).flow.received == 0, "the day is not over"
    clock.move(hours=1)
    work(clock)

    assert newest_run(db.session(), wave_id).made_at == clock.at
    assert newest_run(db.session(), wave_id).flow.received == 1


def test_figures_that_somebody_asks_for_are_made_at_once(client, clock, wave_id):
    work(clock)
    sent(client)
    store.enqueue(db.session(), "refresh_figures", {"wave_id": wave_id}, due_at=clock.at)
    db.session.commit()

    work(clock)

    assert newest_run(db.session(), wave_id).flow.received == 1


def test_a_job_that_fails_leaves_nothing_half_done_and_the_next_one_goes_on(
    app, clock, monkeypatch, caplog
):
    def break_down(session, payload, _now):
        session.add(AuditEvent(at=NOON, action="half.done", subject="x:1", hash=bytes(32)))
        session.flush()
        raise ValueError(f"no good: {payload['said']}")

    monkeypatch.setitem(tasks.HANDLERS, "break_down", break_down)
    monkeypatch.setitem(tasks.HANDLERS, "noise", lambda *_: 7)
    said = "Jo Bloggs of 4 Mill Lane"
    store.enqueue(db.session(), "break_down", {"said": said}, due_at=NOON - timedelta(minutes=1))
    store.enqueue(db.session(), "noise", {}, due_at=NOON)
    db.session.commit()

    with caplog.at_level(logging.INFO, "engage.worker"):
        work(clock)

    jobs = {job.kind: job for job in db.session.scalars(select(Job))}
    assert (jobs["break_down"].state, jobs["noise"].state) == ("waiting", "done")
    assert jobs["break_down"].error.startswith("ValueError at ")
    assert count(AuditEvent) == 0
    assert "count=7" in caplog.text
    assert "Bloggs" not in caplog.text + jobs["break_down"].error


def test_a_kind_of_job_that_nobody_wrote_is_named(app, clock):
    with pytest.raises(LookupError, match="kind 'dream'"):
        tasks.handler_of("dream")


def test_finished_jobs_are_forgotten_after_a_month(app, clock):
    work(clock)
    assert count(Job) == len(PERIODS)

    clock.move(days=31)
    work(clock)
    clock.move(minutes=1)
    work(clock)

    assert db.session.scalar(select(func.min(Job.due_at))) == clock.at - timedelta(minutes=1)


@pytest.fixture
def worker_process(database_url, tmp_path):
    """Starts `flask work` as a process of its own; ends it with the test."""
    started = []

    def start(*arguments: str) -> subprocess.Popen:
        settings = settings_for(tmp_path, DATABASE_URL=database_url)
        environment = os.environ | {
            "DATABASE_URL": database_url,
            "INSTANCE_DIR": str(settings.instance_dir),
            "DEMO": "0",
            "SECRET_KEY": settings.secret_key,
        }
        command = [sys.executable, "-m", "flask", "--app", "run", "work", *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def test_the_command_does_what_is_due_and_stops_when_asked(app, worker_process):
    process = worker_process("--poll", "0.1")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and count(Job) < len(PERIODS):
        db.session.rollback()
        time.sleep(0.1)
    db.session.rollback()  # what the test has read would keep the worker from writing

    process.send_signal(signal.SIGTERM)

    log = process.stderr.read()
    assert process.wait(30) == 0, log
    assert "kind=expire_drafts done" in log
    assert log.rstrip().endswith("engage.worker stopped")


def test_a_busy_pool_does_not_end_the_worker(lite_app, monkeypatch, caplog):
    handled = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    db.session.remove()
    pool = db.engine.pool
    monkeypatch.setattr(pool, "_timeout", 0.05)
    monkeypatch.setattr(pool, "_max_overflow", 0)
    taken = [db.engine.connect() for _ in range(pool.size())]

    with caplog.at_level(logging.INFO, "engage.worker"):
        done = lite_app.test_cli_runner().invoke(args=["work", "--once"])

    for connection in taken:
        connection.close()
    for number, handler in handled.items():
        signal.signal(number, handler)
    assert done.exit_code == 0, repr(done.exception)
    assert "database='TimeoutError at " in caplog.text
    assert caplog.messages[-1] == "stopped"


def test_with_once_the_command_ends_by_itself(app, worker_process):
    process = worker_process("--once")

    log = process.stderr.read()
    assert process.wait(60) == 0, log
    db.session.rollback()
    assert set(db.session.scalars(select(Job.state))) == {"done"}
