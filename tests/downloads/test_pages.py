"""Analysts ask for files, wait, and take them; the log knows who took what."""

import json
from datetime import date, timedelta

import pytest
from conftest import NOON
from figures.town import filled, found, wave_of
from page import PageClient
from sqlalchemy import select, update
from staff import make_staff, sign_in

from engage import worker
from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.downloads import requests
from engage.downloads.models import FullRequest, MadeFile
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.jobs import store as jobs
from engage.jobs.models import Job
from engage.sessions.models import BreakGlass, StaffSession
from engage.waves.models import Wave, WaveState

pytestmark = pytest.mark.either_database

PURPOSE = "Read what people wrote about Mill Lane"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def wave_id(app, clock) -> int:
    found(db.session())
    wave_id = filled(db.session(), 120).id
    refresh(db.session(), wave_id, NOON)
    db.session.commit()
    return wave_id


@pytest.fixture
def analyst(app, client):
    return sign_in(client, make_staff(app, Role.ANALYST))


def work(clock) -> None:
    while worker.turn(db.session(), clock.at):
        pass
    db.session.remove()


def logged(action: str) -> list[dict]:
    events = db.session.scalars(select(AuditEvent).filter_by(action=action).order_by(AuditEvent.id))
    return [json.loads(event.detail) | {"staff_id": event.staff_id} for event in events]


def links(client) -> dict[str, str]:
    """The files that the page links to, by kind of file."""
    found = client.page.iterfind(".//a[@download]")
    return {link.text.rsplit(".", 1)[1]: link.get("href") for link in found}


def take(client, link: str):
    """What comes when a link to a file is followed; the page stays where it is."""
    page = client.page
    response = client.get(link).response
    client.page = page
    return response


def test_an_analyst_asks_for_the_workbook_waits_and_takes_it(analyst, wave_id, clock):
    analyst.get("/staff/downloads").get(f"/staff/downloads/{wave_id}")
    assert not links(analyst)

    analyst.post(f"/staff/downloads/{wave_id}", {"kind": "indicators_xlsx"}).follow()
    assert "Figures as a workbook: this file is being made" in analyst.text
    work(clock)
    analyst.get(f"/staff/downloads/{wave_id}")
    assert "being made" not in analyst.text
    link = links(analyst)["xlsx"]
    taken = take(analyst, link)

    assert taken.data.startswith(b"PK")
    assert taken.headers["Content-Type"] == XLSX
    assert taken.headers["Content-Disposition"] == (
        'attachment; filename="fear-of-crime_2026_v1_indicators_20260302T1200Z.xlsx"'
    )
    assert taken.headers["Cache-Control"] == "no-store"
    assert taken.headers["X-Content-Type-Options"] == "nosniff"
    assert logged("file.asked")[0]["kind"] == "indicators_xlsx"
    (event,) = logged("file.downloaded")
    assert event["kind"] == "indicators_xlsx"
    assert event["wave"] == wave_id
    assert event["staff_id"] is not None


def test_every_kind_can_be_asked_for_and_the_csv_comes_with_its_description(
    analyst, wave_id, clock
):
    for kind in ("indicators_csv", "responses"):
        analyst.get(f"/staff/downloads/{wave_id}")
        analyst.post(f"/staff/downloads/{wave_id}", {"kind": kind})
    work(clock)
    analyst.get(f"/staff/downloads/{wave_id}")

    assert set(links(analyst)) == {"csv", "json", "zip"}
    assert take(analyst, links(analyst)["csv"]).mimetype == "text/csv"
    assert take(analyst, links(analyst)["json"]).mimetype == "application/json"
    assert take(analyst, links(analyst)["zip"]).mimetype == "application/zip"


def test_one_button_makes_the_bundle_even_where_there_are_no_figures_yet(lite_app, clock):
    found(db.session())
    wave_id = filled(db.session(), 60, "women_and_girls").id
    db.session.rollback()
    analyst = sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))
    analyst.get(f"/staff/downloads/{wave_id}")
    assert "Make everything as one bundle" in analyst.text
    assert "Make all figures as one bundle" not in analyst.text

    analyst.post(f"/staff/downloads/{wave_id}", {"kind": "bundle"}).follow()
    assert "Everything as one bundle: this file is being made" in analyst.text
    work(clock)
    analyst.get(f"/staff/downloads/{wave_id}")

    taken = take(analyst, links(analyst)["zip"])
    assert taken.data.startswith(b"PK")
    assert "_bundle_" in taken.headers["Content-Disposition"]
    assert logged("file.asked")[0]["kind"] == logged("file.downloaded")[0]["kind"] == "bundle"
    assert "Make all figures as one bundle" in analyst.text


def test_the_page_says_how_much_of_a_file_is_done_and_looks_again_where_that_is_wanted(lite):
    lite.get("/staff/downloads/1").post("/staff/downloads/1", {"kind": "bundle"})
    db.session.execute(update(Job).values(progress=40))
    db.session.commit()
    lite.follow()

    assert "Everything as one bundle: this file is being made, 40% is done" in lite.text
    assert lite.page.find(".//meta[@http-equiv='refresh']") is None
    lite.get("/staff/downloads/1?wait=1")
    assert lite.page.find(".//meta[@http-equiv='refresh']").get("content") == "3"


def test_asking_twice_makes_the_file_once(analyst, wave_id):
    for _ in range(2):
        analyst.get(f"/staff/downloads/{wave_id}")
        analyst.post(f"/staff/downloads/{wave_id}", {"kind": "responses"})

    assert len(db.session.scalars(select(Job.id).filter_by(kind="make_file")).all()) == 1


def test_a_kind_that_is_not_offered_is_refused(lite):
    for kind in ("", "responses_full", "indicators_metadata", "everything"):
        lite.get("/staff/downloads/1").post("/staff/downloads/1", {"kind": kind}, 422)
        assert lite.page.find(".//title").text.startswith("Error: ")

    assert not db.session.scalars(select(Job).filter_by(kind="make_file")).all()


@pytest.fixture
def lite(lite_app, clock) -> PageClient:
    """An analyst on SQLite, with an open wave of number 1 that has figures."""
    found(db.session())
    assert filled(db.session(), 60).id == 1
    refresh(db.session(), 1, NOON)
    db.session.commit()
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))


FULL = "/staff/downloads/1/responses-in-full"


@pytest.fixture
def second(lite_app, lite) -> PageClient:
    """Somebody else who may agree."""
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST, "Ada Other"))


def agree(second, number: int = 1, **said):
    """Answer a request as its page is shown."""
    path = f"/staff/downloads/requests/{number}"
    second.get(path)
    given = {"digest": second.value("digest"), "answer": "yes", "reason": ""}
    return second.post(path, given | said, said.pop("status", 303))


def test_the_responses_in_full_need_a_purpose_a_day_and_a_second_yes(lite, second, clock):
    lite.get(FULL).post(FULL, {"purpose": PURPOSE, "delete_on": "2026-05-01"}).follow()
    assert "your request waits for somebody else" in lite.get("/staff/downloads/1").text
    lite.get("/staff/downloads/requests/1")
    assert lite.value("digest") is None, "nobody agrees to what they asked for"
    assert "1 request for responses in full waits" in second.get("/staff").text
    assert "waits for your yes or no" in second.get("/staff/downloads").text
    said = f"Analyst asks for the responses in full. Say yes or no: {PURPOSE}"
    assert said in second.get("/staff/downloads/1").text
    assert "asks for the responses" not in lite.get("/staff/downloads/1").text
    agree(second).follow()
    assert "Ada Other agreed" in second.text
    assert "Responses in full: this file is being made" in lite.get("/staff/downloads/1").text
    work(clock)
    lite.get("/staff/downloads/1")

    assert f"For Analyst: {PURPOSE}" in lite.text
    assert take(lite, links(lite)["zip"])
    (asked,) = logged("file.asked")
    request = db.session.get(FullRequest, asked["request"])
    assert (request.purpose, request.delete_on) == (PURPOSE, date(2026, 5, 1))
    assert (request.asked_by, request.asked_at) == (asked["staff_id"], NOON)
    assert db.session.scalar(select(MadeFile.delete_on)) == date(2026, 5, 1)
    assert logged("file.downloaded")[0]["kind"] == "responses_full"


def test_a_request_can_be_refused_with_a_reason_and_by_nobody_for_themselves(lite, second):
    lite.get(FULL).post(FULL, {"purpose": PURPOSE, "delete_on": "2026-05-01"})
    digest = second.get("/staff/downloads/requests/1").value("digest")
    given = {"digest": digest, "answer": "yes", "reason": ""}
    lite.get("/staff/downloads/requests/1").post("/staff/downloads/requests/1", given, 409)
    assert "somebody else has to agree" in lite.text
    second.get("/staff/downloads/requests/1")
    second.post("/staff/downloads/requests/1", given | {"answer": "no"}, 422)
    assert "Say why not" in second.text
    second.post("/staff/downloads/requests/1", given | {"digest": "0" * 64}, 409)
    agree(second, answer="no", reason="Use the safe file")

    text = lite.get("/staff/downloads/1").text
    assert "your request was refused" in text
    assert "Use the safe file" in text
    assert not db.session.scalars(select(Job.id).filter_by(kind="make_file")).all()


def test_two_requests_for_the_responses_in_full_make_two_files(lite, second, clock):
    for purpose, day in ((PURPOSE, "2026-05-01"), ("Count the streets", "2026-05-01")):
        lite.get(FULL).post(FULL, {"purpose": purpose, "delete_on": day})
    lite.get(FULL).post(FULL, {"purpose": PURPOSE, "delete_on": "2026-06-01"})
    lite.get(FULL).post(FULL, {"purpose": PURPOSE, "delete_on": "2026-06-01"})  # the same again
    for number in (1, 2, 3):
        agree(second, number)
    assert lite.get("/staff/downloads/1").text.count("this file is being made") == 1
    work(clock)

    assert len({asked["request"] for asked in logged("file.asked")}) == 3
    made = select(FullRequest.purpose, MadeFile.delete_on).join(FullRequest).order_by(MadeFile.id)
    assert [tuple(row) for row in db.session.execute(made)] == [
        (PURPOSE, date(2026, 5, 1)),
        ("Count the streets", date(2026, 5, 1)),
        (PURPOSE, date(2026, 6, 1)),
    ]


def test_what_a_file_is_for_is_kept_in_one_place_for_six_years(lite, clock):
    lite.get(FULL).post(FULL, {"purpose": PURPOSE, "delete_on": "2026-05-01"})
    work(clock)
    for column in (Job.payload, Job.key, AuditEvent.detail):
        assert not any(PURPOSE in (said or "") for said in db.session.scalars(select(column)))

    assert requests.forget(db.session(), NOON.replace(year=2032) - timedelta(seconds=1)) == 0
    assert requests.forget(db.session(), NOON.replace(year=2032)) == 1


REFUSED = [
    ("", "2026-05-01", "Enter what you need them for"),
    ("so I can", "2026-05-01", "at least 10 characters"),
    ("  spaced     ", "2026-05-01", "at least 10 characters"),
    ("x" * 501, "2026-05-01", "at most 500 characters"),
    (f"{PURPOSE}\0", "2026-05-01", "characters that cannot be printed"),
    (PURPOSE, "", "Enter the day by which"),
    (PURPOSE, "1 May", "Enter a day that exists"),
    (PURPOSE, "2026-02-30", "Enter a day that exists"),
    (PURPOSE, "2026-03-02", "Choose a day from 3 March 2026 to 2 March 2027"),
    (PURPOSE, "2027-03-03", "Choose a day from 3 March 2026 to 2 March 2027"),
]


def test_without_a_good_purpose_and_day_nothing_is_made(lite):
    for purpose, day, said in REFUSED:
        lite.get(FULL).post(FULL, {"purpose": purpose, "delete_on": day}, 422)
        assert said in lite.text

    assert not db.session.scalars(select(Job).filter_by(kind="make_file")).all()


def test_the_day_is_never_later_than_the_deletion_of_the_answers(lite):
    wave = db.session.get(Wave, 1)
    wave.delete_on = date(2026, 4, 20)
    db.session.commit()

    lite.get(FULL).post(FULL, {"purpose": PURPOSE, "delete_on": "2026-04-21"}, 422)

    assert "Choose a day from 3 March 2026 to 20 April 2026" in lite.text


def test_only_who_asked_may_take_the_responses_in_full_and_never_in_an_emergency(
    lite, lite_app, second, clock
):
    lite.get(FULL).post(FULL, {"purpose": PURPOSE, "delete_on": "2026-05-01"})
    agree(second)
    work(clock)
    link = links(lite.get("/staff/downloads/1"))["zip"]
    other = second
    administrator = sign_in(PageClient(lite_app), make_staff(lite_app))

    assert not links(other.get("/staff/downloads/1"))
    other.get(link, 403)
    assert not links(administrator.get("/staff/downloads/1"))
    administrator.get(link, 403)
    assert take(lite, link)
    asker = db.session.get(FullRequest, 1).asked_by
    hash_of = select(StaffSession.token_hash).filter_by(staff_id=asker)
    hour = {"session_hash": db.session.scalar(hash_of), "reason": "Nobody is there"}
    until = {"began_at": clock.at, "ends_at": clock.at + timedelta(hours=1)}
    db.session.add(BreakGlass(staff_id=asker, **hour, **until))
    db.session.commit()
    assert not links(lite.get("/staff/downloads/1"))
    lite.get(link, 403)
    assert len(logged("file.downloaded")) == 1


def test_survey_managers_and_strangers_get_nothing(lite_app, lite, clock):
    lite.get("/staff/downloads/1").post("/staff/downloads/1", {"kind": "responses"})
    work(clock)
    link = links(lite.get("/staff/downloads/1"))["zip"]
    manager = sign_in(PageClient(lite_app), make_staff(lite_app, Role.SURVEY_MANAGER))

    for path in ("/staff/downloads", "/staff/downloads/1", FULL, link):
        manager.get(path, 403)
        assert PageClient(lite_app).http.get(path).status_code == 302


def test_a_file_is_gone_on_its_day_even_before_the_worker_deletes_it(lite, clock):
    lite.get("/staff/downloads/1").post("/staff/downloads/1", {"kind": "responses"})
    work(clock)
    link = links(lite.get("/staff/downloads/1"))["zip"]
    db.session.execute(update(MadeFile).values(delete_on=NOON.date() + timedelta(days=1)))
    db.session.commit()

    clock.move(minutes=30)
    assert take(lite, link)
    db.session.execute(update(MadeFile).values(delete_on=NOON.date()))
    db.session.commit()
    lite.get(link, 404)
    assert not links(lite.get("/staff/downloads/1"))


def test_a_file_that_could_not_be_made_is_said_so_until_it_is(lite, clock):
    job = jobs.enqueue(
        db.session(), "make_file", {"kind": "responses", "wave_id": 1}, due_at=clock.at
    )
    job.state = "failed"
    db.session.commit()

    lite.get("/staff/downloads/1")
    assert "this file could not be made" in lite.text
    lite.post("/staff/downloads/1", {"kind": "responses"})
    clock.move(minutes=1)
    work(clock)

    assert "could not be made" not in lite.get("/staff/downloads/1").text


def test_an_open_wave_is_marked_interim_and_a_wave_in_preparation_has_no_page(lite):
    prepared = wave_of(db.session(), name="2027", state=WaveState.DRAFT).id

    assert "Interim" in lite.get("/staff/downloads/1").text
    lite.get(f"/staff/downloads/{prepared}", 404)
    assert "2027" not in lite.get("/staff/downloads").text
    lite.get("/staff/downloads/999", 404)
    lite.get("/staff/downloads/files/999", 404)


def test_when_the_answers_are_deleted_only_figures_are_offered(lite, clock):
    wave = db.session.get(Wave, 1)
    wave.state, wave.closes_on, wave.delete_on = "closed", date(2026, 3, 1), NOON.date()
    db.session.commit()

    text = lite.get("/staff/downloads/1").text

    assert "The responses of this wave have been deleted" in text
    assert lite.page.findall(".//input[@value='responses']") == []
    lite.get(FULL, 410)


def test_a_form_without_its_token_is_refused(lite):
    lite.get("/staff/downloads/1")
    lite.post("/staff/downloads/1", {"kind": "responses"}, 400, token="forged")
