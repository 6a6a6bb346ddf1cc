"""A survey for people with a one-time code."""

import pytest
from page import PageClient
from survey import DEFINITIONS, answer, open_a_wave, press_start

from engage import clock as days
from engage.core.indicators.disclosure import disclosure
from engage.extensions import db
from engage.invitations.models import Invitation
from engage.invitations.store import make
from engage.links import store as links
from engage.responses.models import Response
from engage.waves.models import Wave
from engage.waves.published import definition_of

ANSWERS = {"you": {"q_age_band": "2"}, "us": {"q_well": "1"}}
CODE, SAVE = "/surveys/invited/code", "/surveys/invited/save"


@pytest.fixture
def wave(app, clock) -> int:
    return open_a_wave(file=DEFINITIONS / "invited" / "v1.yaml")


@pytest.fixture
def code(app, wave) -> str:
    key = app.extensions["settings"].secret_key
    [made] = make(db.session, wave, 1, key=key)
    db.session.commit()
    return made


@pytest.fixture
def lite_code(lite_app, clock) -> str:
    wave = open_a_wave(file=DEFINITIONS / "invited" / "v1.yaml")
    [made] = make(db.session, wave, 1, key=lite_app.extensions["settings"].secret_key)
    db.session.commit()
    return made


def walk_half(client, code: str) -> None:
    """Come in with the code and save the first page."""
    client.get(CODE).post(CODE, {"invitation": code})
    client.get(client.location, follow=True)
    press_start(client, "invited").follow()
    client.post("/surveys/invited/page/you", ANSWERS["you"]).follow()


def walked(client, code: str):
    """Come in with the code and answer everything; stand on the page that checks."""
    client.get(CODE).post(CODE, {"invitation": code})
    client.get(client.location, follow=True)
    press_start(client, "invited").follow()
    return answer(client, ANSWERS, "invited")


def send(client):
    client.post("/surveys/invited/check", {"draft": client.value("draft")})
    return client.follow()


def count() -> int:
    db.session.remove()
    return db.session.query(Response).count()


def test_nobody_gets_in_without_a_code(client, wave):
    client.get("/surveys/invited", follow=True)
    assert "Enter your code" in client.text
    assert "Start now" not in client.text
    client.get(CODE).post("/surveys/invited", {})
    assert client.location == CODE
    client.get("/")
    assert "For the invited" not in client.text


@pytest.mark.parametrize(
    ("written", "told"),
    [("", "12 letters"), ("4k7d", "12 letters"), ("4k7d-wq2m-z9xc", "This code cannot be used")],
)
def test_a_wrong_code_is_told_and_kept_in_its_box(client, wave, written, told):
    client.get(CODE).post(CODE, {"invitation": written}, 422)
    assert told in client.text
    assert client.value("invitation") == written


def test_a_code_lets_one_person_answer_once(app, client, wave, code):
    walked(client, code.upper().replace("-", " "))
    send(client)
    assert "Thank you" in client.text
    assert count() == 1
    assert db.session.query(Invitation).count() == 0
    client.get(CODE).post(CODE, {"invitation": code}, 422)


def test_two_browsers_with_one_code_send_one_response(app, client, wave, code):
    another_client = PageClient(app)
    walked(client, code)
    walked(another_client, code)
    send(client)
    send(another_client)
    assert "Enter your code" in another_client.text
    assert "used already, so these answers were not sent" in another_client.text
    assert count() == 1
    [fresh] = make(db.session, wave, 1, key=app.extensions["settings"].secret_key)
    db.session.commit()
    another_client.post(CODE, {"invitation": fresh}).follow()
    assert another_client.response.request.path.endswith("/check")
    send(another_client)
    assert "Thank you" in another_client.text
    assert count() == 2


def test_neither_the_day_nor_the_time_taken_is_kept(client, wave, code):
    send(walked(client, code))
    [kept] = db.session.query(Response).all()
    assert kept.day == db.session.get(Wave, wave).opens_on
    assert kept.duration is None
    assert kept.ward is None


def test_a_survey_for_all_has_no_page_for_codes(client, clock):
    open_a_wave()
    client.get("/surveys/every-kind/code", 303)
    assert client.location == "/surveys/every-kind"


def test_the_questionnaire_says_how_many_people_a_figure_needs(app, wave):
    definition = definition_of(db.session.get(Wave, wave).definition)
    assert disclosure([], definition).smallest_base == 10
    assert disclosure([]).smallest_base == 30


def test_who_stops_for_now_takes_the_code_along_and_enters_it_again_elsewhere(
    lite_app, clock, lite_code
):
    client, elsewhere = PageClient(lite_app), PageClient(lite_app)
    walk_half(client, lite_code)
    fields = {name: client.get(SAVE).value(name) for name in ("seed", "instead")}
    client.post(SAVE, fields, 200)
    assert "you also need the code that you were given" in client.text
    words = " ".join(each.text for each in client.page.iterfind(".//ol[@class='engage-code']/li"))
    client.post("/surveys/invited/put-away").follow()
    assert "you also need the code that you were given" in client.text
    assert "Enter your code" in client.get("/surveys/invited", follow=True).text
    elsewhere.get("/return").post("/return", {"code": words}).follow()
    answer(elsewhere, ANSWERS, "invited")
    send(elsewhere)
    assert "Enter your code" in elsewhere.text
    elsewhere.post(CODE, {"invitation": lite_code}).follow()
    send(elsewhere)
    assert "Thank you" in elsewhere.text
    assert count() == 1


def test_who_deletes_their_answers_leaves_no_code_behind(lite_app, clock, lite_code):
    client = PageClient(lite_app)
    walk_half(client, lite_code)
    client.post("/surveys/invited/delete").follow()
    assert "Enter your code" in client.get("/surveys/invited", follow=True).text


def test_no_place_is_kept_of_an_invited_answer(lite_app, clock, lite_code):
    wave = db.session.query(Wave.id).scalar()
    [link] = links.make(db.session, wave, ["Case 4711"], days.today())
    code = link.code
    db.session.commit()
    db.session.remove()
    client = PageClient(lite_app)
    client.get(f"/go/{code}", 303)
    send(walked(client, lite_code))
    [kept] = db.session.query(Response).all()
    assert (kept.source, kept.duration) == (None, None)
