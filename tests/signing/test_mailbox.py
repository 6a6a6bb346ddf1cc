"""What strangers can cause to a mailbox, and what is said to those who share one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from signing_desk import (
    ask_for_page,
    confirm,
    counted,
    enter,
    links,
    look_up,
    messages,
    open_a_pledge,
    sign,
)
from sqlalchemy import insert, select, update

from engage import clock as dates
from engage.contacts.models import Contact
from engage.events.models import Booking, Event
from engage.extensions import db
from engage.organisations.models import Commitment, Organisation
from engage.pledges.models import Pledge
from engage.web.limits import Tally

SENT = "/my-page/check-your-email"


@pytest.fixture
def pledge(app, clock) -> int:
    return open_a_pledge()


def subjects() -> list[str]:
    return [subject.split(" ")[0] for _, subject, _ in messages()]


def ask_for_the_page(client) -> None:
    ask_for_page(client)
    assert client.location == SENT


def test_strangers_who_sign_do_not_use_up_the_links_to_the_own_page(pledge, client, clock):
    for number in range(8):
        sign(client, email=f"ada+{number}@example.org")
    assert len(messages()) == 5
    for _ in range(8):
        ask_for_the_page(client)
    assert subjects() == ["Please"] * 5 + ["Your"] * 5
    clock.move(days=1)
    sign(client)
    ask_for_the_page(client)
    assert subjects()[10:] == ["Please", "Your"]


def test_the_limits_hold_in_all_processes_and_at_one_moment(app, pledge, client):
    """Each request has a tally of its own, as in a process of its own."""
    sign(client)
    client.get("/my-page")
    form = {"email": "ada@example.org", "csrf_token": client.value("csrf_token")}
    cookie = client.http.get_cookie("session").value
    barrier = Barrier(12)

    def press(_number: int) -> int:
        app.extensions["tally"] = Tally()
        browser = app.test_client()
        browser.set_cookie("session", cookie)
        barrier.wait()
        signs = browser.post("/pledges/stand-against-hate/sign", data=form | {"name": "Ada"})
        return (signs.status_code, browser.post("/my-page", data=form).status_code)

    db.session.rollback()
    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(press, range(12))) == {(303, 303)}
        list(pool.map(lambda _number: _worker(app), range(4)))
    assert sorted(subjects()) == ["Please"] * 5 + ["Your"] * 5


def _worker(app) -> None:
    with app.app_context():
        look_up()


def test_the_mail_that_asks_is_true_for_a_second_person_too(pledge, client):
    sign(client)
    confirm(client)
    sign(client, name="Bo Okafor", second="y")
    text = " ".join(messages()[-1][2].split())
    assert "You have not signed" not in text
    assert "delete this address" not in text
    assert "If you have signed before, that stays as it is." in text
    assert len(links(messages()[-1][2])) == 1
    assert counted(pledge) == 1


def test_who_shares_the_mailbox_is_told_before_all_is_deleted(pledge, client):
    sign(client)
    confirm(client)
    ask_for_the_page(client)
    enter(client)
    client.get("/my-page/erase")
    assert "Ada Okafor" in client.text
    assert "More than one person" not in client.text
    sign(client, name="Bo Okafor", second="y")
    confirm(client)
    before = client.get("/my-page/erase").text.partition("Yes, delete everything")[0]
    for words in ("Ada Okafor", "Bo Okafor", "More than one person", "take that one signature"):
        assert words in before


def test_the_own_page_shows_bookings_organisations_messages_and_links(pledge, client):
    """What the copy has is on the page in words."""
    sign(client)
    confirm(client)
    with db.engine.begin() as connection:
        contact_id = connection.execute(select(Contact.__table__.c.id)).scalar_one()
        add_everything(connection, contact_id)
    ask_for_the_page(client)
    enter(client)
    for words in (
        "Meeting on hate crime", "Ada at the door", "A ramp", "You are on the waiting list",
        "Acme Bakery", "Ada Signatory", "Manager", "acme.example", "It is on our list",
        "Train our staff", "Owner Bo", "Posters hang", "A link to this page", "sent yet",
    ):  # fmt: skip
        assert words in client.text, words
    client.get("/my-page/erase")
    for words in ("Meeting on hate crime", "Acme Bakery", "leaves our list"):
        assert words in client.text, words


def add_everything(connection, contact_id: int) -> None:
    """A booking, an organisation and its promise, straight into their tables."""
    now, today = dates.now(), dates.today()
    event_id = connection.execute(
        insert(Event.__table__).values(
            slug="talk", title="Meeting on hate crime", text="x", place="x", access="",
            starts_at=now.replace(year=2027), ends_at=now.replace(year=2028),
            closes_at=now.replace(year=2027), capacity=1,
        )
    ).inserted_primary_key[0]  # fmt: skip
    connection.execute(
        insert(Booking.__table__).values(
            event_id=event_id, contact_id=contact_id, name="Ada at the door", needs="A ramp",
            state="waiting", booked_at=now,
        )
    )  # fmt: skip
    number = connection.execute(
        insert(Organisation.__table__).values(
            slug="acme", name="Acme Bakery", sector="business", size="1_9", domain="acme.example",
            standing="approved", contact_id=contact_id, signatory="Ada Signatory",
            position="Manager", asked_on=today,
        )
    ).inserted_primary_key[0]  # fmt: skip
    connection.execute(
        insert(Commitment.__table__).values(
            organisation_id=number, promise="train_staff", owner="Owner Bo",
            evidence="Posters hang", due_on=today, renewed_on=today,
        )
    )  # fmt: skip


def alter_the_pledge(**given) -> None:
    db.session.rollback()
    db.session.execute(update(Pledge).values(**given))
    db.session.commit()


def test_a_form_sent_before_the_end_counts_for_a_week_and_the_pages_say_so(pledge, client, clock):
    page = "/pledges/stand-against-hate"
    sign(client)
    alter_the_pledge(closes_on=dates.today())
    clock.move(days=2)
    assert "within a week of filling it in" in client.get(page).text
    (path,) = links(messages()[-1][2])
    assert "The pledge closed on" in client.get(path).text
    confirm(client)
    assert counted(pledge) == 1
    clock.move(days=6)
    assert "within a week of filling it in" not in client.get(page).text


def test_a_link_to_a_pledge_that_was_taken_off_the_site_signs_nothing(pledge, client):
    sign(client)
    (path,) = links(messages()[-1][2])
    client.get(path)
    token = client.value("csrf_token")
    alter_the_pledge(published=False)
    assert "no longer on our site" in client.post(path, status=410, token=token).text
    assert "no longer on our site" in client.get(path, 410).text
    assert counted(pledge) == 0
    alter_the_pledge(published=True)
    confirm(client)
    assert counted(pledge) == 1
