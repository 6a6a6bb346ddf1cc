"""What somebody agreed to hear, in which words, and that the newest answer holds."""

import threading
import time
from datetime import date

import pytest
from contact import make_contact
from sqlalchemy import select

from engage.contacts import consent
from engage.contacts.models import Contact
from engage.extensions import db

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)


def listening(topic):
    found = select(Contact.email).where(consent.agrees(Contact.__table__.c.id, topic))
    return set(db.session.scalars(found))


def test_the_newest_answer_holds_and_none_is_lost(app):
    ada, bob = make_contact("ada@example.org"), make_contact("bob@example.org")
    connection = db.session.connection()
    for contact in (ada, bob):
        consent.give(connection, contact, "events", source="web", today=DAY)
    consent.give(connection, ada, "events", source="web", today=DAY)
    consent.give(connection, ada, "news", source="own_page", today=DAY)
    assert consent.agreed(connection, ada) == {"events", "news"}
    assert listening("events") == {"ada@example.org", "bob@example.org"}

    assert consent.take_back(connection, ada, "events", source="mail", today=NEXT)
    assert not consent.take_back(connection, ada, "events", source="mail", today=NEXT)
    assert consent.agreed(connection, ada) == {"news"}
    assert listening("events") == {"bob@example.org"}
    assert listening("training") == set()
    told = [(each.topic, each.given, each.on) for each in consent.history(connection, ada)]
    assert told == [("events", True, DAY), ("news", True, DAY), ("events", False, NEXT)]

    consent.give(connection, ada, "events", source="own_page", today=NEXT)
    assert consent.agreed(connection, ada) == {"events", "news"}


def test_other_words_are_a_new_version_and_the_old_stay_as_they_were_shown(app, monkeypatch):
    ada, bob = make_contact("ada@example.org"), make_contact("bob@example.org")
    connection = db.session.connection()
    consent.give(connection, ada, "news", source="web", today=DAY)
    before = consent.topics()["news"]
    monkeypatch.setattr(consent, "topics", lambda: {"news": "Write to me of everything."})
    consent.give(connection, bob, "news", source="web", today=NEXT)
    consent.take_back(connection, ada, "news", source="mail", today=NEXT)
    shown = [(each.version, each.words) for each in consent.history(connection, ada)]
    assert shown == [(1, before), (1, before)]
    [second] = consent.history(connection, bob)
    assert (second.version, second.words) == (2, "Write to me of everything.")


def test_an_end_that_is_pressed_beside_a_yes_is_not_lost(app):
    ada, given = make_contact("ada@example.org"), threading.Event()
    db.session.remove()

    def give():
        with app.test_request_context("/"), db.engine.begin() as connection:
            consent.give(connection, ada, "events", source="own_page", today=DAY)
            given.set()
            time.sleep(0.3)

    other = threading.Thread(target=give)
    other.start()
    assert given.wait(20)
    with db.engine.begin() as connection:
        assert consent.take_back(connection, ada, "events", source="mail", today=DAY)
    other.join()
    assert consent.agreed(db.session.connection(), ada) == set()


def test_a_topic_that_is_none_is_refused(lite_app):
    ada = make_contact("ada@example.org")
    with pytest.raises(LookupError, match="events, training, news"):
        consent.give(db.session.connection(), ada, "offers", source="web", today=DAY)
