"""A job is asked for once, held by one worker, tried again, and given up in the end."""

from datetime import timedelta

import pytest
from conftest import NOON
from sqlalchemy import select

from engage.extensions import db
from engage.jobs import store
from engage.jobs.fault import described
from engage.jobs.models import Job

MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(app):
    return db.session()


def ask(session, key=None, due_at=NOON, **payload):
    job = store.enqueue(session, "noise", payload, due_at=due_at, key=key)
    session.commit()
    return job


def take(session, at=NOON, **options):
    held = store.claim(session, at, **options)
    session.commit()
    return held


def test_a_job_is_taken_once_and_finished(session):
    job = ask(session, wave_id=7)

    held = take(session)

    assert (held.id, held.kind, held.payload, held.attempts) == (job.id, "noise", {"wave_id": 7}, 1)
    assert take(session) is None
    store.finish(session, held)
    session.commit()
    assert session.get(Job, held.id).state == "done"
    assert take(session, NOON + timedelta(days=1)) is None


def test_a_job_that_its_asker_takes_back_was_never_asked_for(session):
    store.enqueue(session, "noise", {}, due_at=NOON)
    session.rollback()

    assert take(session) is None


def test_a_job_waits_until_it_is_due_and_the_longest_due_goes_first(session):
    late = ask(session, due_at=NOON + 2 * MINUTE)
    early = ask(session, due_at=NOON + MINUTE)

    assert take(session) is None
    assert take(session, NOON + 3 * MINUTE).id == early.id
    assert take(session, NOON + 3 * MINUTE).id == late.id


def test_asking_twice_with_one_key_makes_one_job_at_the_earlier_time(session):
    first = ask(session, key="figures:1", due_at=NOON + MINUTE)
    second = ask(session, key="figures:1", due_at=NOON)

    assert first.id == second.id
    assert session.scalars(select(Job.due_at)).all() == [NOON]
    assert ask(session, key="figures:2").id != first.id
    assert ask(session).id != ask(session).id, "jobs without a key are never taken for one another"


def test_a_finished_job_releases_its_key(session):
    first = ask(session, key="figures:1")
    assert store.pending(session, "figures:1")
    store.finish(session, take(session))
    session.commit()

    assert not store.pending(session, "figures:1")
    assert ask(session, key="figures:1").id != first.id


def test_a_job_asked_for_while_it_is_being_done_is_done_once_more_afterwards(session):
    ask(session, key="figures:1")
    held = take(session)
    again = ask(session, key="figures:1", due_at=NOON + MINUTE)

    assert again.id == held.id
    assert take(session, NOON + 2 * MINUTE) is None, "its holder is still at it"
    store.finish(session, held)
    session.commit()
    assert store.pending(session, "figures:1")
    assert take(session, NOON + 2 * MINUTE).id == held.id


def test_a_job_whose_worker_died_is_taken_up_when_its_lease_runs_out(session):
    ask(session, key="figures:1")
    dead = take(session, lease=MINUTE)

    assert take(session, NOON + MINUTE / 2) is None
    heir = take(session, NOON + MINUTE)
    assert (heir.id, heir.attempts) == (dead.id, 2)

    store.finish(session, dead)
    session.commit()
    assert session.get(Job, heir.id).state == "running", "the first holder has no say any more"


def test_a_failing_job_is_tried_five_times_ever_further_apart_and_then_given_up(session):
    job = ask(session, key="figures:1")
    at, waits = NOON, []
    for _ in range(5):
        held = take(session, at)
        store.fail(session, held, at, "ValueError at refresh.py:31")
        session.commit()
        row = session.get(Job, job.id)
        waits.append(row.due_at - at)
        at = row.due_at

    assert waits[:4] == list(store.BACKOFF)
    assert (row.state, row.key, row.attempts) == ("failed", None, 5)
    assert row.error == "ValueError at refresh.py:31"
    assert take(session, NOON + timedelta(days=30)) is None


def test_a_job_that_kills_every_worker_is_given_up_and_the_next_one_goes_on(session):
    killer = ask(session, key="figures:1")
    at = NOON
    for _ in range(5):
        assert take(session, at).id == killer.id
        at += store.LEASE
    other = ask(session, due_at=at)

    assert take(session, at).id == other.id
    assert session.get(Job, killer.id).state == "failed"
    assert not store.pending(session, "figures:1")


def test_jobs_that_are_over_are_forgotten_in_time(session):
    ask(session, wave_id=1)
    store.finish(session, take(session))
    waiting = ask(session, wave_id=2)
    session.commit()

    assert store.forget(session, NOON) == 0
    assert store.forget(session, NOON + MINUTE) == 1
    assert session.scalars(select(Job.id)).all() == [waiting.id]


def test_jobs_that_were_given_up_can_be_asked_for(session):
    ask(session, wave_id=1)
    at = NOON
    for _ in range(5):
        held = take(session, at)
        store.fail(session, held, at, "ValueError at refresh.py:31")
        at += timedelta(hours=2)
    ask(session, wave_id=2)
    session.commit()

    assert store.failures(session, "noise", NOON) == [{"wave_id": 1}]
    assert store.failures(session, "noise", at) == []
    assert store.failures(session, "music", NOON) == []


def test_of_an_error_only_its_kind_and_place_are_kept():
    with pytest.raises(ValueError) as raised:
        int("Jo Bloggs of 4 Mill Lane")
    with pytest.raises(AttributeError) as within:
        store.pending(None, "Jo Bloggs")

    told = [described(error.value) for error in (raised, within)]

    assert told[0].startswith("ValueError at ")
    assert "test_store.py:" in told[0]
    assert told[1].startswith("AttributeError at jobs/store.py:")
    assert "Bloggs" not in "".join(told)
