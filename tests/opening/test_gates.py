"""Before a wave opens somebody signs what was done, and a second person agrees."""

import json
from dataclasses import replace

import pytest
from gates import SITE, clear, open_cleared
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in

from engage import clock as engage_clock
from engage.approvals.models import Approval
from engage.audit.models import AuditEvent
from engage.care_settings import Lead
from engage.extensions import db
from engage.waves import transitions
from engage.waves.faults import WavePlan
from engage.waves.gates import GateName, gates_of
from engage.waves.models import Wave, WaveGate
from engage.waves.published import definition_of
from engage.waves.store import signed_of

DPIA = {"reference": "DPIA 2026-03", "agreed_by": "the information governance board"}
DAYS = {"agreed_on-day": "1/2/2026", "review_on-day": "1/2/2028"}
READ = ["aloud", "keyboard", "offline", "phone"]
YOUNG = ["carers", "freely", "harm", "private", "read"]


@pytest.fixture
def wave_id(lite_app, clock):
    settings = lite_app.extensions["settings"]
    lead = Lead("Jo Fern", "jo.fern@example.org")
    lite_app.extensions["settings"] = replace(settings, safeguarding_lead=lead)
    return prepared()


def prepared(questionnaire="fear_of_crime", name="Spring"):
    today = engage_clock.today()
    days = today, today.replace(month=4), today.replace(year=2028)
    wave = transitions.create(db.session(), WavePlan(questionnaire, name, *days), today)
    number = wave.id
    db.session.commit()
    db.session.remove()
    return number


def signed_in(app, role="survey_manager", name=""):
    db.session.remove()
    return sign_in(PageClient(app), make_staff(app, role, name))


def decide(client, answer, status=303, **more):
    client.get("/staff/waves/1/opening")
    data = {"answer": answer, "digest": client.value("digest")} | more
    return client.post("/staff/waves/1/opening/decision", data, status)


def test_a_wave_opens_after_two_people_have_been_through_its_gates(lite_app, wave_id):
    first, second = signed_in(lite_app), signed_in(lite_app, name="Second Manager")
    first.get("/staff/waves/1/open").post("/staff/waves/1/open", status=422)
    assert "Data protection impact assessment: No assessment is recorded" in first.text
    assert "Nobody else has agreed to open the wave as it is now" in first.text
    decide(first, "maybe", 422)
    decide(first, "ask", 409)
    assert "Something is still missing at: Accessibility, Children and young people" in first.text
    first.get("/staff/waves/1/opening")
    assert "3 of 6 gates still need something" in first.text
    for gate, points in (("accessibility", READ), ("ethics", YOUNG)):
        first.get(f"/staff/waves/1/opening/{gate}")
        first.post(f"/staff/waves/1/opening/{gate}", {"seen": "0", "points": points})
    first.get("/staff/waves/1/opening/impact").post("/staff/waves/1/opening/impact", {}, 422)
    assert "Enter the day of its review" in first.text
    wrong = {"agreed_on-day": "9/3/2026", "review_on-day": "9/3/2026", "seen": "0"}
    first.post("/staff/waves/1/opening/impact", DPIA | wrong, 422)
    assert "This day is yet to come" in first.text
    assert "Enter a day of review after" in first.text
    first.post("/staff/waves/1/opening/impact", DPIA | DAYS | {"seen": "0"}).follow()
    assert "Nothing is missing." in first.text
    decide(first, "ask").follow()
    assert "You asked, so somebody else has to agree" in first.text
    decide(first, "agree", 409)
    assert "You asked for this, so somebody else has to agree" in first.text
    second.get("/staff/waves")
    assert "waits for a second person" in second.text
    decide(second, "agree").follow()
    assert "Second Manager agreed to this wave as it stands" in second.text
    first.get("/staff/waves/1/open").post("/staff/waves/1/open")
    assert db.session.get(Wave, wave_id).state == "open"
    events = [(each.action, each.subject) for each in db.session.scalars(select(AuditEvent))]
    assert ("gate.signed", "wave:1") in events
    assert ("approval.given", "wave:1") in events


def test_a_wave_that_opened_before_a_gate_was_there_shows_what_was_signed_and_lacks_nothing(
    lite_app, wave_id
):
    clear(wave_id)
    open_cleared(wave_id)
    db.session.execute(WaveGate.__table__.delete().where(WaveGate.gate == "accessibility"))
    db.session.commit()
    text = signed_in(lite_app).get(f"/staff/waves/{wave_id}/opening").text
    assert "Accessibility Nothing was signed here before the wave opened." in text
    assert "Data protection impact assessment Signed" in text
    for wrong in ("Missing", "Not signed yet"):
        assert wrong not in text


def test_an_open_wave_in_the_way_and_a_yes_that_is_awaited_are_told_before_anybody_signs(
    lite_app, wave_id
):
    clear(wave_id)
    open_cleared(wave_id)
    db.session.commit()
    second = prepared(name="Again")
    client = signed_in(lite_app)
    for page in (f"/staff/waves/{second}", f"/staff/waves/{second}/opening"):
        client.get(page)
        assert "Again cannot open yet" in client.text
        assert "The wave Spring of the same survey is open until" in client.text
    assert "waits for a second person" not in client.get(f"/staff/waves/{second}").text
    clear(second)
    db.session.execute(Approval.__table__.update().values(state="waiting"))
    db.session.commit()
    assert "It waits for a second person to agree" in client.get(f"/staff/waves/{second}").text
    db.session.execute(Wave.__table__.update().where(Wave.id == second).values(name="Later"))
    db.session.execute(Wave.__table__.update().where(Wave.id == 1).values(state="closed"))
    db.session.commit()
    client.get(f"/staff/waves/{second}")
    assert "waits for a second person" not in client.text
    assert "cannot open yet" not in client.text


def test_a_gate_is_not_signed_with_nothing_ticked(lite_app, wave_id):
    client = signed_in(lite_app)
    client.get("/staff/waves/1/opening/ethics")
    client.post("/staff/waves/1/opening/ethics", {"seen": "0"}, 422)
    assert "Nothing is ticked, so there is nothing to sign" in client.text
    assert not signed_of(db.session(), wave_id)


def test_a_yes_is_for_the_wave_as_it_was(lite_app, wave_id):
    client = signed_in(lite_app, name="Second Manager")
    clear(wave_id)
    client.get("/staff/waves/1/change")
    later = {f"{day}-day": f"{value}" for day, value in _days().items()}
    client.post(
        "/staff/waves/1/change", {"name": "Later", "sample": "panel", "version": "1"} | later
    )
    client.get("/staff/waves/1/open").post("/staff/waves/1/open", status=422)
    assert "Nobody else has agreed to open the wave as it is now" in client.text


def _days():
    return {"opens_on": "2/3/2026", "closes_on": "2/4/2026", "delete_on": "2/3/2028"}


def test_a_second_person_refuses_with_a_reason_and_what_changed_meanwhile_is_told(
    lite_app, wave_id
):
    clear(wave_id)
    db.session.execute(Approval.__table__.update().values(state="waiting"))
    db.session.commit()
    client = signed_in(lite_app)
    decide(client, "refuse", 409)
    assert "Say why you refuse" in client.text
    seen = client.value("digest")
    db.session.execute(Wave.__table__.update().values(name="Summer"))
    db.session.commit()
    data = {"answer": "agree", "digest": seen}
    client.post("/staff/waves/1/opening/decision", data, 409)
    assert "It was changed since you looked" in client.text
    assert "somebody has to ask again" in client.text
    db.session.execute(Wave.__table__.update().values(name="Spring"))
    db.session.commit()
    decide(client, "refuse", reason="The letter is not ready.").follow()
    assert "refused on" in client.text
    assert "The letter is not ready." in client.text


def test_only_who_is_alone_goes_without_a_second_person(lite_app, wave_id):
    clear(wave_id)
    db.session.execute(Approval.__table__.delete())
    db.session.commit()
    client = signed_in(lite_app)
    client.get("/staff/waves/1/opening")
    assert "There is no other survey manager" in client.text
    decide(client, "waive", 409)
    make_staff(lite_app, "administrator")
    decide(client, "waive", 409, reason="On my own.")
    assert "There is somebody else who can agree" in client.text
    db.session.execute(db.text("update staff set active = 0 where role = 'administrator'"))
    db.session.commit()
    decide(client, "waive", reason="I am the only one here.").follow()
    assert "went without a second person" in client.text


def test_two_people_who_sign_one_gate_are_told_of_each_other(lite_app, wave_id):
    client = signed_in(lite_app)
    client.get("/staff/waves/1/opening/accessibility")
    client.post("/staff/waves/1/opening/accessibility", {"seen": "0", "points": ["phone"]})
    client.get("/staff/waves/1/opening/accessibility")
    data = {"seen": "0", "points": ["aloud", "not a point"]}
    client.post("/staff/waves/1/opening/accessibility", data, 409)
    assert "Somebody else signed this since you opened the page" in client.text
    assert "read every page in the preview on a small phone" in client.text
    row = db.session.get(WaveGate, (wave_id, "accessibility"))
    assert (json.loads(row.facts), row.version) == ({"points": ["phone"]}, 1)


def test_each_gate_says_what_is_missing_and_what_to_do(lite_app, wave_id, clock):
    clear(wave_id)
    wave, bare = (
        db.session.get(Wave, wave_id),
        replace(SITE, council_name="", safeguarding_lead=False),
    )
    signed = signed_of(db.session(), wave_id)
    today = engage_clock.today()
    assert all(gate.green for gate in gates_of(wave, signed, SITE, today))
    said = {gate.name: " ".join(gate.missing) for gate in gates_of(wave, {}, bare, today)}
    assert "COUNCIL_NAME" in said[GateName.PRIVACY]
    assert "SAFEGUARDING_LEAD" in said[GateName.SAFEGUARDING]
    assert "with the keyboard alone" in said[GateName.ACCESSIBILITY]
    assert "works with children" in said[GateName.ETHICS]
    late = {gate.name: gate for gate in gates_of(wave, signed, SITE, today.replace(year=2029))}
    assert "Its review was due on" in late[GateName.IMPACT].missing[0]
    hard = replace(definition_of(wave.definition), start="Notwithstanding " * 90)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engage.waves.gates.definition_of", lambda _row: hard)
        english = {gate.name: gate for gate in gates_of(wave, signed, SITE, today)}
    assert "sign why it has to stay so" in english[GateName.ENGLISH].missing[0]


def test_an_assessment_is_offered_again_for_the_next_wave_and_points_are_not(lite_app, wave_id):
    clear(wave_id)
    wave = db.session.get(Wave, wave_id)
    wave.state = "closed"
    again = WavePlan("fear_of_crime", "Autumn", wave.opens_on, wave.closes_on, wave.delete_on)
    transitions.create(db.session(), again, engage_clock.today())
    db.session.commit()
    client = signed_in(lite_app)
    client.get("/staff/waves/2/opening/impact")
    assert client.value("reference").startswith("DPIA 2026")
    client.get("/staff/waves/2/opening/ethics")
    assert client.page.findall(".//input[@checked]") == []


def test_analysts_and_auditors_read_and_others_do_not(lite_app, wave_id):
    for role in ("analyst", "auditor"):
        client = signed_in(lite_app, role).get("/staff/waves/1/opening")
        assert "Sign" not in [link.text for link in client.page.iter("a")]
        client.get("/staff/waves/1/opening/impact", 403)
    signed_in(lite_app, "partner_viewer").get("/staff/waves/1/opening", 403)
