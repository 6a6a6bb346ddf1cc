"""Awkward moments: two windows, a busy database, TLS, a stranger at the same device."""

import sqlite3
import threading
import time
from datetime import date, timedelta

import pytest
from page import PageClient, check_page
from settings import settings_for
from sqlalchemy import func, select, text
from survey import DEFINITIONS, SLUG, answer, begin, open_a_wave

from engage import clock as engage_clock
from engage.answering import draft as drafts
from engage.answering.models import Draft, DraftPage
from engage.answering.seal import new_token
from engage.answering.submit import Outcome, send
from engage.app import create_app
from engage.extensions import db
from engage.responses.models import Response
from engage.surveys.respondent import token_in
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of
from engage.web.questionnaire import Questionnaire

pytestmark = pytest.mark.either_database

FIRST = f"/surveys/{SLUG}/page/you"


def count(model) -> int:
    """How many there are; a draft's page of what was odd about its start is none of answers."""
    db.session.rollback()
    counted = select(func.count()).select_from(model)
    if model is DraftPage:
        counted = counted.where(DraftPage.section.not_like("@%"))
    return db.session.scalar(counted)


def test_start_pressed_in_a_second_window_deletes_nothing(client):
    open_a_wave()
    client.get(f"/surveys/{SLUG}")
    token = client.value("csrf_token")
    client.post(f"/surveys/{SLUG}").follow().post(FIRST, {"q_age_band": "3"})
    client.post(f"/surveys/{SLUG}", token=token)
    assert client.location == f"/surveys/{SLUG}"
    assert count(DraftPage) == 1
    assert "answers on this device that have not been sent" in client.follow().text


def test_two_surveys_begun_at_once_do_not_push_each_other_out(client):
    first = open_a_wave()
    client.get(f"/surveys/{SLUG}")
    token, cookie = client.value("csrf_token"), client.http.get_cookie("session").value
    client.post(f"/surveys/{SLUG}", token=token)
    after_first = client.http.get_cookie("session").value
    wave = db.session.get(Wave, first)
    wave.state = WaveState.CLOSED
    db.session.commit()
    open_a_wave("2027")
    client.http.set_cookie("session", cookie)
    client.post(f"/surveys/{SLUG}", token=token).follow()
    assert "How old are you" in client.text
    assert after_first == cookie, "starting does not write the cookie"


def test_someone_who_starts_after_another_sent_gets_a_draft_of_their_own(client):
    open_a_wave()
    answer(begin(client))
    old_page = {"draft": client.value("draft")}
    client.post(f"/surveys/{SLUG}/check", old_page).follow()
    begin(client).post(FIRST, {"q_age_band": "3"})
    client.post(f"/surveys/{SLUG}/check", old_page).follow()
    assert "Nothing is here any more" in client.text
    assert count(Response) == 1, "the page of the one before does not send the answers of the next"


def test_the_thank_you_page_forgets_after_ten_minutes(client, clock):
    open_a_wave()
    answer(begin(client))
    client.post(f"/surveys/{SLUG}/check", {"draft": client.value("draft")}).follow()
    clock.move(minutes=11)
    client.get(f"/surveys/{SLUG}/thank-you", status=303)


def test_the_thank_you_page_is_there_though_the_wave_closed(client):
    number = open_a_wave()
    answer(begin(client))
    sending = {"draft": client.value("draft")}
    token = client.value("csrf_token")
    client.post(f"/surveys/{SLUG}/check", sending)
    db.session.get(Wave, number).state = WaveState.CLOSED
    db.session.commit()
    client.post(f"/surveys/{SLUG}/check", sending, token=token).follow()
    assert "Your answers have been sent" in client.text


def test_a_wave_that_closes_while_the_last_page_is_open_takes_nothing(client):
    number = open_a_wave()
    answer(begin(client))
    sending, token = {"draft": client.value("draft")}, client.value("csrf_token")
    db.session.get(Wave, number).state = WaveState.CLOSED
    db.session.commit()
    client.post(f"/surveys/{SLUG}/check", sending, status=404, token=token)
    assert count(Response) == 0


def test_back_keeps_what_was_saved_where_the_page_says_something_else(client):
    open_a_wave()
    begin(client).post(FIRST, {"q_age_band": "3"})
    page = f"/surveys/{SLUG}/page/more"
    client.get(page).post(page, {"q_meta": "my first words"})
    client.get(page).post(page, {"q_meta": "x" * 400, "q_years": "5", "go": "back"})
    client.get(page)
    assert client.page.find(".//textarea").text.strip() == "my first words"
    assert client.value("q_years") == "5"


def test_leaving_does_not_wait_for_a_busy_database(sqlite_url, lite_app):
    open_a_wave()
    client = begin(PageClient(lite_app))
    file = sqlite_url.removeprefix("sqlite:///")
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        client.get("/leave", status=303)
        assert time.monotonic() - started < 3
        other.execute("ROLLBACK")
    other.close()
    assert client.http.get_cookie("session") is None
    client.get(f"/surveys/{SLUG}/page/place", status=303)


def test_who_leaves_a_busy_database_has_the_answers_deleted_as_soon_as_it_can(
    sqlite_url, lite_app, clock
):
    open_a_wave()
    client = begin(PageClient(lite_app))
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        client.get("/leave", status=303)
        assert other.execute("SELECT count(*) FROM drafts").fetchone() == (1,)
        other.execute("ROLLBACK")
        end = time.monotonic() + 30
        while other.execute("SELECT 1 FROM drafts").fetchone() and time.monotonic() < end:
            time.sleep(0.1)  # without a transaction of its own, which would be in the way
        assert other.execute("SELECT 1 FROM drafts").fetchone() is None
    other.close()


def test_the_cookie_tells_no_more_of_what_was_sent_than_the_thanks_need(lite_app, clock):
    number = open_a_wave()
    client = PageClient(lite_app)
    answer(begin(client))
    clock.move(seconds=17)
    with client.http.session_transaction() as held:
        was = token_in(held, number)
    page, token = {"draft": client.value("draft")}, client.value("csrf_token")
    client.post(f"/surveys/{SLUG}/check", page, token=token)
    with client.http.session_transaction() as held:
        assert token_in(held, number) != was, "nothing leads back to what was sent"
        assert "turns" not in held
        [until] = held["sent"].values()
    assert until * 60 == (engage_clock.now() + timedelta(minutes=10, seconds=43)).timestamp()
    client.post(f"/surveys/{SLUG}/check", page, token=token).follow()
    assert "Thank you" in client.text, "the button pressed twice"
    clock.move(minutes=11)
    client.get(f"/surveys/{SLUG}")
    with client.http.session_transaction() as held:
        assert "sent" not in held


def test_sending_one_survey_leaves_the_answers_to_another(lite_app, clock):
    open_a_wave()
    open_a_wave(file=DEFINITIONS / "ranking" / "v1.yaml")
    client = PageClient(lite_app)
    answer(begin(client))
    begin(client, "ranking")
    client.get(f"/surveys/{SLUG}/check")
    client.post(f"/surveys/{SLUG}/check", {"draft": client.value("draft")})
    client.get("/surveys/ranking")
    assert "There are answers on this device" in client.text


def test_a_database_that_stays_busy_is_said_kindly(sqlite_url, lite_app, monkeypatch):
    open_a_wave()
    client = begin(PageClient(lite_app))
    with db.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=100")
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        client.post(FIRST, {"q_age_band": "3"}, status=503)
        other.execute("ROLLBACK")
    other.close()
    assert "Go back and send it again" in client.text
    client.http.get(FIRST)


def test_nothing_finer_than_a_day_can_be_joined_to_a_response(client, clock):
    open_a_wave()
    answer(begin(client))
    clock.move(minutes=7, seconds=13)
    client.post(f"/surveys/{SLUG}/check", {"draft": client.value("draft")})
    row = db.session.scalars(select(Draft)).one()
    assert row.sent
    assert (row.started_at.hour, row.started_at.minute, row.started_at.second) == (0, 0, 0)
    assert row.expires_at - row.started_at == timedelta(hours=26)


def test_a_draft_deleted_while_it_is_sent_is_not_thanked_for(app):
    number = open_a_wave()
    wave = db.session.get(Wave, number)
    definition, definition_id = definition_of(wave.definition), wave.definition_id
    db.session.remove()
    token = new_token()
    with db.engine.begin() as connection:
        drafts.start(connection, token, number, engage_clock.now())
        found = drafts.read(connection, token, number, engage_clock.now())
        drafts.save(
            connection,
            token,
            found.id,
            "you",
            {"age_band": "3"},
            now=engage_clock.now(),
            closes_on=date.max,
        )
    deleting = db.engine.connect()
    deleting.begin()
    drafts.discard(deleting, token)
    outcomes = []

    def sending() -> None:
        with app.app_context(), db.engine.begin() as connection:
            outcomes.append(
                send(
                    connection,
                    token,
                    wave_id=number,
                    definition_id=definition_id,
                    definition=definition,
                    now=engage_clock.now(),
                )
            )

    other = threading.Thread(target=sending)
    other.start()
    time.sleep(0.3)
    deleting.commit()
    deleting.close()
    other.join(20)
    assert outcomes == [Outcome.GONE]
    assert count(Response) == 0


def test_made_up_codes_do_not_fill_the_memory_of_rendered_questions(client, app):
    open_a_wave()
    begin(client).post(FIRST, {"q_age_band": "3"})
    client.get(f"/surveys/{SLUG}/page/safety")
    (compiled,) = app.extensions["questionnaires"].values()
    assert isinstance(compiled, Questionnaire)
    sizes = []
    for made_up in range(5):
        fields = {"q_safe_day": f"made up {made_up}", "q_safe_dark": f"made up {made_up}"}
        client.post(f"/surveys/{SLUG}/page/safety", fields, status=422)
        sizes.append(compiled.kept())
    assert sizes[0] == sizes[-1]


def test_over_https_behind_a_proxy_people_answer_and_the_cookie_is_bound(database_url, tmp_path):
    settings = settings_for(
        tmp_path,
        DATABASE_URL=database_url,
        PUBLIC_URL="https://safety.testham.example",
        TRUSTED_PROXIES="1",
    )
    app = create_app(settings)
    with app.app_context():
        open_a_wave()
        browser = app.test_client()
        browser.environ_base |= {
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_X_FORWARDED_FOR": "203.0.113.9",
        }
        site = "https://safety.testham.example"
        page = browser.get(f"/surveys/{SLUG}", base_url=site)
        cookie = page.headers["Set-Cookie"]
        assert cookie.startswith("__Host-session=")
        assert "Secure" in cookie
        assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
        token = check_page(page).find(".//input[@name='csrf_token']").get("value")
        # As browsers do under our policy, no Referer is sent.
        sent = browser.post(f"/surveys/{SLUG}", data={"csrf_token": token}, base_url=site)
        assert sent.status_code == 303, sent.text
        db.session.remove()
        db.engine.dispose()


def test_a_name_that_is_not_the_sites_own_is_refused(lite_app):
    client = lite_app.test_client()
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("slug", ["%00", "%0A", "nonsense", "x" * 200, "..%2f"])
@pytest.mark.parametrize("page", ["", "/ended", "/deleted", "/thank-you", "/check"])
def test_an_address_of_no_survey_is_not_found(client, slug, page):
    assert client.http.get(f"/surveys/{slug}{page}").status_code == 404


def test_a_form_of_another_kind_is_refused(client):
    open_a_wave()
    begin(client)
    fields = {"csrf_token": client.value("csrf_token"), "q_age_band": "3"}
    sent = client.http.post(FIRST, data=fields, content_type="multipart/form-data")
    assert sent.status_code == 415
    assert count(DraftPage) == 0


def test_a_missing_built_file_is_not_remembered_as_missing(lite_app):
    answer = lite_app.test_client().get("/static/build/gone-123.css")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_database_ending_a_connection_is_not_noticed_by_people(postgres_url, tmp_path):
    app = create_app(settings_for(tmp_path, DATABASE_URL=postgres_url))
    with app.app_context():
        open_a_wave()
        client = begin(PageClient(app))
        with db.engine.connect() as connection:
            connection.execute(
                text(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where datname = current_database() and pid <> pg_backend_pid()"
                )
            )
        client.post(FIRST, {"q_age_band": "3"})
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("path", ["/surveys/Every-Kind", "/surveys/every-kind/", "/staff/sign-in/"])
def test_an_address_typed_from_a_poster_works(client, path):
    open_a_wave()
    client.get(path)


def test_a_box_that_nobody_wrote_in_is_empty(client):
    open_a_wave()
    begin(client).post(FIRST, {"q_age_band": "3"})
    client.get(f"/surveys/{SLUG}/page/more")
    assert (client.page.find(".//textarea").text or "").strip() == ""
    assert {client.value("q_years"), client.value("q_validate")} <= {"", None}


def test_somebody_who_found_no_place_can_go_on(client):
    open_a_wave()
    begin(client).post(FIRST, {"q_age_band": "3"})
    page = f"/surveys/{SLUG}/page/place"
    client.get(page).post(page, {"find_words": "nowhere", "find": "yes"}, status=200)
    assert "We found nothing" in client.text
    kept = {"find_words": "nowhere", "found_words": client.value("found_words")}
    client.post(page, kept)
    assert client.location.endswith("/page/safety")


def test_deleted_is_only_said_where_nothing_is_left(client):
    open_a_wave()
    begin(client)
    client.get(f"/surveys/{SLUG}/deleted", status=303)
