"""Tables of any two questions: asked, made by the worker, read, refused, taken along."""

import csv
import io
import json
import random
from datetime import date, timedelta

import pytest
from conftest import NOON
from figures.town import answer, found, people, wave_of
from page import PageClient
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.crosstabs import make as making, store
from engage.crosstabs.models import CrossTable
from engage.crosstabs.spec import Spec
from engage.exploring.file import written
from engage.extensions import db
from engage.figures.models import FigureRun
from engage.figures.read import read
from engage.figures.store import FIGURES
from engage.figures.used import digest_of, home_of
from engage.jobs.models import Job
from engage.published.about import About
from engage.published.models import Publication
from engage.published.store import FIGURES as PUBLISHED
from engage.responses.models import Response
from engage.tasks import handler_of
from engage.waves.models import WaveState
from engage.waves.published import definition_of

SAFE = ("1", "2", "3", "4", "5")


@pytest.fixture
def wave(lite_app, clock):
    """A closed wave of three questions: who feels safe by day mostly does after dark."""
    session = db.session()
    found(session)
    wave = wave_of(session, "pulse", state=WaveState.CLOSED, closes_on=date(2026, 3, 1))
    rng = random.Random(3)
    told = []
    for number, each in enumerate(people(definition_of(wave.definition), 400)):
        day = rng.choices(SAFE, (9, 9, 3, 3, 1))[0]
        dark = rng.choice((*SAFE, day, day, day))
        # One person alone disagrees strongly, and nobody leaves that question out.
        deal = "5" if number == 200 else rng.choice(("1", "2", "3", "4"))
        told.append(each | {"safe_day": day, "safe_dark": dark, "deal_with": deal})
    answer(session, wave, told)
    home, _away = home_of(read(session, wave))
    flow = {"received": 400, "removed": {}, "flagged": {}, "used": 400, "people": digest_of(home)}
    run = FigureRun(
        wave_id=wave.id, definition_id=wave.definition_id, made_at=NOON, interim=False,
        flow=json.dumps(flow),
        weighting=json.dumps({"estimator": "unweighted", "residents": 400, "visitors": 0}),
    )  # fmt: skip
    session.add(run)
    session.commit()
    return wave


@pytest.fixture
def analyst(lite_app, wave) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))


def work() -> None:
    """Do what the worker would."""
    session = db.session()
    session.commit()
    for job in session.scalars(select(Job).filter_by(kind="make_cross_table", state="waiting")):
        handler_of(job.kind)(session, json.loads(job.payload), NOON + timedelta(minutes=1))
        job.state, job.key = "done", None
    session.commit()


def asked(client: PageClient, wave_id: int, **form) -> PageClient:
    path = f"/staff/explore/{wave_id}"
    return client.get(path).post(path, form)


def test_a_table_is_asked_for_made_read_and_taken_along(wave, analyst):
    asked(analyst, wave.id, rows="q:safe_day", columns="q:safe_dark", only="")
    analyst.follow()
    assert "The table is being made" in analyst.text
    table = analyst.response.request.path
    work()
    text = analyst.get(table).text
    assert "The two have to do with each other" in text
    assert "percentages of each row" in text
    assert "higher than the rest" in text
    taken = analyst.get(f"{table}/table.csv").response
    rows = list(csv.reader(io.StringIO(taken.data.decode("utf-8-sig"))))
    stored = db.session().scalars(select(CrossTable)).one()
    content, hidden = json.loads(stored.content), json.loads(stored.hidden)
    for row, cell, gone in zip(rows[2:], content["cells"], hidden, strict=False):
        assert (row[-1] == "[c]") == bool(gone) == bool(cell.get("hidden"))
        assert not (gone and any(row[3:-1]))
    events = db.session().scalars(select(AuditEvent.action)).all()
    assert {"cross_table.asked", "cross_table.downloaded"} <= {*events}


def test_the_same_question_the_other_way_round_is_the_same_table(wave, analyst):
    asked(analyst, wave.id, rows="q:safe_day", columns="q:safe_dark")
    first = analyst.location
    asked(analyst, wave.id, rows="q:safe_dark", columns="q:safe_day")
    assert analyst.location == first


def test_the_answers_of_a_filter_are_ticked_in_a_second_step(wave, analyst):
    path = f"/staff/explore/{wave.id}"
    asked(analyst, wave.id, rows="q:safe_day", columns="q:safe_dark")
    work()
    form = {"rows": "q:safe_day", "columns": "q:safe_dark", "only": "q:deal_with"}
    asked(analyst, wave.id, **form)
    assert analyst.location.startswith(f"{path}?rows=q:safe_day")
    analyst.get(analyst.location.partition("#")[0])
    assert "Only people for whom" in analyst.text
    analyst.post(path, form | {"answers": "1"}, 422)
    assert "Tick at least one answer" in analyst.text
    analyst.get(path).post(path, form | {"answers": "1", "only-q:deal_with": ["1"]})
    table = analyst.location
    work()
    assert "[c]" in analyst.get(table).text


def test_a_filter_that_would_reveal_one_person_is_refused(wave, analyst):
    session = db.session()
    spec = Spec("q:safe_day", "q:safe_dark")
    first = store.ask(session, wave.id, spec, staff_id=1, now=NOON)
    work()
    assert store.table_by(session, first).state == "shown"
    one = Spec("q:safe_day", "q:safe_dark", (("q:deal_with", ("1", "2", "3", "4")),))
    nearly = store.ask(session, wave.id, one, staff_id=1, now=NOON)
    work()
    assert store.table_by(session, nearly).state == "refused"
    assert "so few people" in analyst.get(f"/staff/explore/tables/{nearly}").text
    assert "[c]" not in analyst.text


def test_no_table_is_made_while_answers_come_in_nor_for_partners(wave, analyst, lite_app):
    wave.state = WaveState.OPEN
    db.session.commit()
    assert "still takes answers" in analyst.get(f"/staff/explore/{wave.id}").text
    partner = sign_in(PageClient(lite_app), make_staff(lite_app, Role.PARTNER_VIEWER))
    partner.get("/staff/explore", 403)


def test_of_two_tables_at_one_moment_the_second_knows_of_the_first(wave, monkeypatch):
    session = db.session()
    specs = [
        Spec("q:safe_day", "q:safe_dark", each)
        for each in ((), (("q:deal_with", ("1", "2", "3", "4")),))
    ]
    one, other = (store.ask(session, wave.id, each, staff_id=1, now=NOON) for each in specs)
    session.commit()
    hold, asked_meanwhile = making.hold_others_off, []

    def slowly(own, questionnaire):
        """Somebody else's table is made while this one is about to be stored."""
        if not asked_meanwhile:
            asked_meanwhile.append(True)
            with Session(db.engine) as elsewhere:
                making.make(elsewhere, one, NOON)
                elsewhere.commit()
        hold(own, questionnaire)

    monkeypatch.setattr(making, "hold_others_off", slowly)
    making.make(session, other, NOON)
    session.commit()
    assert [store.table_by(session, each).state for each in (one, other)] == ["shown", "refused"]


def test_once_other_answers_are_used_no_more_tables_are_made(wave, analyst):
    session = db.session()
    spec = Spec("q:safe_day", "q:safe_dark")
    assert store.ask(session, wave.id, spec, staff_id=1, now=NOON)
    work()
    session.execute(
        delete(Response).where(Response.id == select(func.min(Response.id)).scalar_subquery())
    )
    every = (("q:deal_with", ("1", "2", "3", "4", "5")),)
    nearly = store.ask(
        session, wave.id, Spec("q:safe_day", "q:safe_dark", every), staff_id=1, now=NOON
    )
    work()
    assert store.table_by(session, nearly).state == "refused"
    assert "Answers came in or were deleted" in analyst.get(f"/staff/explore/tables/{nearly}").text


def test_published_figures_of_a_few_answers_more_stand_against_every_new_table(wave):
    session = db.session()
    run = session.scalars(select(FigureRun)).one()
    row = {"position": 0, "indicator": "safe_dark", "breakdown": "overall", "group": "all"}
    row |= {"label": "All", "estimator": "unweighted", "method": "xlogit", "flag": ""}
    session.execute(insert(FIGURES).values(run_id=run.id, **row, base=400, estimate=0.5))
    about = About("Pulse", "2026", 1, "2026-02-01", "2026-03-01", "2026-03-02", "open")
    edition = Publication(
        wave_id=wave.id, questionnaire="pulse", edition=1, state="published", chosen="{}",
        run_id=1, about=about.written(), made_by=1, made_at=NOON, published_at=NOON,
        published_on=NOON.date(),
    )  # fmt: skip
    session.add(edition)
    session.flush()
    published = row | {"publication_id": edition.id, "base": 397, "estimate": 0.51}
    session.execute(insert(PUBLISHED).values(published))
    table = store.ask(session, wave.id, Spec("q:safe_day", "q:deal_with"), staff_id=1, now=NOON)
    work()
    assert "of a few answers more or fewer" in store.table_by(session, table).reason
    session.execute(update(PUBLISHED).values(base=380))
    store.ask(session, wave.id, Spec("q:safe_day", "q:deal_with"), staff_id=1, now=NOON)
    work()
    assert store.table_by(session, table).state == "shown"


def test_one_person_asks_for_so_many_new_tables_a_day_and_for_known_ones_freely(
    wave, analyst, monkeypatch
):
    monkeypatch.setattr(store, "MOST_A_DAY", 1)
    first = {"rows": "q:safe_day", "columns": "q:safe_dark"}
    asked(analyst, wave.id, **first)
    path = f"/staff/explore/{wave.id}"
    analyst.get(path).post(path, first | {"columns": "q:deal_with"}, 409)
    assert "the most in a day" in analyst.text
    asked(analyst, wave.id, **first)
    assert db.session.scalar(select(func.count()).select_from(CrossTable)) == 1


def test_no_line_of_the_file_is_a_formula():
    content = {"row_title": "=1+1", "column_title": "@who", "cells": [], "column_labels": ["A"]}
    first = written(content, "-2, +3").decode("utf-8-sig").splitlines()[0]
    assert next(csv.reader([first])) == ["'=1+1", "'@who", "'-2, +3"]
