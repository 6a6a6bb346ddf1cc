"""Tables of a wave after marked answers were left out: beside those that were shown before."""

import json
import random
from datetime import date, timedelta

import numpy as np
from conftest import NOON
from figures.town import GROUP_OF, answer, found, people, wave_of
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.areas.models import Ward
from engage.core.cleaning.by_hand import REVIEWED
from engage.crosstabs import make as making, store
from engage.crosstabs.models import CrossTable
from engage.crosstabs.spec import Spec
from engage.extensions import db
from engage.figures.read import read
from engage.figures.refresh import refresh
from engage.figures.store import figures_of, newest_run
from engage.figures.used import home_of, homes_of
from engage.responses import reviews, taking_up
from engage.responses.review_models import Decision, ResponseReview
from engage.waves.models import WaveState
from engage.waves.published import definition_of


def made(session, wave_id: int, spec: Spec) -> CrossTable:
    """A table as the worker makes it."""
    number = store.ask(session, wave_id, spec, staff_id=1, now=NOON)
    session.commit()
    making.make(session, number, NOON)
    session.commit()
    return session.get_one(CrossTable, number)


def test_after_many_were_left_out_other_tables_are_made_of_the_rest(lite_app, clock):
    session = db.session()
    found(session)
    wave = wave_of(session, "pulse", state=WaveState.CLOSED, closes_on=date(2026, 3, 1))
    pick = random.Random(5)
    told = [
        each | {name: pick.choice("12") for name in ("safe_day", "safe_dark", "deal_with")}
        for each in people(definition_of(wave.definition), 400)
    ]
    answer(session, wave, told[90:])
    answer(session, wave, told[:90], start=900, duration=10)
    refresh(session, wave.id, NOON)
    session.commit()
    first = made(session, wave.id, Spec("q:safe_day", "q:safe_dark"))

    for each in session.scalars(select(ResponseReview)).all():
        reviews.decide(
            session, each.id, Decision.LEAVE_OUT, seen=0, reason="Alike", staff_id=1, now=NOON
        )
    assert taking_up.take_up(session, wave.id, first=False, now=NOON)
    session.commit()
    later = made(session, wave.id, Spec("q:safe_day", "q:deal_with"))
    assert "Make the figures anew" in later.reason
    given = read(session, wave, flags=False)
    (_every, once, away), (again, others) = homes_of(given), home_of(given)
    assert (away, once.equals(again.drop(columns=REVIEWED))) == (others, True)
    refresh(session, wave.id, NOON + timedelta(minutes=1))
    session.commit()

    later = made(session, wave.id, Spec("q:safe_day", "q:deal_with"))
    assert (first.state, later.state) == ("shown", "shown")
    assert first.people != later.people
    then, now = (json.loads(each.content)["people"] for each in (first, later))
    assert now < then - 50
    same = made(session, wave.id, Spec("q:safe_dark", "q:safe_day"))
    assert (same.id, json.loads(same.content)["people"]) == (first.id, then)
    paths = [f"/staff/explore/tables/{each.id}" for each in (first, later)]
    session.commit()
    analyst = sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))
    older = ["Other answers are used now" in analyst.get(each).text for each in paths]
    assert older == [True, False]


def test_a_ward_may_be_called_otherwise_but_not_move_to_another_group(lite_app, clock):
    session = db.session()
    found(session)
    wave = wave_of(session, state=WaveState.CLOSED, closes_on=date(2026, 3, 1))
    told = [
        each | {"connection": "resident", "ward": f"W{1 + at % 6}"}
        for at, each in enumerate(people(definition_of(wave.definition), 720, seed=3))
    ]
    answer(session, wave, told)
    refresh(session, wave.id, NOON)
    session.commit()
    assert made(session, wave.id, Spec("b:ward", "q:safe_dark")).state == "shown"
    ward = session.scalars(select(Ward).order_by(Ward.code)).first()
    ward.name = "Zum Abbey"
    session.commit()
    assert made(session, wave.id, Spec("b:area_group", "q:safe_day")).reason == ""
    ward.group_code = next(each for each in "NS" if each != ward.group_code)
    session.commit()
    assert made(session, wave.id, Spec("q:safe_dark", "q:safe_day")).state == "refused"


def test_a_ward_that_figures_hide_does_not_follow_from_a_table(lite_app, clock):
    session = db.session()
    found(session)
    wave = wave_of(session, state=WaveState.CLOSED, closes_on=date(2026, 3, 1))
    # The smallest ward but one is in the other area group, so figures cover W6 with W4.
    sizes = {"W1": 60, "W2": 80, "W3": 80, "W4": 70, "W5": 90, "W6": 20}
    wards = [ward for ward, size in sizes.items() for _person in range(size)]
    told = zip(people(definition_of(wave.definition), len(wards)), wards, strict=True)
    home = [each | {"connection": "resident", "ward": ward} for each, ward in told]
    answer(session, wave, [each | {"safe_dark": "12"[at % 2]} for at, each in enumerate(home)])
    refresh(session, wave.id, NOON)
    session.commit()
    figures = figures_of(session, newest_run(session, wave.id).id, indicator="safe_dark")
    shown = {each.group: each for each in figures if not each.estimate.hidden}
    told = [[ward == each for each in sizes] for ward in sizes if ward in shown]
    told += [[GROUP_OF[each] == group for each in sizes] for group in GROUP_OF.values()]
    assert {"N", "S", "W1"} <= shown.keys()
    assert not {"W4", "W6"} & shown.keys()

    table = made(session, wave.id, Spec("b:ward", "q:safe_dark"))
    high, wide = len(sizes), len(json.loads(table.content)["column_labels"])
    gone = json.loads(table.hidden)[high * wide : high * (wide + 1)]
    rows = zip(sizes, gone, strict=True)
    told += [[ward == each for each in sizes] for ward, away in rows if not away]
    known = np.array(told, dtype=float)
    for ward in ("W4", "W6"):
        alone = [[float(ward == each) for each in sizes]]
        assert np.linalg.matrix_rank(np.vstack([known, alone])) > np.linalg.matrix_rank(known)
