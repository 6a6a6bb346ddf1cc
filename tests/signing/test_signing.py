"""Signing a pledge: nothing is told in the browser, and only a button in the mailbox signs."""

import json
import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from signing_desk import (
    ADA,
    SLUG,
    confirm,
    counted,
    links,
    messages,
    open_a_pledge,
    sign,
    signatures,
)
from sqlalchemy import event, insert, select
from survey import open_a_wave

from engage import clock as dates
from engage.contacts.models import Consent, ConsentWording, Contact
from engage.extensions import db
from engage.organisations.models import Commitment, Organisation
from engage.pledges.invalidation import invalidate
from engage.pledges.models import Invalidation, Pledge
from engage.waves.catalogue import newest_file

FORM = f"/pledges/{SLUG}/sign"
AFTER = f"/pledges/{SLUG}/check-your-email"


@pytest.fixture
def pledge(app, clock) -> int:
    return open_a_pledge()


def everything() -> dict[str, list]:
    db.session.rollback()
    tables = db.metadata.sorted_tables
    return {table.name: db.session.execute(select(table)).all() for table in tables}


def test_a_person_signs_by_pressing_the_button_behind_the_link(pledge, client):
    sign(client, ward="W2", show_name="y")
    assert client.location == AFTER
    assert "Check your email" in client.follow().text
    assert counted(pledge) == 0
    ((to, subject, text),) = messages()
    assert to == "ada@example.org"
    assert subject == "Please confirm that you sign “Stand against hate”"
    assert "Testham Council" in text
    assert "Ada" not in text  # a stranger may have typed it
    (path,) = links(text)
    assert "Do you sign?" in client.get(path).text
    assert "Ada Okafor" in client.text
    client.post(path, {"topics": ["events", "nonsense"]}).follow()
    assert "You have signed the pledge" in client.text
    assert counted(pledge) == 1
    (signature,) = signatures()
    assert (signature.ward, signature.show_name, signature.name) == ("W2", True, "Ada Okafor")
    asked = select(Consent.topic, Consent.source, ConsentWording.version, ConsentWording.text)
    agreed = db.session.execute(asked.join(ConsentWording)).all()
    assert [tuple(each)[:3] for each in agreed] == [("events", "web", 1)]
    assert "events" in agreed[0].text


def test_a_link_works_once(pledge, client):
    sign(client)
    (path,) = links(messages()[-1][2])
    client.get(path).post(path)
    token = client.value("csrf_token")
    client.post(path, status=410, token=token)
    assert "has been used" in client.get(path, status=410).text
    assert counted(pledge) == 1


def test_a_link_is_too_old_after_a_week(pledge, client, clock):
    sign(client)
    (path,) = links(messages()[-1][2])
    client.get(path)
    clock.move(days=7, seconds=1)
    client.post(path, status=410)
    assert counted(pledge) == 0


def test_programs_that_open_every_link_change_nothing(pledge, client):
    sign(client)
    confirm(client, topics=["news"])
    sign(client)  # the message to somebody who has signed already
    sign(client, email="cy@example.org")
    client.get(f"/pledges/{SLUG}/sign/organisation")
    client.post(f"/pledges/{SLUG}/sign/organisation", {"name": "Acme", "email": "o@example.org"})
    client.get("/my-page").post("/my-page", {"email": "ada@example.org"})
    paths = [path for _, _, text in messages() for path in links(text)]
    before = everything()
    assert len(paths) >= 5
    for path in paths * 2:
        client.http.get(path)
        client.http.head(path)
        client.http.options(path)
    assert everything() == before
    assert counted(pledge) == 1


def stand(pledge: int, state: str, client) -> None:
    """Bring the signature of Ada into a state."""
    if state != "new":
        sign(client)
    if state in {"signed", "invalidated"}:
        confirm(client)
    if state == "invalidated":
        ids = [each.id for each in signatures()]
        db.session.rollback()
        with db.engine.begin() as connection:
            out = insert(Invalidation.__table__).values(
                pledge_id=pledge, conditions="{}", reason="x", number=1, at=dates.now()
            )
            number = connection.execute(out).inserted_primary_key[0]
            invalidate(connection, ids, number)


FEWEST = 15
"""Statements of a request to sign, whatever is known of the address; a few more at most."""

SUBJECTS = {
    "new": "Please confirm that you sign",
    "waiting": "Please confirm that you sign",
    "signed": "You have signed",
    "invalidated": "Your signature under",
}


@pytest.mark.parametrize("state", SUBJECTS)
def test_the_browser_learns_nothing_of_an_address_and_its_mailbox_all(pledge, client, state):
    stand(pledge, state, client)
    before = len(messages())
    with heard() as done:
        sign(client, email="ADA+x@Example.org")
    page = re.sub(r"\s+", " ", client.follow().text)
    assert client.response.request.path == AFTER
    assert "ada" not in page.lower()
    (fresh,) = messages()[before:]
    assert fresh[1].startswith(SUBJECTS[state])
    assert counted(pledge) == (1 if state == "signed" else 0)
    # What is written is the same for all, and what is read differs by a statement or three.
    written = [each for each in done if each.startswith("INSERT")]
    assert {re.split(r"\W+", each)[2] for each in written} >= {"mail_tokens", "outgoing_messages"}
    assert FEWEST <= len(done) <= FEWEST + 3


@contextmanager
def heard():
    """The statements that reach the database meanwhile."""
    done: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        done.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield done
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_second_person_of_the_home_says_so(pledge, client):
    sign(client)
    confirm(client)
    sign(client, name="Bo Okafor", second="y")
    confirm(client)
    assert counted(pledge) == 2
    sign(client, name="Third", second="y")
    assert messages()[-1][1].startswith("You have signed")
    assert counted(pledge) == 2


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
        ({"email": "a" * 300 + "@example.org"}, "email"),
        ({"email": "ada@mailinator.com"}, "still have next week"),
        ({"postcode": "ZZ99 9ZZ"}, "We do not know this postcode"),
        ({"ward": "elsewhere"}, "Choose a ward from the list"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_kept(pledge, client, wrong, says):
    client.get(FORM).post(FORM, ADA | wrong, 422)
    assert says in client.text
    assert messages() == []
    assert signatures() == []


def test_an_address_is_written_to_five_times_a_day_at_most(pledge, client):
    for number in range(8):
        sign(client, email=f"ada+{number}@example.org")
        assert client.location == AFTER
    assert len(messages()) == 5


def test_a_message_is_in_the_language_of_who_signs(app, pledge, client):
    with client.http.session_transaction() as session:
        session["language"] = "pl"
    app.extensions["settings"] = replace(app.extensions["settings"], demo=True)
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
def test_a_pledge_is_signed_on_its_days_only(app, clock, client, days):
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


def test_a_pledge_that_is_not_published_is_not_there(app, clock, client):
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


def test_an_organisation_says_who_it_is_once_the_mailbox_is_its_own(pledge, client):
    form = f"{FORM}/organisation"
    client.get(form).post(form, {"name": "Acme Bakery", "email": "jo@acme.example"})
    assert client.location == AFTER
    assert db.session.scalars(select(Organisation)).all() == []
    (path,) = links(messages()[-1][2])
    client.get(path)
    client.post(path, {"signatory": "Jo"}, 422)
    assert "Choose what kind of organisation" in client.text
    assert counted(pledge) == 0
    given = {"signatory": "Jo Baker", "position": "Manager", "sector": "business", "size": "1_9"}
    given |= {"website": "www.acme.example", "promises": ["train_staff", "moon"]}
    client.post(path, given).follow()
    assert counted(pledge) == 1
    found = db.session.scalars(select(Organisation)).one()
    assert (found.name, found.standing, found.verified_by) == ("Acme Bakery", "verified", "domain")
    assert signatures()[0].organisation_id == found.id
    assert db.session.scalars(select(Commitment.promise)).all() == ["train_staff"]
    # The person with that mailbox can sign too.
    sign(client, email="jo@acme.example")
    confirm(client)
    assert counted(pledge) == 2


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
    answer = client.http.get(f"/pledges/{SLUG}/count.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json["signatures"] == 6
    at_least = {each["code"]: each["at_least"] for each in answer.json["wards"]}
    assert at_least == {"W1": 5, "W2": None, "W3": None, "W4": None}
    client.get(f"/pledges/{SLUG}")
    assert "6 signatures" in client.text
    assert "3 wards with fewer than five" in client.text


def test_the_badge_is_a_picture_without_scripts_styles_or_cookies(pledge, client):
    answer = client.http.get(f"/pledges/{SLUG}/badge.svg?language=pl")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
    assert not re.search(r"<script|style=|href=|onload", answer.text)
    assert "Stand against hate" in answer.text
