"""The link and the header that end messages, by hand and by the mail program."""

import re

import pytest
from conftest import NOON
from outgoing import make_pledge, make_signatory, postman_of
from page import PageClient
from postbox import Postbox
from sqlalchemy import delete

from engage.campaigns import sending, store
from engage.campaigns.segment import Segment
from engage.contacts import consent
from engage.contacts.models import Contact
from engage.contacts.stopping import stop_secret
from engage.extensions import db


def mailed(app):
    """The number of a mailbox that was sent a message, and the message."""
    pledge = make_pledge()
    contact = make_signatory("ada", pledge, topics=("events", "news"))
    campaign = store.write(
        db.session(), segment=Segment("events"), subject="Füße", text="On Friday.",
        staff_id=None, now=NOON,
    )  # fmt: skip
    store.start(db.session(), campaign.id, NOON)
    sending.fill(db.session(), campaign.id, NOON)
    with Postbox() as server:
        postman_of(app, server.url).turn(db.session())
    [message] = server.messages
    return contact, message


def path_in(message):
    """The path of the address in the header, which the text shows too."""
    address = message["List-Unsubscribe"].strip("<>")
    assert address in message.get_content()
    return re.sub(r"^https://engage\.testham\.example", "", address)


def agreed(contact):
    db.session.rollback()
    return consent.agreed(db.session.connection(), contact)


def test_looking_changes_nothing_and_pressing_ends_one_topic_or_all(app, clock):
    contact, message = mailed(app)
    assert "https://engage.testham.example/my-page" in message.get_content()
    client, path = PageClient(app), path_in(message)
    client.get(path)
    assert "about events" in client.text
    client.http.head(path)
    assert agreed(contact) == {"events", "news"}
    assert "stopped our emails to you about events" in client.post(path, {"end": "topic"}, 200).text
    assert agreed(contact) == {"news"}
    client.get(path)
    assert "You get emails from us about other things" in client.text
    client.post(path, {"end": "all"}, 200)
    assert agreed(contact) == set()
    assert "You get no emails of this kind" in client.get(path).text
    client.post(path, {"end": "all"}, 200)
    told = consent.history(db.session.connection(), contact)
    assert [(each.given, each.source) for each in told][2:] == [(False, "mail"), (False, "mail")]


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_press_in_a_mail_program_needs_no_cookie_and_no_page(app, clock, kind):
    contact, message = mailed(app)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = app.test_client(use_cookies=False)
    db.session.rollback()
    pressed = {"List-Unsubscribe": "One-Click"}
    answer = strict.post(path_in(message), data=pressed, content_type=kind)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert agreed(contact) == set()


def test_a_form_in_parts_is_small_and_for_this_page_only(lite_app, clock):
    contact, message = mailed(lite_app)
    strict = lite_app.test_client(use_cookies=False)
    db.session.rollback()
    large = {"List-Unsubscribe": "One-Click", "more": "x" * 20_000}
    kind = "multipart/form-data"
    assert strict.post(path_in(message), data=large, content_type=kind).status_code == 413
    assert strict.post("/my-page", data={"email": "a"}, content_type=kind).status_code == 415
    assert agreed(contact) == {"events", "news"}


def test_a_link_that_was_changed_or_whose_mailbox_is_gone_ends_nothing(app, clock):
    contact, message = mailed(app)
    client, path = PageClient(app), path_in(message)
    for wrong in (path.replace("-events-", "-news-"), path[:-1] + "x", f"{path}0", path.upper()):
        client.get(wrong, 410 if wrong != path.upper() else 404)
    client.post(path.replace("-events-", "-news-"), {}, 410, token="")
    assert agreed(contact) == {"events", "news"}
    db.session.execute(delete(Contact).where(Contact.id == contact))
    db.session.commit()
    make_signatory("bob", 1)
    client.post(path, {}, 410, token="")
    key = app.extensions["settings"].address_key
    assert stop_secret(1, b"a", "news", key) != stop_secret(1, b"b", "news", key)
