"""Signing a pledge: nothing is told in the browser, and only a button in the mailbox signs."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from pledged import make_pledge
from signing_desk import (
    SLUG,
    ask_for_page,
    confirm,
    counted,
    everything,
    heard,
    links,
    messages,
    open_a_pledge,
    sign,
    signatures,
)
from sqlalchemy import func, insert, select

from engage import clock as dates
from engage.contacts.models import Consent, ConsentWording
from engage.extensions import db
from engage.organisations.models import Commitment, Organisation
from engage.pledges.invalidation import invalidate
from engage.pledges.models import Invalidation

FORM = f"/pledges/{SLUG}/sign"
AFTER = f"/pledges/{SLUG}/check-your-email"


@pytest.fixture
def pledge(app, clock) -> int:
    return open_a_pledge()


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


def test_a_button_pressed_by_twelve_at_once_counts_once(app, pledge, client):
    sign(client)
    (path,) = links(messages()[0][2])
    client.get(path)
    form = {"csrf_token": client.value("csrf_token"), "topics": "news"}
    cookie = client.http.get_cookie("session").value
    barrier = Barrier(12)

    def press(_number: int) -> int:
        browser = app.test_client()
        browser.set_cookie("session", cookie)
        barrier.wait()
        return browser.post(path, data=form).status_code

    with ThreadPoolExecutor(12) as pool:
        answers = Counter(pool.map(press, range(12)))
    assert answers == {303: 1, 410: 11}
    assert counted(pledge) == 1
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 1


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
    ask_for_page(client)
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


FEWEST = 7
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
    # What is written is the same for all, and what is read differs by a statement or four.
    written = [each for each in done if each.startswith("INSERT")]
    assert {re.split(r"\W+", each)[2] for each in written} >= {"mail_tokens", "outgoing_messages"}
    assert FEWEST <= len(done) <= FEWEST + 5


def test_a_second_person_of_the_home_says_so(pledge, client):
    sign(client)
    confirm(client)
    sign(client, name="Bo Okafor", second="y")
    confirm(client)
    assert counted(pledge) == 2
    sign(client, name="Third", second="y")
    assert messages()[-1][1].startswith("You have signed")
    assert counted(pledge) == 2


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
    # And the organisation another pledge: it is still the same one, and promises more.
    number = found.id
    db.session.rollback()
    make_pledge("other")
    form = "/pledges/other/sign/organisation"
    client.get(form).post(form, {"name": "ACME Bakery", "email": "jo@acme.example"})
    confirm(client, **given | {"promises": ["share_data"]})
    signed = [each.organisation_id for each in signatures()]
    assert signed == [number, None, number]
    promises = select(Commitment.promise).filter_by(organisation_id=number)
    assert sorted(db.session.scalars(promises)) == ["share_data", "train_staff"]
