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


@pytest.fixture
def at_once(app, database_url, tmp_path):
    """Runs `drain.py` in several processes that start together; gives what each one printed."""

    def run(processes: int, work: str) -> list[list[str]]:
        script = [sys.executable, str(Path(__file__).with_name("drain.py"))]
        environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
        started = [
            subprocess.Popen(
                [*script, database_url, str(tmp_path), work],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
            )
            for _ in range(processes)
        ]
        for process in started:
            assert process.stdout.readline() == "ready\n"
        for process in started:
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=120)[0].splitlines() for process in started]
        assert [process.returncode for process in started] == [0] * processes
        return said

    return run


def test_four_workers_do_each_of_a_hundred_jobs_exactly_once(at_once):
    for number in range(100):
        store.enqueue(db.session(), "noise", {"number": number}, due_at=NOON)
    db.session.commit()

    done = at_once(4, "jobs")

    assert sorted(int(job) for jobs in done for job in jobs) == sorted(
        db.session.scalars(select(Job.id))
    )
    assert set(db.session.scalars(select(Job.state))) == {"done"}
    assert set(db.session.scalars(select(Job.attempts))) == {1}
    assert sum(bool(jobs) for jobs in done) > 1, "one worker did it all: nothing was contended"


def test_of_three_workers_only_one_gets_each_regular_task(at_once):
    said = at_once(3, "tasks")

    assert sorted(name for lines in said for name in lines[0].split()) == sorted(PERIODS)
