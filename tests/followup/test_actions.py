"""What was done about what people said: kept by staff, shown to everybody by two of them."""

from datetime import date
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree
from page import PageClient
from publishing.editions import closed_wave, published
from sqlalchemy import select
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.actions.content import digest_of
from engage.actions.models import Action, ActionFinding
from engage.actions.store import kept_by, published_actions
from engage.areas.models import Ward
from engage.audit.models import AuditEvent
from engage.extensions import db

pytestmark = pytest.mark.either_database
NEW = "/staff/actions/new"
PUBLIC = "/you-said-we-did"
GIVEN = {
    "title": "Lights in Abbey Lane",
    "theme": "streets",
    "said": "It is too dark.\nPeople walk round.",
    "did": "Eleven new lamps & a <brighter> path.",
    "owner": "Street lighting team",
    "due_on-day": "1",
    "due_on-month": "4",
    "due_on-year": "2026",
    "state": "planned",
    "wards": ["W1"],
    "version": "0",
}


@pytest.fixture
def manager(app, clock) -> PageClient:
    for code, name in (("W1", "Abbey"), ("W2", "Bridge")):
        db.session.merge(Ward(code=code, name=name))
    db.session.commit()
    return sign_in(PageClient(app), make_staff(app, Role.SURVEY_MANAGER))


@pytest.fixture
def analyst(app, manager) -> PageClient:
    return sign_in(PageClient(app), make_staff(app, Role.ANALYST))


def create(client: PageClient, **more) -> str:
    """A new action; the address of its page."""
    client.get(NEW)
    client.post(NEW, GIVEN | more)
    return client.location


def decide(client: PageClient, address: str, decision: str, status: int = 303, **more) -> None:
    client.get(address)
    action = db.session.get(Action, int(address.rpartition("/")[2]))
    given = {"decision": decision, "digest": digest_of(action)} | more
    client.post(f"{address}/publication", given, status)


def publish(manager: PageClient, analyst: PageClient, address: str) -> None:
    decide(manager, address, "ask")
    decide(analyst, address, "give")


def anybody(app, address: str = PUBLIC) -> str:
    return PageClient(app).get(address).text


def test_an_action_is_shown_as_two_agreed_to_it_until_they_agree_again(app, manager, analyst):
    address = create(manager)
    assert "There is nothing here yet" in anybody(app)
    decide(manager, address, "ask")
    decide(manager, address, "give", 409)
    assert "somebody else has to agree" in manager.text
    decide(manager, address, "waive", 409, reason="I am in a hurry")
    decide(analyst, address, "give")
    assert "Lights in Abbey Lane" in anybody(app)
    assert "Eleven new lamps & a <brighter> path." in anybody(app, f"{PUBLIC}?ward=W1")
    assert "Lights in Abbey Lane" not in anybody(app, f"{PUBLIC}?ward=W2")
    assert "Lights in Abbey Lane" not in anybody(app, f"{PUBLIC}?state=done&theme=crime")
    manager.get(address)
    version = manager.value("version")
    manager.post(f"{address}/updates", {"words": "The poles are up.", "version": version})
    assert "The poles are up." in manager.follow().text
    assert "as it was before the last change" in manager.text
    assert "The poles are up." not in anybody(app)
    publish(manager, analyst, address)
    assert "2 March 2026 The poles are up." in anybody(app)
    decide(analyst, address, "withdraw")
    assert "Lights in Abbey Lane" not in anybody(app)
    db.session.rollback()
    acts = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    ours = [each for each in acts if each.startswith("action.")]
    assert ours == [
        "action.created",
        "action.published",
        "action.updated",
        "action.published",
        "action.withdrawn",
    ]


def test_of_two_who_change_an_action_the_second_is_told_what_the_first_wrote(app, manager, analyst):
    address = create(manager)
    for client in (manager, analyst):
        client.get(f"{address}/change")
    version = {"version": manager.value("version")}
    manager.post(f"{address}/change", GIVEN | version | {"owner": "Parks team"})
    mine = GIVEN | version | {"did": "Something else"}
    analyst.post(f"{address}/change", mine, 409)
    assert "Who does it Parks team" in analyst.text
    assert "Something else" in analyst.response.text
    analyst.post(f"{address}/change", mine | {"version": analyst.value("version")})
    assert "Something else" in analyst.follow().text
    stale = {"words": "Late", "version": "1"}
    analyst.post(f"{address}/updates", stale, 409)
    assert "Somebody else changed this action" in analyst.text


def test_what_is_done_has_a_day_and_what_is_late_is_said(app, manager, clock):
    manager.get(NEW)
    manager.post(NEW, GIVEN | {"state": "done"}, 422)
    assert "Enter the day on which it was done" in manager.text
    manager.post(NEW, GIVEN | {"state": "stopped"}, 422)
    assert "Say why it was stopped" in manager.text
    create(manager, **{"due_on-month": "2"})
    assert "Overdue" in manager.get("/staff/actions").text
    assert "1 action is overdue" in manager.get("/staff").text
    db.session.rollback()
    keeper = db.session.scalars(select(Action.keeper)).one()
    assert kept_by(db.session(), keeper) == 1


def test_a_finding_is_shown_as_long_as_it_is_published(lite_app, manager, analyst):
    wave = closed_wave(db.session())
    published(db.session(), wave)
    wave_id = wave.id
    manager.get(NEW)
    finding = f"fear_of_crime/{wave_id}/safe_dark/overall/all"
    address = create(manager, first=finding)
    publish(manager, analyst, address)
    said = anybody(lite_app)
    assert "60% (" in said
    page = PageClient(lite_app).get(PUBLIC)
    links = [each.get("href") for each in page.page.iter("a")]
    assert f"/results/fear-of-crime/{wave_id}?figure=safe_dark&by=overall#results" in links
    db.session.rollback()
    db.session.scalars(select(ActionFinding)).one()
    manager.get(NEW)
    manager.post(NEW, GIVEN | {"first": f"fear_of_crime/{wave_id}/safe_dark/sex/male"}, 422)


def test_the_feed_is_rss_that_another_parser_reads(app, manager, analyst):
    publish(manager, analyst, create(manager))
    publish(manager, analyst, create(manager, title="Ours & theirs", said="Dark.\x0b", wards=[]))
    reader = PageClient(app)
    with reader.http.session_transaction() as cookie:
        cookie["language"] = "pl"
    answer = reader.get(f"{PUBLIC}/feed?ward=W2").response
    assert answer.content_type.startswith("application/rss+xml")
    rss = etree.fromstring(answer.data)
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    channel = rss.find("channel")
    assert all(channel.findtext(each) for each in ("title", "link", "description"))
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Ours & theirs (Planned)"
    assert "Eleven new lamps & a <brighter> path." in item.findtext("description")
    assert parsedate_to_datetime(item.findtext("pubDate")).date() == date(2026, 3, 2)
    assert item.find("guid").get("isPermaLink") == "false"
    own = channel.find("{http://www.w3.org/2005/Atom}link")
    assert own.get("href").endswith("/you-said-we-did/feed?ward=W2")
    assert item.findtext("link").startswith("http")
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert app.test_client().get(f"{PUBLIC}/feed?ward=W2", headers=etag).status_code == 304
    page = PageClient(app).get(PUBLIC)
    assert 'type="application/rss+xml"' in page.response.text
    assert [each.title for each in published_actions(db.session(), "W1", 1)] == ["Ours & theirs"]


def test_partners_and_auditors_keep_no_actions(app, clock):
    for role in (Role.PARTNER_VIEWER, Role.AUDITOR):
        client = sign_in(PageClient(app), make_staff(app, role))
        client.get("/staff/actions", 403)
