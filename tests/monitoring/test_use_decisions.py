"""What was decided about marked responses is used together, so that nobody can subtract one."""

import random
from datetime import date

import pytest
from conftest import NOON
from figures.town import answer, found, people, wave_of
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in

from engage import worker
from engage.accounts.models import Role
from engage.crosstabs import store
from engage.crosstabs.spec import Spec
from engage.extensions import db
from engage.figures.models import FigureRun
from engage.figures.refresh import refresh
from engage.figures.store import newest_run
from engage.responses.review_models import ResponseReview
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of

DAY, DARK = "q:safe_day", "q:safe_dark"


@pytest.fixture
def wave(app, clock):
    """A closed wave with final figures, and twelve marked responses among 250."""
    session = db.session()
    found(session)
    wave = wave_of(session, "pulse", state=WaveState.CLOSED, closes_on=date(2026, 3, 1))
    pick, definition = random.Random(3), definition_of(wave.definition)
    asked = ("safe_day", "safe_dark", "deal_with")
    told = [
        each | {name: pick.choice("1234") for name in asked} for each in people(definition, 250)
    ]
    answer(session, wave, told[12:])
    answer(session, wave, told[:12], start=900, duration=10)
    number = wave.id
    refresh(session, number, NOON)
    session.commit()
    return number


def table(wave_id: int, clock, *filters) -> store.Asked:
    """The table of two questions as the worker makes it."""
    number = store.ask(db.session(), wave_id, Spec(DAY, DARK, filters), staff_id=1, now=clock.at)
    work(clock)
    return store.table_by(db.session(), number)


def work(clock) -> None:
    db.session.commit()
    while worker.turn(db.session(), clock.at):
        pass
    db.session.rollback()


def leave_out(client, path: str, many: int) -> None:
    """Leave out that many marked responses on the page, as somebody does who reads each."""
    fast = ResponseReview.rules.contains("speeding") & (ResponseReview.decision == "")
    found = db.session.scalars(select(ResponseReview.id).where(fast).limit(many)).all()
    db.session.rollback()
    for number in found:
        client.get(f"{path}/{number}")
        sent = {"seen": client.value("seen"), "decision": "leave_out", "reason": "All alike"}
        client.post(f"{path}/{number}", sent)


def test_nobody_learns_one_answer_by_leaving_it_out_and_ten_are_used_together(app, wave, clock):
    path = f"/staff/waves/{wave}/review"
    ada = sign_in(PageClient(app), make_staff(app, Role.ANALYST))
    work(clock)
    first, before = table(wave, clock), newest_run(db.session(), wave)
    assert first.state == "shown"
    db.session.rollback()

    leave_out(ada, path, 1)
    work(clock)
    assert newest_run(db.session(), wave).id == before.id, "no decision makes figures anew"
    assert refresh(db.session(), wave, clock.at).flow == newest_flow(before.id), "nor every night"
    db.session.commit()
    third = store.choices_of(db.session(), db.session.get_one(Wave, wave))["q:deal_with"]
    again = table(wave, clock, ("q:deal_with", tuple(code for code, _label in third.categories)))
    assert again.content["rows"] == first.content["rows"]
    assert again.content["cells"] == first.content["cells"]

    db.session.rollback()
    assert "1 decision waits" in ada.get(path).text
    assert "Use these decisions (9 more needed)" in ada.text
    ada.post(path, {}, 409)
    assert "Nothing was changed" in ada.text
    leave_out(ada, path, 9)
    assert "Use these decisions (" not in ada.get(path).text
    ada.post(path, {})
    work(clock)
    after = newest_run(db.session(), wave).flow
    assert (after.used, after.removed["reviewed"]) == (before.flow.used - 10, 10)
    assert "decisions wait" not in ada.get(path).text
    assert table(wave, clock, ("q:deal_with", ("1", "2"))).state == "refused"


def newest_flow(run_id: int) -> str:
    return db.session.get_one(FigureRun, run_id).flow
