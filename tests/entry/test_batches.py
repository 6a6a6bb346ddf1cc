"""Batches: opened, closed with all that led from a paper to its answers, deleted with the wave."""

from datetime import date

import pytest
from entry.conftest import responses
from entry.test_forms import FORM, TYPED, enter
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in
from survey import DEFINITIONS, open_a_wave

from engage import clock as days
from engage.entry import batches
from engage.entry.models import EnteredForm, EntryBatch, FormAnswers
from engage.extensions import db
from engage.jobs.schedule import PERIODS
from engage.tasks import TASKS
from engage.waves.models import Wave, WaveState


def test_closing_a_batch_forgets_which_paper_holds_whose_answers(typist):
    enter(typist)
    [response] = responses()
    written = {response.id, response.submission}
    assert db.session.query(FormAnswers).one().response_id == response.id
    typist.get("/staff/entry/1/close").post("/staff/entry/1/close").follow()
    assert "Nobody can tell any more" in typist.text
    db.session.rollback()
    [form] = db.session.query(EnteredForm)
    assert db.session.query(FormAnswers).count() == 0
    kept = {str(value) for value in vars(form).values()}
    assert not kept & written
    assert len(responses()) == 1
    for path in ("form", "forms/1", "forms/1/remove"):
        typist.get(f"/staff/entry/1/{path}", 409)


def test_a_closed_batch_takes_no_form_but_knows_those_it_counted(typist):
    enter(typist)
    [form] = db.session.query(EnteredForm)
    given = TYPED | {"form_id": form.id, "day": "1 3 2026"}
    db.session.rollback()
    typist.get("/staff/entry/1/close").post("/staff/entry/1/close")
    typist.post(FORM, given, 409)
    assert len(responses()) == 1


def test_a_form_is_not_counted_in_two_batches(typist, wave):
    enter(typist)
    [form] = db.session.query(EnteredForm)
    form_id = form.id
    given = {"wave": str(wave), "mode": "paper", "label": "Another", "language": "en"}
    typist.get("/staff/entry/new").post("/staff/entry/new", given)
    typist.get("/staff/entry/2/form")
    typist.post("/staff/entry/2/form", TYPED | {"form_id": form_id, "day": "1 3 2026"}, 409)
    assert "counted in batch 1 already" in typist.text
    assert len(responses()) == 1


def test_a_batch_ends_with_its_wave(typist, wave):
    enter(typist)
    db.session.get(Wave, wave).state = WaveState.CLOSED
    db.session.commit()
    typist.get(FORM, 409)
    typist.get("/staff/entry/1")
    assert "its wave takes no answers any more" in typist.text
    assert batches.tidy(db.session(), days.today()) == 1
    db.session.commit()
    assert db.session.query(EntryBatch).one().closed_on == days.today()
    assert db.session.query(FormAnswers).count() == 0


def test_a_batch_goes_with_the_answers_of_its_wave(typist, wave):
    enter(typist)
    found = db.session.get(Wave, wave)
    found.closes_on, found.delete_on = date(2026, 2, 1), date(2026, 3, 2)
    db.session.commit()
    assert batches.tidy(db.session(), date(2026, 3, 2)) == 2
    db.session.commit()
    assert db.session.query(EntryBatch).count() == db.session.query(EnteredForm).count() == 0


def test_the_worker_tidies_batches():
    assert "tidy_batches" in TASKS
    assert "tidy_batches" in PERIODS


def test_a_batch_needs_an_open_wave_and_a_name(lite_app, clock):
    client = PageClient(lite_app)
    sign_in(client, make_staff(lite_app, "survey_manager"))
    client.get("/staff/entry/new")
    assert "No wave takes answers today" in client.text
    open_a_wave()
    client.get("/staff/entry/new").post("/staff/entry/new", {"mode": "fax", "label": ""}, 422)
    for said in ("Choose a wave", "Choose one of the ways", "Enter a name"):
        assert said in client.text
    assert db.session.query(EntryBatch).count() == 0


@pytest.mark.parametrize("mode", ["web", "fax", ""])
def test_a_batch_cannot_be_of_answers_given_online(lite_app, clock, mode):
    wave = open_a_wave()
    client = sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))
    given = {"wave": str(wave), "mode": mode, "label": "Market", "language": "en"}
    client.get("/staff/entry/new").post("/staff/entry/new", given, 422)
    assert "Choose one of the ways listed" in client.text


def test_a_survey_for_the_invited_is_not_typed_in(lite_app, clock):
    client = PageClient(lite_app)
    sign_in(client, make_staff(lite_app, "survey_manager"))
    open_a_wave("2026", DEFINITIONS / "invited" / "v1.yaml")
    client.get("/staff/entry/new")
    assert "No wave takes answers today" in client.text


@pytest.mark.parametrize("field", ["label", "source"])
def test_a_name_that_is_too_long_is_refused(lite_app, clock, field):
    wave = open_a_wave()
    client = PageClient(lite_app)
    sign_in(client, make_staff(lite_app, "survey_manager"))
    given = {"wave": str(wave), "mode": "paper", "label": "Market", "language": "en"}
    client.get("/staff/entry/new")
    client.post("/staff/entry/new", given | {field: "x" * 61}, 422)
    client.post("/staff/entry/new", given | {"language": "xx"}, 422)


def test_only_those_who_run_waves_type_forms_in(app, client, wave):
    sign_in(client, make_staff(app, "analyst"))
    for path in ("", "/new", "/1", "/1/form", "/1/close", "/1/forms/1"):
        client.get(f"/staff/entry{path}", 403)


def test_batches_that_are_not_there_are_not_found(typist):
    for path in ("/7", "/7/form", "/7/close", "/1/forms/1"):
        typist.get(f"/staff/entry{path}", 404)


def test_the_audit_log_says_who_opened_and_closed_a_batch(typist):
    enter(typist)
    typist.get("/staff/entry/1/forms/1").post("/staff/entry/1/forms/1", TYPED | {"day": "1 3 2026"})
    typist.get("/staff/entry/1/close").post("/staff/entry/1/close")
    events = db.metadata.tables["audit_events"].c
    db.session.rollback()
    told = db.session.execute(
        select(events.action).where(events.subject == "batch:1").order_by(events.id)
    )
    assert told.scalars().all() == [
        "batch.opened", "form.seen", "form.corrected", "batch.closed",
    ]  # fmt: skip


def test_two_members_of_staff_share_a_batch(app, typist, wave):
    enter(typist)
    other = sign_in(PageClient(app), make_staff(app, "survey_manager", "Ben Okri"))
    enter(other)
    assert "after=2" in other.location
