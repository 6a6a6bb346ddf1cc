"""Handing a report over through its pages: what leaves, what is withheld, what is refused."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from caseload import PARTS, SAID, put_report
from handover_walk import FULL, at, look, read, send, taken, wish
from jsonschema import Draft202012Validator
from page import PageClient
from sqlalchemy import select
from staff import make_keyholder, make_recovery, make_staff, sign_in_keyed

from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.config import ROOT
from engage.extensions import db
from engage.handover.package import sha256_of
from engage.handover.paper import paper_of
from engage.reports.changing import alter_part
from tools.check_pdf import faults

SCHEMA = json.loads((ROOT / "docs" / "handover.schema.json").read_text("utf-8"))
WITNESS = "The number or address is that of whoever reported it, not of the victim."
SECRET = ("Amal", "Osei", "900 321", "marigold", "Mill Lane")


@pytest.fixture
def people(lite_app, clock):
    make_recovery(lite_app)
    return [
        make_keyholder(lite_app, Role.CASEWORKER),
        make_keyholder(lite_app, Role.SAFEGUARDING_LEAD),
    ]


@pytest.fixture
def first(lite_app, people) -> PageClient:
    return sign_in_keyed(PageClient(lite_app), people[0])


@pytest.fixture
def second(lite_app, people) -> PageClient:
    return sign_in_keyed(PageClient(lite_app), people[1])


def actions() -> list[AuditEvent]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.subject.like("report:%"))))


def test_an_anonymous_package_holds_codes_and_what_somebody_looked_through(people, first, tmp_path):
    report_id = put_report(facts={"when_day": "2026-02-14"})
    look(first, report_id)
    assert "Only as anonymous information, said by the victim" in first.text
    assert "Somebody has to look through it first." in first.text
    edited = "Somebody shouted at a person in the open"
    send(first, report_id, **{"edited-what_happened": edited}).follow()
    file = tmp_path / "package.json"
    file.write_bytes(taken(first))
    script = [sys.executable, "-I", "-S", str(ROOT / "tools" / "read_handover.py"), str(file)]
    done = subprocess.run(script, capture_output=True, text=True, check=True)
    assert edited in done.stdout
    package = json.loads(file.read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(package)
    assert package["sha256"] == sha256_of(package)
    answers = {each["id"]: each for each in package["answers"]}
    assert set(answers) == {
        "kind_of_harm", "strands", "incident_types", "when_day", "ward", "what_happened"
    }  # fmt: skip
    assert answers["when_day"]["value"] == "2026-02"
    assert answers["what_happened"]["words"] == [edited]
    assert package["contact"] == {
        "allowed": False,
        "rules": ["Do not try to find out who this is about. They asked for that."],
    }
    whole = json.dumps(package)
    assert report_id not in whole
    assert not any(word in whole for word in (*SECRET, SAID, "red van"))
    assert answers["when_day"]["words"] == ["February 2026"]
    paper = taken(first, "pdf")
    assert faults(paper) == []
    with pikepdf.open(BytesIO(paper)) as opened:
        assert len(opened.pages) == 1
    report = read(report_id, people[0])
    assert report.status == "handed_over"
    told = [each.value for each in report.entries if each.ring == "talk"]
    assert [each["kind"] for each in told] == ["handover", "status"]
    assert {each.what for each in report.line.clocks} == {"first_contact", "acknowledgement"}


def test_a_text_that_tells_who_it_was_is_refused_with_what_to_take_out(first):
    report_id = put_report()
    look(first, report_id)
    send(first, report_id, 422, **{"edited-what_happened": "amal was shouted at"})
    assert "Take out: amal" in first.text
    assert first.page.findtext("head/title").startswith("Error:")


def test_full_gives_contact_only_with_its_rules_and_support_gets_no_suspects(people, first):
    report_id = put_report(wishes=FULL)
    look(first, report_id)
    send(first, report_id).follow()
    package = json.loads(taken(first))
    assert all(word in json.dumps(package) for word in SECRET)
    assert package["contact"]["allowed"]
    assert any("code word" in each for each in package["contact"]["rules"])
    look(first, report_id, "victim_support")
    send(first, report_id).follow()
    assert "red van" not in json.dumps(json.loads(taken(first)))


def test_what_a_bystander_says_of_a_wish_is_not_called_the_victims(first, monkeypatch):
    wishes = {"versions": [{"by": "other", "at": "", "police": "no_contact"}]}
    look(first, put_report(wishes=wishes))
    report_id = first.response.request.path.split("/")[3]
    send(first, report_id).follow()
    package = json.loads(taken(first))
    assert "Whoever reported said" in package["contact"]["rules"][0]
    papers = []
    monkeypatch.setattr("engage.handover.paper.pdf", lambda _name, data: papers.append(data))
    paper_of(package, colour="#000000")
    assert "said by whoever reported, not by the victim" in papers[0]["level"]


def test_an_agency_reads_whose_number_it_is_and_staff_what_is_missing(first):
    contact = {"contact_whose": "reporter"}
    report_id = put_report(wishes=FULL, contact=contact, facts={"role": "witness"})
    assert WITNESS in first.get(f"/staff/reports/{report_id}").text
    look(first, report_id, "victim_support")
    assert "They may get in touch" not in first.text
    send(first, report_id).follow()
    assert WITNESS in json.loads(taken(first))["contact"]["rules"]
    bare = put_report(
        wishes=FULL, identity={"victim_name": ""}, contact={"contact_phone": "", "contact_how": []}
    )
    look(first, bare, "victim_support")
    assert "There is no name in it. There is no phone number or e-mail address" in first.text


def test_wishes_that_changed_meanwhile_refuse_and_say_what_changed(people, first):
    report_id = put_report(wishes=FULL)
    look(first, report_id)
    wish(report_id, people[0], police="nothing")
    send(first, report_id, 409)
    assert "The wishes have changed. Now they are for the police: “Nothing”." in first.text
    send(first, report_id, 422)
    assert "Nothing would leave" in first.text
    assert not [each for each in read(report_id, people[0]).entries if each.ring == "notes"]


def test_a_report_that_changed_meanwhile_is_looked_at_again(people, first, second):
    report_id = put_report(wishes=FULL)
    look(first, report_id)
    look(second, report_id)
    send(first, report_id)
    send(second, report_id, 409)
    assert "changed since you looked" in second.text
    send(second, report_id).follow()


def test_an_agency_nobody_is_asked_about_gets_nothing_without_an_override(first):
    report_id = put_report(wishes=FULL)
    look(first, report_id, "children_social_care")
    send(first, report_id, 422)
    first.get(at(report_id))
    first.post(at(report_id, "preview"), {"agency": "the_mayor"}, 404)
    first.get(at(report_id))
    first.post(at(report_id, "preview"), {"agency": "police", "override": "0" * 32}, 409)


def test_what_comes_back_is_kept_and_the_reporter_is_told(people, first):
    report_id = put_report(wishes=FULL)
    look(first, report_id)
    send(first, report_id).follow()
    page = first.response.request.path
    said = {
        "reference": "CRN/26/0421",
        "outcome": "Suspect spoken to",
        "tell": "They spoke to him.",
    }
    first.post(f"{page}/answer", {"seen": first.value("seen"), **said}).follow()
    assert "CRN/26/0421" in first.text
    report = read(report_id, people[0])
    talk = [each.value for each in report.entries if each.ring == "talk"][-2:]
    assert [each["kind"] for each in talk] == ["acknowledgement", "outcome"]
    assert talk[1]["words"] == "They spoke to him."
    assert "CRN" not in json.dumps(talk)
    assert [each.what for each in report.line.clocks] == ["first_contact"]


def test_a_package_cannot_be_taken_again_once_the_report_has_changed(people, first):
    report_id = put_report(wishes=FULL)
    look(first, report_id)
    send(first, report_id).follow()
    page = first.response.request.path
    rings = read(report_id, people[0]).rings
    alter_part(db.session.connection(), report_id, rings, "identity", lambda _: {})
    db.session.commit()
    first.get(page).post(f"{page}/json", {}, 409)
    assert "cannot be made again" in first.text


def test_a_package_is_not_given_once_the_wishes_have_changed(people, first):
    report_id = put_report(wishes=FULL)
    look(first, report_id)
    send(first, report_id).follow()
    page = first.response.request.path
    taken(first)
    wish(report_id, people[0], support="nothing")
    first.get(page)
    taken(first)  # it is of the police
    wish(report_id, people[0], police="nothing")
    for kind in ("json", "pdf"):
        first.get(page).post(f"{page}/{kind}", {}, 409)
        assert "The wishes have changed since this package was made" in first.text
    wish(report_id, people[0], police="full")
    first.get(page)
    taken(first)


def test_letters_that_the_typeface_lacks_do_not_stop_the_paper(first):
    report_id = put_report(wishes=FULL, narrative={"what_happened": "وہ مجھ پر چلایا 他骂我"})
    look(first, report_id)
    send(first, report_id).follow()
    assert taken(first, "pdf").startswith(b"%PDF")
    assert "他骂我" in taken(first).decode()


def test_nobody_else_opens_these_pages_and_the_log_tells_nothing(lite_app, people, first):
    report_id = put_report(wishes=FULL)
    for role in (Role.ADMINISTRATOR, Role.ANALYST):
        other = sign_in_keyed(PageClient(lite_app), make_staff(lite_app, role))
        other.get(at(report_id), 403)
    look(first, report_id)
    send(first, report_id).follow()
    found = actions()
    assert {each.action for each in found} == {"report.opened", "report.changed"}
    assert {each.detail for each in found} == {"{}"}


def test_every_page_that_shows_a_report_is_noted_whatever_was_sent(people, first):
    report_id = put_report(wishes=FULL)
    look(first, report_id)
    assert [each.action for each in actions()] == ["report.opened"] * 2
    send(first, report_id, 409, seen="0")
    carried = {"agency": "police", "override": "0" * 32}
    first.post(at(report_id, "preview"), carried, 409)
    first.post(f"/staff/reports/{report_id}/override", {"agency": "police"}, 422)
    # The first of them was read anew, to show what has changed.
    assert [each.action for each in actions()] == ["report.opened"] * 6


def test_who_took_a_package_stands_in_the_reports_own_entries(people, first):
    report_id = put_report(wishes=FULL)
    look(first, report_id)
    send(first, report_id).follow()
    taken(first)
    taken(first, "pdf")
    notes = [each.value for each in read(report_id, people[0]).entries if each.ring == "notes"]
    assert [(each["what"], each["by"]) for each in notes if each["kind"] == "taken"] == [
        ("json", people[0].id),
        ("pdf", people[0].id),
    ]


def test_what_a_package_keeps_outlives_no_answer(people, first):
    report_id = put_report(wishes=FULL)
    look(first, report_id)
    send(first, report_id)
    notes = [each.value for each in read(report_id, people[0]).entries if each.ring == "notes"]
    kept = json.dumps(notes)
    for part in PARTS.values():
        for value in part.values():
            if isinstance(value, str) and len(value) > 5:
                assert value not in kept


def test_the_schema_stands_where_the_documentation_says():
    assert "handover.schema.json" in Path(ROOT / "docs" / "handover.md").read_text("utf-8")
