"""Saving a draft under a code, coming back with it, and pages that meet in two windows."""

import json
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from aiosmtpd.controller import Controller
from page import PageClient
from server import Server, free_port
from sqlalchemy import event, func, select, text
from survey import ANSWERS, DEFINITIONS, SLUG, answer, begin, open_a_wave, press_start

from engage.answering.models import Draft, DraftPage, ResumeCode
from engage.extensions import db
from engage.responses.models import Response
from engage.waves.models import Wave

pytestmark = pytest.mark.either_database

HERE = f"/surveys/{SLUG}"
LATER = {"go": "later"}


@pytest.fixture(autouse=True)
def wave(app, clock) -> int:
    return open_a_wave()


@pytest.fixture
def other(app) -> PageClient:
    """A second device."""
    return PageClient(app)


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def words(client) -> str:
    """The code that the page shows."""
    listed = client.page.findall(".//ol[@class='engage-code']/li")
    return " ".join((each.text or "").strip() for each in listed)


def seen(client) -> str:
    return client.value("seen")


def fields(client) -> dict[str, str]:
    return {name: client.value(name) for name in ("seed", "instead")}


def code(client) -> str:
    """Make a code, from the page that explains it."""
    client.get(f"{HERE}/save").post(f"{HERE}/save", fields(client), 200)
    return words(client)


def come_back(client, said: str, path: str = f"{HERE}/return", status: int = 303):
    return client.get(path).post(path, {"code": said}, status)


def half_way(client) -> str:
    """Answer two pages, make a code, and stand on the page that shows it."""
    begin(client).post(f"{HERE}/page/you", ANSWERS["you"]).follow()
    client.post(f"{HERE}/page/place", {**ANSWERS["place"], "seen": seen(client)}).follow()
    client.post(f"{HERE}/page/safety", {"q_safe_day": "1", **LATER}).follow()
    client.post(f"{HERE}/save", fields(client), 200)
    return words(client)


def test_saving_for_later_keeps_the_page_first(client):
    begin(client)
    client.post(f"{HERE}/page/you", {**ANSWERS["you"], **LATER}).follow()
    assert "Your answers so far are saved" in client.text
    client.get(f"{HERE}/page/you")
    assert client.checked("q_age_band") == ["3"]


def test_saving_for_later_keeps_the_valid_part_of_a_page_and_says_so(client):
    begin(client).post(f"{HERE}/page/you", ANSWERS["you"])
    client.get(f"{HERE}/page/more")
    client.post(f"{HERE}/page/more", {"q_avoid": ["park"], "q_years": "many", **LATER}).follow()
    assert "not everything on the last page" in client.text
    client.get(f"{HERE}/page/more")
    assert client.checked("q_avoid") == ["park"]
    assert client.value("q_years") in {None, ""}


def test_a_code_takes_a_person_to_where_they_left_on_a_second_device(client, other):
    said = half_way(client)
    assert len(said.split()) == 6
    come_back(other, said).follow()
    assert other.response.request.path == f"{HERE}/page/safety"
    assert other.checked("q_safe_day") == ["1"]
    answer(other)
    assert other.response.request.path == f"{HERE}/check"
    assert "Abbey" in other.text
    other.post(f"{HERE}/check", {"draft": other.value("draft")}).follow()
    assert "Thank you" in other.text
    assert json.loads(db.session.scalars(select(Response)).one().answers)["ward"] == "W1"


def way(client, words: str) -> str:
    """Where the link with these words leads."""
    [found] = [each.get("href") for each in client.page.iter("a") if each.text == words]
    return found


def test_carrying_on_leads_back_to_the_page_that_was_left(client):
    half_way(client)
    assert way(client, "Carry on answering now") == f"{HERE}/page/safety"
    client.get(f"{HERE}/save")
    assert way(client, "Carry on answering now") == f"{HERE}/page/safety"


def test_the_check_says_that_pages_are_left(client):
    half_way(client)
    client.get(f"{HERE}/check")
    assert "You have not been through every page yet" in client.text
    assert way(client, "Carry on where you left off") == f"{HERE}/page/safety"
    answer(client.get(f"{HERE}/page/safety"))
    assert client.response.request.path == f"{HERE}/check"
    assert "every page yet" not in client.text


@pytest.mark.parametrize("path", [f"{HERE}/return", "/return"])
def test_a_code_is_taken_in_capitals_with_hyphens_and_anywhere(client, other, path):
    said = half_way(client).upper().replace(" ", "-")
    come_back(other, said, path)
    assert other.location.endswith("/page/safety")


def test_a_typing_error_is_told_by_its_place(client, other):
    first, second, third, *rest = half_way(client).split()
    come_back(other, " ".join((first, second, f"{third}xx", *rest)), status=422)
    assert "The third word is not in our list." in other.text
    assert f"Did you mean “{third}”?" in other.text
    assert other.value("code").startswith(first), "nobody types it all again"
    come_back(other, f"{first} {second}", status=422)
    assert "A code has 6 words. You entered 2." in other.text


def test_a_code_that_never_was_and_one_that_is_over_are_told_alike(client, other, clock):
    said = half_way(client)
    never = " ".join(reversed(said.split()))
    come_back(other, never, status=422)
    told = other.text
    clock.move(days=14)
    come_back(other, said, status=422)
    assert other.text == told.replace(never, said)
    assert "This code opens nothing" in told


def test_the_code_is_dead_when_the_answers_are_sent_or_deleted(client, other):
    said = half_way(client)
    client.get(f"{HERE}/page/safety")
    answer(client)
    client.post(f"{HERE}/check", {"draft": client.value("draft")})
    come_back(other, said, status=422)
    again = half_way(other)
    other.post(f"{HERE}/delete")
    come_back(client, again, status=422)
    assert count(ResumeCode) == 0


def test_a_new_code_replaces_the_old_one(client, other):
    old = half_way(client)
    new = code(client)
    assert old != new
    come_back(other, old, status=422)
    come_back(other, new)


def test_a_request_for_a_code_sent_twice_makes_one(client, other):
    begin(client).get(f"{HERE}/save")
    given, token = fields(client), client.value("csrf_token")
    cookie = client.http.get_cookie("session").value
    first = words(client.post(f"{HERE}/save", given, 200, token=token))
    client.http.set_cookie("session", cookie)  # its answer was lost on the way
    assert words(client.post(f"{HERE}/save", given, 200, token=token)) == first
    assert count(ResumeCode) == 1
    come_back(other, first)


def test_a_page_of_an_old_code_loaded_again_does_not_kill_the_new_one(client, other):
    begin(client).get(f"{HERE}/save")
    given = fields(client)
    client.post(f"{HERE}/save", given, 200)
    new = code(client)
    client.post(f"{HERE}/save", given)
    assert client.location.endswith("/save")
    come_back(other, new)


def test_a_code_is_nowhere_in_the_database(client):
    said = half_way(client).split()
    db.session.rollback()
    kept = [
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for table in db.metadata.sorted_tables
        if table.name in {"drafts", "draft_pages", "resume_codes", "jobs", "audit_events"}
        for row in db.session.execute(text(f"select * from {table.name}"))
        for value in row
    ]
    assert kept
    assert not [value for value in kept for word in said if word.encode() in value]


def test_stopping_makes_this_device_forget_and_the_code_still_opens(client, other):
    said = half_way(client)
    client.post(f"{HERE}/put-away").follow()
    assert "This device has forgotten them" in client.text
    client.get(f"{HERE}/page/you", 303).follow()
    assert "Nothing is here any more" in client.text
    client.get("/leave", 303)
    come_back(other, said)


def test_stopping_keeps_answers_to_another_survey(client):
    open_a_wave("2026", DEFINITIONS / "ranking" / "v1.yaml")
    begin(client, "ranking")
    half_way(client)
    client.post(f"{HERE}/put-away")
    client.get("/surveys/ranking")
    assert "answers on this device" in client.text


def test_without_a_code_nothing_is_put_away(client):
    begin(client)
    client.post(f"{HERE}/put-away")
    assert client.location.endswith("/save")
    client.get(f"{HERE}/page/you")


def test_leaving_in_a_hurry_deletes_what_has_a_code_too(client, other):
    said = half_way(client)
    assert "the code stops working" in client.text
    client.get("/leave", 303)
    assert (count(Draft), count(DraftPage), count(ResumeCode)) == (0, 0, 0)
    come_back(other, said, status=422)


def test_leaving_on_the_second_device_deletes_them_too(client, other):
    come_back(other, half_way(client))
    other.get("/leave", 303)
    assert count(Draft) == 0


def test_a_token_that_two_devices_hold_is_not_used_for_somebody_elses_answers(client, other, clock):
    come_back(other, half_way(client))
    clock.move(days=14)
    for device in (client, other):
        begin(device).post(f"{HERE}/page/you", ANSWERS["you"])
    assert count(Draft) == 2 + 1  # the old one goes with the next turn of the worker
    client.post(f"{HERE}/page/place", {"q_ward": "W2"})
    other.get(f"{HERE}/page/place")
    assert other.page.find(".//option[@value='W2']").get("selected") is None


def test_other_answers_on_the_device_are_announced_before_they_go(client, other):
    said = half_way(client)
    begin(other).post(f"{HERE}/page/you", {"q_age_band": "2"})
    other.get(f"{HERE}/return")
    assert "we delete those on this device" in other.text
    come_back(other, said)
    assert count(Draft) == 1
    client.get(f"{HERE}/return")
    assert "we delete those" not in client.text


def test_too_many_wrong_codes_from_one_network_are_refused(client, other, monkeypatch):
    monkeypatch.setattr(
        "engage.answering.code_words.MEMORY", 64
    )  # three hundred runs take a minute
    said = half_way(client)
    wrong = " ".join(reversed(said.split()))
    other.get("/return")
    token = other.value("csrf_token")
    for _ in range(300):
        other.http.post("/return", data={"code": wrong, "csrf_token": token})
    other.post("/return", {"code": wrong}, 429, token=token)
    assert "What you had saved is still there" in other.text
    other.post("/return", {"code": said}, 429, token=token)


def test_what_cannot_be_a_code_keeps_nobody_of_the_network_out(client, other):
    said = half_way(client)
    other.get("/return")
    token = other.value("csrf_token")
    for _ in range(301):
        other.http.post("/return", data={"code": "one two", "csrf_token": token})
    other.post("/return", {"code": said}, token=token)


def test_too_many_new_codes_are_refused_in_plain_words(client):
    begin(client).get(f"{HERE}/save")
    token = client.value("csrf_token")
    for _ in range(60):
        client.http.post(f"{HERE}/save", data={"seed": "none", "csrf_token": token})
    client.post(f"{HERE}/save", {"seed": "none"}, 429, token=token)
    assert "What you had saved is still there" in client.text
    assert "per 1 minute" not in client.text


def test_a_window_of_other_answers_saves_nothing_over_those_of_a_code(client, other):
    said = half_way(client)
    begin(other).post(f"{HERE}/page/you", {"q_age_band": "2"})
    page = f"{HERE}/page/more"
    other.get(page)
    first = {"draft": other.value("draft"), "seen": other.value("seen")}
    token = other.value("csrf_token")
    come_back(other, said)
    typed = {"q_validate": "Lights", "q_years": "many", "q_avoid": ["park"]}
    other.post(page, {**first, **typed}, 409, token=token)
    assert "This page was not saved" in other.text
    assert "Lights" in other.text
    assert "many" in other.text
    assert "Parks" in other.text
    client.get(page)
    assert client.checked("q_avoid") == []
    assert "Lights" not in client.text


def test_a_window_of_deleted_answers_saves_nothing_in_those_begun_again(client):
    begin(client).post(f"{HERE}/page/you", ANSWERS["you"])
    page = f"{HERE}/page/place"
    client.get(page)
    first = {"draft": client.value("draft"), "seen": client.value("seen")}
    token = client.value("csrf_token")
    press_start(client.get(HERE), carry_on="no")
    client.post(page, {**first, "q_ward": "W2"}, 409, token=token)
    assert "Bridge" in client.text, "nothing that was chosen is lost from sight"
    client.get(f"{HERE}/page/you").post(f"{HERE}/page/you", ANSWERS["you"])
    client.get(page)
    assert client.page.find(".//option[@value='W2']").get("selected") is None


def test_what_another_device_changed_after_the_check_is_not_sent_unseen(client, other):
    come_back(other, half_way(client))
    answer(client.get(f"{HERE}/page/safety"))
    checked, token = client.value("draft"), client.value("csrf_token")
    other.get(f"{HERE}/page/place")
    other.post(f"{HERE}/page/place", {"q_ward": "W2", "seen": seen(other)})
    client.post(f"{HERE}/check", {"draft": checked}, token=token).follow()
    assert "Some answers changed in another window or on another device." in client.text
    assert "Bridge" in client.text
    assert count(Response) == 0
    client.post(f"{HERE}/check", {"draft": client.value("draft")}).follow()
    assert "Thank you" in client.text
    assert json.loads(db.session.scalars(select(Response)).one().answers)["ward"] == "W2"


def test_pages_say_until_when_answers_are_kept(client):
    begin(client)  # at noon, London winter time
    assert "We keep your answers until 14:00 if you do nothing." in client.text
    half_way(client)
    assert "They work until 16 March 2026" in client.text
    client.get(f"{HERE}/page/safety")
    assert "We keep your answers until 16 March 2026. Your code opens them." in client.text
    client.get(HERE)
    assert "A code was made for them" in client.text


def test_no_page_promises_more_than_the_survey_lasts(client, clock):
    with db.engine.begin() as connection:
        connection.execute(Wave.__table__.update().values(closes_on=clock.at.date()))
    half_way(client)
    assert "They work until 2 March 2026" in client.text
    assert db.session.scalar(select(Draft.expires_at)) == clock.at + timedelta(hours=12)
    client.get(f"{HERE}/stay")
    assert client.response.json["more"] is False
    assert "closes at midnight" in client.response.json["warns"]


def test_more_time_is_given_when_it_is_asked_for_with_the_token(client, clock):
    begin(client)
    token = client.value("csrf_token")
    clock.move(minutes=116)
    client.get(f"{HERE}/stay")
    assert client.response.json["seconds"] == 240
    assert "14:00" in client.response.json["warns"]
    assert client.http.post(f"{HERE}/stay").status_code == 400
    client.post(f"{HERE}/stay", status=200, token=token)
    assert client.response.json["seconds"] == 7200
    assert "15:56" in client.response.json["says"]
    clock.move(hours=2)
    client.post(f"{HERE}/stay", status=200, token=token)
    assert client.response.json == {"seconds": 0}


def test_a_page_changed_in_another_window_is_shown_with_both_answers(client):
    begin(client)
    first = seen(client)
    client.post(f"{HERE}/page/you", {"q_age_band": "3", "seen": first})
    client.post(f"{HERE}/page/you", {"q_age_band": "2", "seen": first}, 409)
    assert "other answers were saved in another window" in client.text
    assert "13 or over" in client.text
    assert client.checked("q_age_band") == ["2"], "their own choice is still there"
    with_both = seen(client)
    client.get(f"{HERE}/page/you")
    assert client.checked("q_age_band") == ["3"], "and so is what was saved"
    client.post(f"{HERE}/page/you", {"q_age_band": "2", "seen": with_both})
    client.get(f"{HERE}/page/you")
    assert client.checked("q_age_band") == ["2"]


def test_the_version_that_a_page_was_shown_outlives_its_errors(client):
    begin(client)
    client.post(f"{HERE}/page/you", {"seen": "0"}, 422)
    assert seen(client) == "0"
    client.post(f"{HERE}/page/you", {"q_age_band": "3"})
    client.post(f"{HERE}/page/you", {"seen": "0"}, 422)
    assert seen(client) == "0"


@pytest.mark.parametrize("said", ["", "-1", "x", "9" * 30, "١", "1.5", "999999999"])
def test_a_forged_version_does_no_harm(client, said):
    begin(client)
    client.post(f"{HERE}/page/you", {**ANSWERS["you"], "seen": said})
    client.post(f"{HERE}/page/you", {**ANSWERS["you"], "seen": said})


def test_a_page_sent_twice_counts_once_and_bothers_nobody(client):
    begin(client)
    given = {**ANSWERS["you"], "seen": seen(client)}
    for _ in range(2):
        client.post(f"{HERE}/page/you", given)
        assert client.location.endswith("/page/place")


def test_answers_sent_on_one_device_are_not_sent_again_by_the_other(client, other):
    come_back(other, half_way(client))
    for device in (client, other):
        device.get(f"{HERE}/page/safety")
        answer(device)
    client.post(f"{HERE}/check", {"draft": client.value("draft")}).follow()
    assert "Thank you" in client.text
    other.post(f"{HERE}/check", {"draft": other.value("draft")}).follow()
    assert "Thank you" in other.text
    assert count(Response) == 1
    other.get(f"{HERE}/page/safety", 303).follow()
    assert "Nothing is here any more" in other.text


def test_without_a_mail_server_none_is_offered(client):
    half_way(client)
    assert "e-mail" not in client.text
    client.get(f"{HERE}/save")
    client.post(f"{HERE}/save/mail", {**fields(client), "address": "ada@example.org"}, 404)


class Inbox:
    """Takes every message, except for nobody."""

    def __init__(self) -> None:
        self.messages = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # aiosmtpd's name
        if address.startswith("nobody"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # aiosmtpd's name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def inbox(app):
    """A real mail server on this machine, to which the site is bound."""
    inbox = Inbox()
    mailer = Controller(inbox, hostname="127.0.0.1", port=free_port())
    mailer.start()
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(
        settings,
        smtp_url=f"smtp://127.0.0.1:{mailer.port}",
        mail_from="surveys@testham.example",
        public_url="https://engage.testham.example",
    )
    yield inbox
    mailer.stop()


def mailed(client, address: str, status: int = 200):
    return client.post(f"{HERE}/save/mail", {**fields(client), "address": address}, status)


def test_a_code_is_sent_by_e_mail_in_neutral_words_and_the_address_is_forgotten(
    client, other, inbox, caplog
):
    said = half_way(client)
    assert "Do not use an address that somebody else can read" in client.text
    written = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: written.append(str(given[2:4])))
    mailed(client, "ada@example.org")
    assert "on its way" in client.text
    assert words(client) == said
    [message] = inbox.messages
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "Your code from Testham Council"
    content = message.get_content()
    assert said in content
    assert re.findall(r"\S+://\S+", content) == ["https://engage.testham.example/return"]
    assert "survey" not in message.as_string().lower().replace("surveys@testham", "")
    assert "every" not in message.as_string().lower()
    assert written
    assert "ada@" not in "".join(written) + caplog.text
    come_back(other, content.split(":", 1)[1].split("To use it")[0], "/return")


def test_an_address_that_is_none_or_refused_is_told_and_the_code_stays(client, inbox):
    said = half_way(client)
    for wrong in ("", "ada", "ada@example", "a b@example.org", "a@b.example\nBcc: c@d.example"):
        mailed(client, wrong, 422)
        assert "Enter an e-mail address" in client.text
        assert words(client) == said
    mailed(client, "nobody@example.org")
    assert "could not be sent" in client.text
    assert words(client) == said
    assert inbox.messages == []


@pytest.mark.parametrize(
    "awkward",
    [
        "a@[1.2.3.4",
        "a@[1.2.3.4]",
        "a@[",
        "(@x.yz",
        '"@x.yz',
        '"a b"@c.org',
        "<a@b.org>",
        "a,b@c.org",
        "a@b.c:d",
        "a@b..org",
        "a\u2028b@c.org",
        "ü@b.org",
        "a\x7f@b.org",
        "a@b.org(",
    ],
)
def test_an_awkward_address_is_told_and_never_a_fault(client, inbox, awkward):
    half_way(client)
    mailed(client, awkward, 422)
    assert "Enter an e-mail address" in client.text
    assert inbox.messages == []


def test_an_address_that_only_the_message_cannot_hold_is_told(client, inbox):
    half_way(client)
    mailed(client, "=?utf-8?q?x?=@b.org")
    assert "could not be sent" in client.text


def test_a_place_in_other_letters_becomes_what_mail_servers_call_it(client, inbox):
    half_way(client)
    mailed(client, "ada@bücher.example")
    assert [each["To"] for each in inbox.messages] == ["ada@xn--bcher-kva.example"]


def test_a_mail_server_that_is_down_loses_nothing(app, client, inbox):
    settings = app.extensions["settings"]
    said = half_way(client)
    app.extensions["settings"] = replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    mailed(client, "ada@example.org")
    assert "could not be sent" in client.text
    assert words(client) == said


def test_an_old_code_is_not_mailed(client, inbox):
    half_way(client)
    old = fields(client)
    code(client)
    client.post(f"{HERE}/save/mail", {**old, "address": "ada@example.org"})
    assert client.location.endswith("/save")
    assert inbox.messages == []


def test_mail_is_limited_by_network(client, inbox):
    half_way(client)
    for _ in range(10):
        mailed(client, "ada@example.org")
    mailed(client, "ada@example.org", 429)
    assert len(inbox.messages) == 10


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)


class Device:
    """A browser over real HTTP; `ask` may be called from several threads at once."""

    def __init__(self, url: str) -> None:
        self.url, self.jar = url, CookieJar()

    def ask(self, path: str, given: dict | None = None, token: str = "") -> tuple[int, str, str]:
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        data = urlencode({**given, "csrf_token": token}).encode() if given is not None else None
        try:
            with browser.open(self.url + path, data, timeout=30) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.url, error.read().decode()


@pytest.mark.both_databases
def test_parallel_requests_of_two_devices_lose_and_double_nothing(app, database_url, tmp_path):
    server = Server(tmp_path, database_url).start()
    try:
        first, second = Device(server.url), Device(server.url)
        _, _, page = first.ask(HERE)
        token = hidden(page, "csrf_token")
        first.ask(HERE, {}, token)
        first.ask(f"{HERE}/page/you", {**ANSWERS["you"], "seen": 0}, token)
        _, _, page = first.ask(f"{HERE}/save")
        given = {name: hidden(page, name) for name in ("seed", "instead")}
        with ThreadPoolExecutor(4) as pool:  # one press that a flaky network sends four times
            made = list(pool.map(lambda _: first.ask(f"{HERE}/save", given, token), range(4)))
        codes = {tuple(re.findall(r"<li>([a-z]+) </li>", page)) for _, _, page in made}
        (said,) = codes
        _, _, page = second.ask("/return")
        other = hidden(page, "csrf_token")
        status, url, _ = second.ask("/return", {"code": " ".join(said)}, other)
        assert (status, url) == (200, f"{server.url}{HERE}/page/place")
        pages = {
            "place": {"q_ward": "W1"},
            "safety": {"q_safe_day": "1", "q_safe_dark": "3"},
            "more": {"q_years": "12"},
        }
        saves = [(*device, name) for device in ((first, token), (second, other)) for name in pages]
        with ThreadPoolExecutor(6) as pool:
            told = list(pool.map(lambda each: each[0].ask(
                f"{HERE}/page/{each[2]}", pages[each[2]] | {"seen": 0}, each[1])[0], saves
            ))  # fmt: skip
        assert set(told) == {200}
        clash = [(first, token, "5"), (second, other, "7")]
        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(lambda each: each[0].ask(
                f"{HERE}/page/more", {"q_years": each[2], "seen": 2}, each[1]), clash
            ))  # fmt: skip
        assert sorted(status for status, _, _ in told) == [200, 409]
        _, _, page = first.ask(f"{HERE}/check")
        draft = hidden(page, "draft")
        sends = [(first, token), (second, other)] * 4
        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(lambda each: each[0].ask(
                f"{HERE}/check", {"draft": draft}, each[1]), sends
            ))  # fmt: skip
        assert {url for _, url, _ in told} == {f"{server.url}{HERE}/thank-you"}
    finally:
        server.stop()
    (stored,) = db.session.scalars(select(Response.answers))
    answers = json.loads(stored)
    assert answers["ward"] == "W1"
    assert answers["years"] in {5, 7}
