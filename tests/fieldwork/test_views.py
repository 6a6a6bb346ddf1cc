"""A survey manager prepares, opens and closes a wave; an analyst watches."""

import json
from dataclasses import replace
from functools import partial

import pytest
from gates import clear
from sqlalchemy import select
from staff import make_staff, sign_in

from engage.audit.models import AuditEvent
from engage.care_settings import Lead
from engage.extensions import db
from engage.responses.models import Response
from engage.waves.models import Wave

pytestmark = pytest.mark.either_database

LEAD = Lead("Jo Fern", "jo.fern@example.org")
PLAN = {
    "questionnaire": "fear_of_crime",
    "name": "Spring 2026",
    "opens_on-day": "2",
    "opens_on-month": "3",
    "opens_on-year": "2026",
    "closes_on-day": "2",
    "closes_on-month": "4",
    "closes_on-year": "2026",
}


@pytest.fixture(autouse=True)
def told(app):
    """Somebody is told of what is flagged."""
    app.extensions["settings"] = replace(app.extensions["settings"], safeguarding_lead=LEAD)


@pytest.fixture
def manager(app, client, clock):
    """A client in which a survey manager is signed in."""
    return sign_in(client, make_staff(app, "survey_manager"))


def create(client, status=303, **changed):
    client.get("/staff/waves/new")
    return client.post("/staff/waves/new", PLAN | changed, status)


def wave():
    db.session.rollback()
    return db.session.scalars(select(Wave)).one()


def answer(number, **changed):
    """Store a response of a wave, without any answer in it."""
    stored = wave()
    given = {"wave_id": stored.id, "definition_id": stored.definition_id, "submission": "s"}
    for each in range(number):
        db.session.add(
            Response(id=f"{each:032x}", day=stored.opens_on, answers="{}", codes=b"", **given)
        )
    db.session.commit()


def cleared(client, number=1, steps=("open",)):
    """Take steps with a wave whose gates are signed and agreed."""
    clear(number)
    db.session.remove()
    for step in steps:
        client.get(f"/staff/waves/{number}/{step}")
        client.post(f"/staff/waves/{number}/{step}", {"version": client.value("version")})
    return client


def events():
    found = db.session.scalars(select(AuditEvent))
    return [(e.action, e.staff_id) for e in found if e.action.startswith("wave.")]


def test_a_wave_is_created_opened_watched_and_closed(manager):
    create(manager).follow()
    assert "How" in manager.text
    for said in ("Prepared", "2 March 2026", "2 April 2026", "2 April 2028", "received 0"):
        assert said in manager.text
    clear(1)
    manager.get("/staff/waves/1/open")
    assert "deleted on 2 April 2028" in manager.text
    manager.post("/staff/waves/1/open").follow()
    assert "State Open" in manager.text
    assert "Address for letters and posters http://127.0.0.1:5000/surveys/1" in manager.text
    answer(3)
    manager.get("/staff/waves/1")
    assert "Responses received 3" in manager.text
    manager.get("/staff/waves/1/close")
    assert "The 3 responses stay until 2 April 2028" in manager.text
    manager.post("/staff/waves/1/close", {"version": manager.value("version")}).follow()
    assert "State Closed" in manager.text
    assert "Close this wave" not in manager.text
    assert wave().closes_on.isoformat() == "2026-03-02"


def test_every_step_is_in_the_audit_log(app, client, clock):
    member = make_staff(app, "survey_manager")
    sign_in(client, member)
    create(client)
    cleared(client, steps=("open", "close"))
    assert events() == [
        ("wave.created", member.id),
        ("wave.opened", member.id),
        ("wave.closed", member.id),
    ]
    detail = json.loads(db.session.scalars(select(AuditEvent.detail)).all()[-1])
    assert detail["closes_on"] == "2026-03-02"


def test_waves_are_listed_with_their_responses(manager):
    manager.get("/staff/waves")
    assert "There are no waves yet" in manager.text
    create(manager)
    answer(2)
    manager.get("/staff/waves")
    rows = [" ".join("".join(row.itertext()).split()) for row in manager.page.iter("tr")]
    assert rows[1].endswith("Prepared 2 March 2026 to 2 April 2026 2")


def test_a_wave_whose_last_day_is_over_is_shown_as_closed(app, manager, clock):
    create(manager)
    cleared(manager)
    clock.move(days=32)
    sign_in(manager, make_staff(app, "survey_manager", "Another Manager"))
    manager.get("/staff/waves/1")
    assert "State Closed" in manager.text


def test_an_empty_form_says_everything_that_is_missing(manager):
    manager.get("/staff/waves/new")
    manager.post("/staff/waves/new", {}, 422)
    assert manager.page.findtext("head/title").startswith("Error: ")
    targets = [link.get("href") for link in manager.page.iterfind(".//li/a[@href]")]
    assert [each for each in targets if each.startswith("#")] == [
        "#questionnaire",
        "#name",
        "#opens_on-day",
        "#closes_on-day",
    ]
    for target in ("questionnaire", "name", "opens_on-day", "closes_on-day"):
        assert manager.page.find(f".//input[@id='{target}']") is not None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"closes_on-year": "2025"}, "The last day is 2 April 2025, before the first day"),
        ({"closes_on-day": "31"}, "Last day: '31 4 2026' is not a day"),
        ({"closes_on-month": "13"}, "one in each box, such as 1, 3 and 2027"),
        ({"closes_on-year": "2027"}, "for a year at most. Choose 1 March 2027"),
        (
            {"opens_on-year": "2025", "closes_on-year": "2025"},
            "The last day, 2 April 2025, is over",
        ),
        (
            {"delete_on-day": "1", "delete_on-month": "4", "delete_on-year": "2096"},
            "six years after the last day is the limit. Choose 2 April 2032",
        ),
        ({"closes_on-day": "<b>"}, "Last day: '<b> 4 2026' is not a day"),
        ({"name": "x" * 61}, "more than 60 characters"),
        ({"name": "a\x00b"}, "cannot be printed"),
        ({"name": "   "}, "Enter a name"),
        ({"questionnaire": "dogs"}, "There is no questionnaire 'dogs'. There are: event_feedback"),
        ({"questionnaire": "a\x00b"}, "cannot be printed"),
        ({"sample": "quota"}, "Choose one of the ways listed"),
        ({"sample": ""}, "Choose one of the ways listed"),
        (
            {"delete_on-day": "1", "delete_on-month": "4", "delete_on-year": "2026"},
            "cannot be deleted on 1 April 2026",
        ),
    ],
)
def test_a_wave_that_cannot_be_is_not_created_and_what_was_written_stays(manager, changed, said):
    create(manager, 422, **changed)
    assert said in manager.text
    assert manager.value("opens_on-month") == "3"
    db.session.rollback()
    assert db.session.scalars(select(Wave)).all() == []
    assert events() == []


@pytest.mark.parametrize(
    "boxes",
    [("2", "March", "2026"), ("02/03/2026", "", ""), ("", "", "2026-03-02")],
)
def test_a_day_may_be_written_as_people_write_it(manager, boxes):
    parts = zip(("day", "month", "year"), boxes, strict=True)
    create(manager, **{f"opens_on-{part}": written for part, written in parts})
    assert wave().opens_on.isoformat() == "2026-03-02"


def test_a_name_is_not_used_twice(manager):
    create(manager)
    create(manager, 422)
    assert "There is a wave called 'Spring 2026' of this survey already" in manager.text


def test_a_wave_that_cannot_open_says_why(manager, clock):
    create(manager)
    create(manager, name="Autumn 2026")
    cleared(manager)
    clear(2)
    manager.get("/staff/waves/2/open")
    manager.post("/staff/waves/2/open", status=422)
    assert "The wave Spring 2026 of the same survey is open: close it before" in manager.text
    assert manager.page.find(".//a[@href='#confirm']") is not None
    assert manager.page.find(".//button[@id='confirm']") is not None
    assert manager.page.findtext("head/title").startswith("Error: ")
    assert [name for name, _ in events()].count("wave.opened") == 1


def test_a_step_sent_twice_is_taken_once(manager):
    create(manager)
    cleared(manager)
    manager.post("/staff/waves/1/open", status=409)
    assert "The wave Spring 2026 is open already" in manager.text
    assert "Close this wave" in manager.text, "the page of the wave"


@pytest.mark.parametrize(
    ("steps", "refused", "said"),
    [
        ([], "close", "is not open, so it cannot be closed"),
        (["open"], "open", "is open already"),
        (["open"], "change", "cannot be changed any more"),
        (["open"], "delete", "cannot be deleted any more"),
        (["open", "close"], "open", "is closed for good"),
        (["open", "close"], "close", "is closed already"),
        (["open", "close"], "change", "cannot be changed any more"),
        (["open", "close"], "delete", "cannot be deleted any more"),
    ],
)
def test_a_step_that_the_state_does_not_allow_is_answered_with_the_wave(
    manager, steps, refused, said
):
    create(manager)
    cleared(manager, steps=steps)
    token = manager.value("csrf_token")
    for ask in (manager.get, partial(manager.post, token=token)):
        ask(f"/staff/waves/1/{refused}", status=409)
        assert f"The wave Spring 2026 {said}" in manager.text
        assert "Responses received 0" in manager.text
        assert "draft" not in manager.text
    assert len(events()) == 1 + len(steps)


def test_a_prepared_wave_is_changed_and_the_log_tells_what(app, client, clock):
    member = make_staff(app, "survey_manager")
    sign_in(client, member)
    create(client).follow()
    assert "Change this wave" in client.text
    client.get("/staff/waves/1/change")
    assert client.value("name") == "Spring 2026"
    assert client.value("closes_on-month") == "4"
    assert client.value("delete_on-year") == "2028"
    changed = PLAN | {"name": "Early summer", "closes_on-month": "May", "version": "1"}
    client.post("/staff/waves/1/change", changed).follow()
    for said in ("Early summer", "2 May 2026", "2 May 2028", "Prepared"):
        assert said in client.text
    assert wave().questionnaire == "fear_of_crime"
    assert events()[-1] == ("wave.changed", member.id)
    detail = json.loads(db.session.scalars(select(AuditEvent.detail)).all()[-1])
    assert (detail["closes_on_was"], detail["closes_on"]) == ("2026-04-02", "2026-05-02")
    assert detail["renamed"] is True
    assert "opens_on_was" not in detail


def chosen(client):
    """The way of asking people that the form has ticked."""
    ticked = client.page.findall(".//input[@name='sample'][@checked]")
    return [each.get("value") for each in ticked]


def test_how_people_are_asked_is_an_open_link_unless_somebody_says_otherwise(manager):
    manager.get("/staff/waves/new")
    assert chosen(manager) == ["open_link"]
    offered = manager.page.findall(".//input[@name='sample']")
    assert [each.get("value") for each in offered] == ["open_link", "panel", "random"]
    assert "The figures speak of those who answered, not of all residents" in manager.text
    create(manager).follow()
    assert "How people are asked Anyone with the link" in manager.text
    assert wave().sample == "open_link"


@pytest.mark.parametrize(
    ("sample", "called", "told"),
    [
        ("panel", "A panel", "Give the address to members of the panel only"),
        ("random", "A random sample of addresses", "Give the address only to those who were drawn"),
    ],
)
def test_how_people_are_asked_is_chosen_and_told_before_opening(manager, sample, called, told):
    create(manager, sample=sample).follow()
    assert f"How people are asked {called}" in manager.text
    assert wave().sample == sample
    manager.get("/staff/waves/1/open")
    assert told in manager.text


def test_how_people_are_asked_changes_while_a_wave_is_prepared(manager):
    create(manager, sample="panel")
    manager.get("/staff/waves/1/change")
    assert chosen(manager) == ["panel"]
    manager.post("/staff/waves/1/change", PLAN | {"sample": "random", "version": "1"})
    assert wave().sample == "random"
    detail = json.loads(db.session.scalars(select(AuditEvent.detail)).all()[-1])
    assert (detail["sample_was"], detail["sample"]) == ("panel", "random")
    cleared(manager)
    token = manager.value("csrf_token")
    manager.post("/staff/waves/1/change", PLAN | {"sample": "open_link"}, 409, token=token)
    assert wave().sample == "random"


def test_a_change_that_cannot_be_says_why_and_changes_nothing(manager):
    create(manager)
    manager.get("/staff/waves/1/change")
    manager.post(
        "/staff/waves/1/change",
        PLAN | {"closes_on-year": "2025", "name": "No", "version": "1"},
        422,
    )
    assert "before the first day" in manager.text
    assert manager.page.find(".//a[@href='#closes_on-day']") is not None
    assert manager.value("name") == "No"
    assert wave().name == "Spring 2026"


def test_a_prepared_wave_is_deleted_once_somebody_says_yes(app, client, clock):
    member = make_staff(app, "survey_manager")
    sign_in(client, member)
    create(client)
    client.get("/staff/waves/1/delete")
    assert "Delete Spring 2026?" in client.text
    assert wave().name == "Spring 2026"
    client.post("/staff/waves/1/delete", {"version": client.value("version")}).follow()
    assert "There are no waves yet" in client.text
    assert events()[-1] == ("wave.deleted", member.id)


def test_the_page_leads_to_the_figures_once_there_can_be_some(manager):
    create(manager).follow()
    assert "Figures of this wave" not in manager.text
    cleared(manager).follow()
    [link] = [each for each in manager.page.iter("a") if each.text == "Figures of this wave"]
    manager.get(link.get("href"))


def test_a_step_needs_its_token_and_a_form(manager):
    create(manager)
    manager.post("/staff/waves/1/open", status=400, token="forged")
    assert wave().state == "draft"


def test_analysts_see_but_do_not_touch(app, client, manager, clock):
    create(manager)
    manager.post("/staff/sign-out", token=manager.get("/staff").value("csrf_token"))
    sign_in(client, make_staff(app, "analyst"))
    client.get("/staff/waves")
    assert "Create a wave" not in client.text
    client.get("/staff/waves/1")
    for offered in ("Open this wave", "Change this wave", "Delete this wave"):
        assert offered not in client.text
    for path in ("new", "1/open", "1/close", "1/change", "1/delete"):
        client.get(f"/staff/waves/{path}", 403)
    token = client.get("/staff").value("csrf_token")
    client.post("/staff/waves/1/open", status=403, token=token)
    assert wave().state == "draft"


@pytest.mark.parametrize("number", ["7", "0", "99999999999999999999", "x"])
def test_an_unknown_wave_is_not_found(manager, number):
    manager.get(f"/staff/waves/{number}", 404)
    for step in ("open", "close", "change", "delete"):
        manager.get(f"/staff/waves/{number}/{step}", 404)


def test_nobody_gets_in_without_signing_in(client):
    for path in ("/staff/waves", "/staff/waves/new", "/staff/waves/1"):
        client.get(path, 302)
        assert client.location.startswith("/staff/sign-in")


def test_days_are_those_of_london(app, client, clock):
    clock.move(days=91, hours=11, minutes=30)  # half past eleven on 1 June in UTC
    sign_in(client, make_staff(app, "survey_manager"))
    create(client, **{"closes_on-month": "8"})
    cleared(client, steps=("open", "close"))
    assert wave().closes_on.isoformat() == "2026-06-02"
