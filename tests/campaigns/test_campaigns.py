"""Messages to many go to those who agreed, once, and to nobody who took it back meanwhile."""

from datetime import date, timedelta

import pytest
from conftest import NOON
from outgoing import DAY, make_pledge, make_signatory, postman_of
from postbox import Postbox
from sqlalchemy import func, select

from engage.campaigns import sending, store
from engage.campaigns.models import Campaign
from engage.campaigns.segment import Segment, SegmentError, dry_run, members, stored_segment
from engage.contacts import consent
from engage.contacts.models import Contact
from engage.extensions import db
from engage.jobs.models import Job
from engage.jobs.schedule import PERIODS
from engage.outbox.models import OutgoingMessage
from engage.tasks import handler_of


def addressed(segment):
    inside = select(Contact.email).where(Contact.id.in_(members(segment)))
    return {email.partition("@")[0] for email in db.session.scalars(inside)}


def written(segment, subject="Come along"):
    campaign = store.write(
        db.session(), segment=segment, subject=subject, text="On Friday.", staff_id=None, now=NOON
    )
    db.session.commit()
    return campaign.id


def test_a_segment_holds_those_who_agreed_and_only_those(app):
    one, two = make_pledge("one"), make_pledge("two")
    make_signatory("ada", one, ward="E1")
    make_signatory("bob", two, ward="E2", kind="organisation", language="pl")
    make_signatory("cleo", one, ward="E2", topics=("news",))
    make_signatory("new", one, proven_on=None)
    make_signatory("gone", one, refused_on=date(2026, 3, 1))
    make_signatory("left", one, state="withdrawn")
    assert addressed(Segment("events")) == {"ada", "bob", "left"}
    assert addressed(Segment("events", pledge_id=one)) == {"ada"}
    assert addressed(Segment("events", kind="organisation")) == {"bob"}
    assert addressed(Segment("events", wards=("E1", "E2"))) == {"ada", "bob"}
    assert addressed(Segment("events", pledge_id=one, wards=("E2",))) == set()
    assert addressed(Segment("news", wards=("E2",))) == {"cleo"}
    found = dry_run(db.session.connection(), Segment("events"))
    assert (found.number, found.languages) == (3, {"en": 2, "pl": 1})
    assert found.wards == {"E1": 1, "E2": 1}


def test_a_segment_is_stored_and_read_back_or_refused():
    segment = Segment("news", pledge_id=3, kind="person", wards=("E1",))
    assert stored_segment("news", segment.stored()) == segment
    for topic, conditions in (("offers", "{}"), ("news", '{"kind": "robot"}'), ("news", "[1]")):
        with pytest.raises(SegmentError):
            stored_segment(topic, conditions)


def test_it_is_sent_once_however_often_it_is_started_and_queued(app, clock, monkeypatch):
    pledge = make_pledge()
    for number in range(7):
        make_signatory(f"p{number}", pledge)
    monkeypatch.setattr(sending, "SOME", 3)
    number = written(Segment("events"))
    assert store.start(db.session(), number, NOON)
    db.session.commit()
    assert not store.start(db.session(), number, NOON)
    assert db.session.scalar(select(func.count()).select_from(Job)) == 1
    assert sending.fill(db.session(), number, NOON) == 7
    assert sending.fill(db.session(), number, NOON) == 7
    assert db.session.scalar(select(func.count()).select_from(OutgoingMessage)) == 7
    with Postbox() as server:
        postman = postman_of(app, server.url)
        assert postman.turn(db.session()) == 7
        sending.finish(db.session())
        db.session.commit()
        assert db.session.get(Campaign, number).state == "done"
        assert not store.start(db.session(), number, NOON)
    assert len({message["To"] for message in server.messages}) == 7
    seen = store.progress(db.session(), number)
    assert (seen.total, seen.planned, seen.per_cent, seen.left) == (7, 7, 100, 0)


def test_one_whose_last_message_leaves_while_it_is_still_counted_ends_all_the_same(
    app, clock, monkeypatch
):
    """As with two workers: the other sends everything before this one knows how many there are."""
    make_signatory("ada", make_pledge())
    number = written(Segment("events"))
    store.start(db.session(), number, NOON)
    db.session.commit()
    real = sending.progress
    with Postbox() as server:
        postman = postman_of(app, server.url)

        def meanwhile(session, campaign):
            session.commit()
            assert postman.turn(session) == 1
            assert sending.finish(session) == 0
            session.commit()
            return real(session, campaign)

        monkeypatch.setattr(sending, "progress", meanwhile)
        sending.fill(db.session(), number, NOON)
    assert db.session.get(Campaign, number).state == "done"


def test_consent_is_looked_at_again_as_each_message_leaves(app, clock):
    pledge = make_pledge()
    ada, _bob = make_signatory("ada", pledge), make_signatory("bob", pledge)
    number = written(Segment("events"))
    store.start(db.session(), number, NOON)
    sending.fill(db.session(), number, NOON)
    consent.take_back(db.session.connection(), ada, "events", source="mail", today=DAY)
    db.session.commit()
    with Postbox() as server:
        postman_of(app, server.url).turn(db.session())
    [message] = server.messages
    assert message["To"] == "bob@example.org"
    assert store.progress(db.session(), number).by_state["dropped"] == 1


def test_what_was_stopped_does_not_leave_even_if_it_was_queued_meanwhile(app, clock):
    pledge = make_pledge()
    make_signatory("ada", pledge)
    number = written(Segment("events"))
    store.start(db.session(), number, NOON)
    sending.fill(db.session(), number, NOON)
    assert store.stop(db.session(), number) == 1
    assert store.stop(db.session(), number) is None
    make_signatory("bob", pledge)
    assert sending.fill(db.session(), number, NOON) == 0
    with Postbox() as server:
        assert postman_of(app, server.url).turn(db.session()) == 0
    assert server.messages == []


def test_a_message_to_many_is_forgotten_six_years_after_it_was_sent_or_written(app, clock):
    make_signatory("ada", make_pledge())
    sent, draft = written(Segment("events")), written(Segment("events"), "Never sent")
    later = NOON + timedelta(days=30)
    store.start(db.session(), sent, later)
    for years, left in ((0, {sent, draft}), (6, {sent})):
        task = handler_of("forget_campaigns")
        task(db.session(), {}, (NOON - timedelta(seconds=1)).replace(year=NOON.year + years))
        assert set(db.session.scalars(select(Campaign.id))) == {sent, draft}
        assert task(db.session(), {}, NOON.replace(year=NOON.year + years)) == 2 - len(left)
        assert set(db.session.scalars(select(Campaign.id))) == left
    assert handler_of("forget_campaigns")(db.session(), {}, later.replace(year=later.year + 6)) == 1
    assert "forget_campaigns" in PERIODS


def test_what_a_person_waits_for_overtakes_a_message_to_many(app, clock):
    pledge = make_pledge()
    for each in range(3):
        make_signatory(f"p{each}", pledge)
    number = written(Segment("events"))
    store.start(db.session(), number, NOON)
    sending.fill(db.session(), number, NOON)
    asked = OutgoingMessage(
        key="ask", kind="ask", contact_id=1, message_id="<1@x>", subject="Was it you?",
        text="Press", due_at=NOON,
    )  # fmt: skip
    db.session.add(asked)
    db.session.commit()
    with Postbox() as server:
        postman_of(app, server.url).turn(db.session())
    assert [m["Subject"] for m in server.messages] == ["Was it you?"] + 3 * ["Come along"]
