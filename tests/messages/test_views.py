"""Staff write to signatories: draft, dry run, send, watch and stop."""

import json

from outgoing import make_pledge, make_signatory, postman_of
from page import PageClient
from postbox import Postbox
from sqlalchemy import select
from staff import make_staff, sign_in

from engage import worker
from engage.audit.models import AuditEvent
from engage.campaigns.models import Campaign
from engage.extensions import db

GIVEN = {"topic": "events", "pledge": "", "kind": "", "subject": "A walk", "text": "On Friday.\r\n"}


def desk(app):
    pledge = make_pledge()
    for name in ("ada", "bob", "cleo"):
        make_signatory(name, pledge, topics=("events",) if name != "cleo" else ("news",))
    return sign_in(PageClient(app), make_staff(app, "survey_manager"))


def draft(client):
    client.get("/staff/messages/new")
    return client.post("/staff/messages/new", GIVEN).location


def test_a_message_is_written_counted_sent_once_and_watched(lite_app, clock):
    client = desk(lite_app)
    assert "no messages yet" in client.get("/staff/messages").text
    page = draft(client)
    assert "2 people get it" in client.get(page).text
    assert "Stop these emails" in client.text
    client.post(f"{page}/send", {}, 422)
    assert "tick the box" in client.text
    client.get(page)
    client.post(f"{page}/send", {"sure": "y"})
    client.post(f"{page}/send", {"sure": "y"})
    assert "being put in line" in client.get(page).text
    with Postbox() as server:
        carrier = postman_of(lite_app, server.url)
        while worker.turn(db.session(), clock.at):
            pass
        assert "0% of 2 people" in client.get(page).text
        assert worker.post(db.session(), carrier)
    assert {message["To"] for message in server.messages} == {"ada@example.org", "bob@example.org"}
    assert server.messages[0].get_content().splitlines()[:3] == ["On Friday.", "", "-- "]
    assert "100% of 2 people" in client.get(page).text
    assert "Done" in client.get("/staff/messages").text
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.subject == "campaign:1")).all()
    assert [event.action for event in events] == ["campaign.written", "campaign.started"]
    assert json.loads(events[1].detail) == {"people": 2, "topic": "events"}


def test_a_draft_is_changed_and_deleted_until_it_is_sent_and_stopped_after(lite_app, clock):
    client = desk(lite_app)
    page = draft(client)
    client.get(f"{page}/change")
    assert client.value("subject") == "A walk"
    client.post(f"{page}/change", GIVEN | {"topic": "news", "subject": "News"})
    assert "1 person gets it" in client.get(page).text
    client.post(f"{page}/delete")
    client.get(page, 404)
    page = draft(client)
    client.get(page)
    client.post(f"{page}/send", {"sure": "y"})
    client.get(page)
    client.post(f"{page}/stop")
    assert "Stopped" in client.get(page).text
    client.get(f"{page}/change", 409)
    client.get("/staff")
    client.post(f"{page}/delete")
    assert db.session.scalars(select(Campaign.state)).all() == ["stopped"]


def test_what_cannot_be_a_message_is_told_beside_its_field(lite_app):
    client = desk(lite_app)
    client.get("/staff/messages/new")
    bad = {"subject": "Hello\r\nBcc: all@example.org", "text": "a\x1bb", "wards": ["nowhere"]}
    client.post("/staff/messages/new", bad, 422)
    for said in ("Choose what it is about", "Remove line breaks", "cannot be printed"):
        assert said in client.text
    assert db.session.scalars(select(Campaign)).all() == []


def test_only_survey_managers_write_to_people(lite_app):
    client = sign_in(PageClient(lite_app), make_staff(lite_app, "analyst"))
    client.get("/staff/messages", 403)
