"""Many at the same moment, on both databases: one signature a mailbox, and never a wrong count."""

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import pytest
from pledged import ask, make_pledge, press, signed_by
from sqlalchemy import func, select

from engage.extensions import db
from engage.pledges import counts
from engage.pledges.models import Signature, State

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pledge(app) -> int:
    return make_pledge()


@pytest.fixture
def storms(app, database_url):
    """Starts two processes of `storm.py` together; none of them outlives the test."""
    started: list[subprocess.Popen] = []
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    script = [sys.executable, str(Path(__file__).with_name("storm.py"))]

    def start(pledge: int) -> list[subprocess.Popen]:
        for seed in range(2):
            command = [*script, database_url, str(pledge), str(seed)]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            started.append(subprocess.Popen(command, text=True, env=environment, **pipes))
        for process in started:
            assert process.stdout.readline() == "ready\n"
        for process in started:
            process.stdin.write("go\n")
            process.stdin.flush()
        return started

    yield start
    for process in started:
        process.kill()
        process.communicate()


def confirmed(connection) -> int:
    wanted = select(func.count()).where(Signature.state == State.CONFIRMED)
    return connection.execute(wanted).scalar_one()


def at_once(app, doing, many: int) -> list:
    """What came of doing something by so many threads that start together."""
    barrier = Barrier(many)

    def one(number: int):
        with app.app_context():
            barrier.wait()
            return doing(number)

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def test_a_hundred_sign_ups_with_one_address_are_one_signature(app, pledge):
    asked = at_once(app, lambda number: ask(pledge, f"A.D.A+{number}@gmail.com"), 100)

    assert {signed.state for signed, _ in asked} == {"pending"}
    assert len({signed.id for signed, _ in asked}) == 1
    pressed = at_once(app, lambda number: press(asked[number][1]), 100)
    assert Counter(pressed) == {True: 1, False: 99}, "only the link of the last form is good"
    with db.engine.begin() as connection:
        assert connection.execute(select(func.count()).select_from(Signature)).scalar_one() == 1
        assert counts.total(connection, pledge) == 1


def test_one_link_used_by_thirty_at_once_counts_once(app, pledge):
    _, secret = ask(pledge, "ada@example.org")
    assert Counter(at_once(app, lambda _: press(secret), 30)) == {True: 1, False: 29}
    with db.engine.begin() as connection:
        assert counts.total(connection, pledge) == 1


def test_a_storm_of_signing_and_taking_back_leaves_no_drift_at_any_moment(app, pledge, storms):
    for number in range(6):
        signed_by(pledge, f"home{number}@gmail.com")
    started = storms(pledge)
    looked, seen = 0, set()
    while any(process.poll() is None for process in started):
        with db.engine.connect().execution_options(read_only=True) as connection:
            assert counts.recount(connection) == []
            seen.add(counts.total(connection, pledge))
        looked += 1
        with suppress(subprocess.TimeoutExpired):
            started[0].wait(0.02)  # the processors are for those who sign
    said = [process.stdout.read() for process in started]

    assert [process.returncode for process in started] == [0, 0]
    assert said == ["", ""]
    assert looked > 10, "the storm was over before anybody looked"
    assert len(seen) > 2, "nothing happened"
    with db.engine.begin() as connection:
        assert counts.recount(connection) == []
        assert counts.total(connection, pledge) == confirmed(connection)
        assert {"confirmed", "invalidated"} <= set(
            connection.execute(select(Signature.state).distinct()).scalars()
        )
