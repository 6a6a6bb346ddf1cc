"""What is signed at a gate is signed by one at a time, and no longer once people are asked."""

import threading

import pytest
from gates import clear, open_cleared

from engage import clock as engage_clock
from engage.extensions import db
from engage.waves import preparing, transitions
from engage.waves.faults import ChangedElsewhereError, WaveError, WavePlan
from engage.waves.gates import GateName, standing_digest
from engage.waves.models import Wave, WaveGate
from engage.waves.signing import SignedElsewhereError, sign
from engage.waves.store import signed_of


@pytest.fixture
def wave_id(app, clock):
    today = engage_clock.today()
    days = today, today.replace(month=4), today.replace(year=2028)
    wave = transitions.create(db.session(), WavePlan("pulse", "Spring", *days), today)
    number = wave.id
    db.session.commit()
    db.session.remove()
    return number


def signed(number, facts=None, seen=0):
    row = sign(
        db.session(),
        number,
        GateName.ACCESSIBILITY,
        facts or {"points": []},
        by=1,
        now=engage_clock.now(),
        seen=seen,
    )
    db.session.commit()
    return row


def test_of_many_who_sign_one_gate_at_the_same_moment_one_does(app, wave_id):
    ready, outcomes = threading.Barrier(5), []

    def one():
        with app.app_context():
            ready.wait()
            try:
                outcomes.append(signed(wave_id).version)
            except SignedElsewhereError:
                outcomes.append("told")
            db.session.remove()

    threads = [threading.Thread(target=one) for _ in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(map(str, outcomes)) == ["1", "told", "told", "told", "told"]


def test_of_many_who_change_a_wave_as_it_was_shown_one_does(app, wave_id):
    ready, outcomes = threading.Barrier(5), []
    today = engage_clock.today()

    def one(number):
        with app.app_context():
            ready.wait()
            days = today, today.replace(month=4), today.replace(year=2028)
            plan = WavePlan("pulse", f"Wave {number}", *days)
            try:
                preparing.change(db.session(), wave_id, plan, today, seen=1)
                db.session.commit()
                outcomes.append("changed")
            except ChangedElsewhereError:
                outcomes.append("told")
            db.session.remove()

    threads = [threading.Thread(target=one, args=[number]) for number in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["changed", *["told"] * 4]
    assert db.session.get(Wave, wave_id).version == 2


def test_what_a_second_person_agreed_to_is_another_thing_after_any_change(app, wave_id):
    wave = db.session.get(Wave, wave_id)
    marks = {standing_digest(wave, signed_of(db.session(), wave_id))}
    signed(wave_id, {"points": ["phone"]})
    marks.add(standing_digest(wave, signed_of(db.session(), wave_id)))
    signed(wave_id, {"points": ["phone", "aloud"]}, seen=1)
    marks.add(standing_digest(wave, signed_of(db.session(), wave_id)))
    for name, value in {
        "name": "Other",
        "opens_on": wave.opens_on.replace(month=2),
        "closes_on": wave.closes_on.replace(day=9),
        "delete_on": wave.delete_on.replace(day=9),
        "sample": "panel",
    }.items():
        setattr(wave, name, value)
        marks.add(standing_digest(wave, signed_of(db.session(), wave_id)))
    assert len(marks) == 8


def test_nothing_is_signed_after_a_wave_opened_and_all_goes_with_a_wave_that_is_deleted(
    app, wave_id
):
    clear(wave_id)
    open_cleared(wave_id)
    db.session.commit()
    with pytest.raises(WaveError, match="cannot be changed any more"):
        signed(wave_id, seen=1)
    db.session.rollback()
    wave = db.session.get(Wave, wave_id)
    wave.state = "draft"
    db.session.commit()
    preparing.delete(db.session(), wave_id, engage_clock.today())
    db.session.commit()
    assert db.session.query(WaveGate).count() == 0
