"""Several worker processes on one database, started at the same moment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NOON
from sqlalchemy import select

from engage.extensions import db
from engage.jobs import store
from engage.jobs.models import Job
from engage.jobs.schedule import PERIODS

ROOT = Path(__file__).parents[2]


def go(started: list[subprocess.Popen]) -> None:
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()


@pytest.fixture
def at_once(app, database_url, tmp_path):
    """Runs `drain.py` in several processes that start together; gives what each one printed."""

    def run(processes: int) -> list[list[str]]:
        script = [sys.executable, str(Path(__file__).with_name("drain.py"))]
        environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
        started = [
            subprocess.Popen(
                [*script, database_url, str(tmp_path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
            )
            for _ in range(processes)
        ]
        for process in started:
            assert process.stdout.readline() == "ready\n"
        go(started)
        said = [[process.stdout.readline().rstrip() for _ in range(2)] for process in started]
        go(started)  # each holds a job by now
        for lines, process in zip(said, started, strict=True):
            lines.extend(process.communicate(timeout=120)[0].splitlines())
        assert [process.returncode for process in started] == [0] * processes
        return said

    return run


def test_three_workers_do_each_of_a_hundred_jobs_and_each_regular_task_exactly_once(at_once):
    for number in range(100):
        store.enqueue(db.session(), "noise", {"number": number}, due_at=NOON)
    db.session.commit()

    said = at_once(3)  # starting one takes most of the time, so they do both

    tasks, done = [lines[0].split() for lines in said], [lines[1:] for lines in said]
    assert sorted(name for names in tasks for name in names) == sorted(PERIODS)
    assert sorted(int(job) for jobs in done for job in jobs) == sorted(
        db.session.scalars(select(Job.id))
    )
    assert set(db.session.scalars(select(Job.state))) == {"done"}
    assert set(db.session.scalars(select(Job.attempts))) == {1}
