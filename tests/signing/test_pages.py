"""The forms and pages of a pledge, on what does not depend on the database."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from page import PageClient
from signing_desk import (
    ADA,
    SLUG,
    confirm,
    everything,
    links,
    messages,
    open_a_pledge,
    sign,
    signatures,
)
from sqlalchemy import select
from survey import open_a_wave

from engage import clock as dates
from engage.contacts.models import Contact
from engage.extensions import db
from engage.pledges import ward_figures
from engage.pledges.models import Pledge
from engage.waves.catalogue import newest_file

FORM = f"/pledges/{SLUG}/sign"
AFTER = f"/pledges/{SLUG}/check-your-email"


@pytest.fixture
def client(lite_app) -> PageClient:
    return PageClient(lite_app)


@pytest.fixture
def pledge(lite_app, clock) -> int:
    return open_a_pledge()


def test_the_name_of_a_child_is_never_shown(pledge, client, clock):
    sign(client, show_name="y", under_18="y")
    confirm(client)
    clock.move(days=1)
    assert signatures()[0].show_name is False
    assert "Ada" not in client.get(f"/pledges/{SLUG}").text
    assert "Ada" not in client.get(f"/pledges/{SLUG}/names").text


def test_a_postcode_finds_the_ward_and_is_kept_nowhere(pledge, client):
    sign(client, postcode="ab1 2cd", ward="W3")
    assert signatures()[0].ward == "W1"
    stored = {name: rows for name, rows in everything().items() if name != "postcodes"}
    assert "AB12CD" not in json.dumps(stored, default=str).upper().replace(" ", "")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "=1+1"}, "Begin the name with a letter"),
        ({"name": "＠SUM(A1)"}, "Begin the name with a letter"),
        ({"name": "Ada\r\nBcc: all@example.org"}, "characters that cannot be shown"),
        ({"name": "Ada \u202eokaf"}, "characters that cannot be shown"),
        ({"name": "Buy at www.example.org"}, "not an address of a website"),
        ({"name": "x" * 101}, "100 characters or fewer"),
        ({"name": "12 34"}, "a name with letters"),
        ({"email": "ada@example.org\r\nBcc: all@example.org"}, "email address like"),
        ({"email": "ada"}, "email address like"),
        ({"email": ""}, "Enter your email address"),
        ({"email": "a" * 300 + "@example.org"}, "254 characters or fewer"),
        ({"email": "ada@mailinator.com"}, "still have next week"),
        ({"postcode": "ZZ99 9ZZ"}, "We do not know this postcode"),
        ({"ward": "W9"}, "Choose a ward from the list"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_kept(pledge, client, wrong, says):
    client.get(FORM).post(FORM, ADA | wrong, 422)
    assert says in client.text
    assert messages() == []
    assert signatures() == []


def test_faults_are_listed_as_they_come_on_the_page_and_none_hides_another(pledge, client):
    sent = ADA | {"name": "", "email": "", "postcode": "ZZ99 9ZZ"}
    client.get(FORM).post(FORM, sent, 422)
    listed = client.response.text.partition("</ul>")[0]
    assert re.findall(r'href="#(name|email|postcode)"', listed) == ["name", "email", "postcode"]


@pytest.mark.parametrize("ward", ["", "elsewhere"])
def test_nobody_needs_to_say_where_they_live(pledge, client, ward):
    client.get(FORM)
    offered = re.search(r"<select.*?</select>", client.response.text, re.DOTALL)[0]
    assert re.findall(r"<option[^>]*>\s*([^<]+?)\s*<", offered)[0] == "I would rather not say"
    sign(client, ward=ward)
    assert signatures()[0].ward == ""


def test_an_address_is_written_to_five_times_a_day_at_most(pledge, client):
    for number in range(8):
        sign(client, email=f"ada+{number}@example.org")
        assert client.location == AFTER
    assert len(messages()) == 5


def test_a_message_is_in_the_language_of_who_signs(lite_app, pledge, client):
    with client.http.session_transaction() as session:
        session["language"] = "pl"
    lite_app.extensions["settings"] = replace(lite_app.extensions["settings"], demo=True)
    sign(client)
    assert "Przeciw nienawiści" in messages()[-1][1]
    assert db.session.scalar(select(Contact.language)) == "pl"


def test_a_link_is_made_of_the_public_address_and_not_of_the_request(pledge, client):
    client.get(FORM)
    token = client.value("csrf_token")
    data = ADA | {"csrf_token": token}
    host = {"Host": "localhost", "X-Forwarded-Host": "evil.example"}
    client.http.post(FORM, data=data, headers=host)
    assert "evil.example" not in messages()[-1][2]
    assert links(messages()[-1][2])


@pytest.mark.parametrize("days", [{"opens_on": 1}, {"opens_on": -9, "closes_on": -1}])
def test_a_pledge_is_signed_on_its_days_only(lite_app, clock, client, days):
    at = {name: clock.at.date() + timedelta(days=by) for name, by in days.items()}
    open_a_pledge(**at)
    client.get(FORM, 303)
    assert client.location == f"/pledges/{SLUG}"
    client.follow()
    assert "Sign the pledge" not in client.text
    assert ("You can sign it from" in client.text) or ("It closed on" in client.text)
    client.get("/my-page")
    client.post(FORM, ADA, 303)
    assert signatures() == []


def test_a_pledge_that_is_not_published_is_not_there(lite_app, clock, client):
    open_a_pledge(published=False)
    for path in (
        "",
        "/sign",
        "/sign/organisation",
        "/before",
        "/names",
        "/count.json",
        "/badge.svg",
    ):
        client.get(f"/pledges/{SLUG}{path}", 404)
    assert "Stand" not in client.get("/pledges").text


def test_the_questions_lead_on_to_the_pledge_and_can_be_skipped(pledge, client):
    client.get(f"/pledges/{SLUG}")
    assert "/sign" in client.response.text
    open_a_wave("2026", newest_file("hate_crime_pledge"))
    client.get(f"/pledges/{SLUG}/before")
    assert "/surveys/hate-crime-pledge" in client.response.text
    assert FORM in client.response.text
    client.get("/surveys/hate-crime-pledge").post("/surveys/hate-crime-pledge").follow()
    client.post(client.response.request.path, {"q_know_report": "1"}).follow()
    client.post(client.response.request.path, {"draft": client.value("draft")}).follow()
    assert f'href="{FORM}"' in client.response.text
    db.session.execute(Pledge.__table__.update().values(published=False))
    db.session.commit()
    assert f'href="{FORM}"' not in client.get("/surveys/hate-crime-pledge/thank-you").response.text


def test_the_count_may_be_fetched_by_any_site_and_hides_few(pledge, client):
    for number in range(6):
        sign(client, email=f"p{number}@example.org", ward="W1" if number else "W2")
        confirm(client)
    assert client.http.get(f"/pledges/{SLUG}/count.json").json["wards"] == []
    assert ward_figures.renew(db.session, dates.today() + timedelta(days=1)) == 1
    answer = client.http.get(f"/pledges/{SLUG}/count.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json["signatures"] == 6
    assert "Cookie" not in answer.headers.get("Vary", "")  # others may keep it for everybody
    at_least = {each["code"]: each["at_least"] for each in answer.json["wards"]}
    assert at_least == {"W1": 5, "W2": None, "W3": None, "W4": None}
    assert answer.json["wards_as_of"] == dates.today().isoformat()
    client.get(f"/pledges/{SLUG}")
    assert "6 signatures" in client.text
    assert "3 wards with fewer than five" in client.text


def test_the_badge_is_a_picture_without_scripts_styles_or_cookies(pledge, client):
    answer = client.http.get(f"/pledges/{SLUG}/badge.svg?language=pl")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not re.search(r"<script|style=|href=|onload", answer.text)
    assert "Stand against hate" in answer.text
