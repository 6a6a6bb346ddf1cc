"""Handing over against a wish: always two people, and never the same."""

import json

import pytest
from caseload import put_report
from handover_walk import NOTHING, at, look, read, send, taken, wish
from jsonschema import Draft202012Validator
from page import PageClient
from sqlalchemy import select
from staff import make_keyholder, make_recovery, sign_in_keyed

from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.config import ROOT
from engage.extensions import db
from engage.reports.models import ReportClock

SCHEMA = json.loads((ROOT / "docs" / "handover.schema.json").read_text("utf-8"))
WHY = "They said that they will burn the house tonight"


@pytest.fixture
def people(app, clock):
    make_recovery(app)
    return [
        make_keyholder(app, Role.CASEWORKER),
        make_keyholder(app, Role.SAFEGUARDING_LEAD),
        make_keyholder(app, Role.CASEWORKER, "Bo Lind"),
    ]


@pytest.fixture
def first(app, people) -> PageClient:
    return sign_in_keyed(PageClient(app), people[0])


@pytest.fixture
def second(app, people) -> PageClient:
    return sign_in_keyed(PageClient(app), people[1])


def ask(client: PageClient, report_id: str, status: int = 303, agency: str = "police", **more: str):
    client.get(at(report_id))
    client.post(f"/staff/reports/{report_id}/override/new", {"agency": agency}, 200)
    said = {
        "level": "full", "reason": "child_at_risk", "basis": "safeguarding", "words": WHY,
        "told": "no", "not_told": "more_danger", "when": "after",
    }  # fmt: skip
    form = {"seen": client.value("seen"), "agency": agency, **said, **more}
    return client.post(f"/staff/reports/{report_id}/override", form, status)


def answer(client: PageClient, report_id: str, people, status: int = 303, **more: str):
    """The answer to the only override there is."""
    [asked] = [each.value for each in notes(report_id, people) if each.value.get("id")]
    client.get(at(report_id))
    report = read(report_id, people[0])
    form = {"seen": str(report.version), "answer": "yes", "words": "I agree", **more}
    return client.post(f"/staff/reports/{report_id}/override/{asked['id']}", form, status)


def notes(report_id: str, people):
    return [each for each in read(report_id, people[0]).entries if each.ring == "notes"]


def the_override(report_id: str, people) -> str:
    return next(each.value["id"] for each in notes(report_id, people) if "id" in each.value)


def test_one_asks_another_approves_and_only_then_something_leaves(app, people, first, second):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id, agency="children_social_care").follow()
    assert "Waits for a second person" in first.text
    assert "1 override waits for a second person" in second.get("/staff").text
    assert "Override waits" in second.get("/staff/reports?queue=overrides").text
    override = the_override(report_id, people)
    carried = {"agency": "children_social_care", "override": override}
    first.post(at(report_id, "preview"), carried, 409)
    answer(first, report_id, people, 403)
    assert "never the one who asked" in first.text
    answer(second, report_id, people).follow()
    assert "May be used" in second.text
    assert "for a second person" not in second.get("/staff").text
    look(first, report_id, **carried)
    send(first, report_id).follow()
    package = json.loads(taken(first))
    basis = package["basis"]
    assert (basis["by"], basis["level"], basis["victim_told"]) == ("override", "full", False)
    assert (basis["reason"], basis["lawful_basis"]) == ("child_at_risk", "safeguarding")
    assert basis["reason_words"] == "A child or young person is at risk of harm"
    assert basis["not_told_words"] == "Telling them would put somebody in more danger"
    assert package["contact"]["rules"][0].startswith("Do not reveal this, to the victim or")
    Draft202012Validator(SCHEMA).validate(package)
    assert taken(first, "pdf").startswith(b"%PDF")
    assert "Osei-Brandt" in json.dumps(package)
    first.get(at(report_id))
    first.post(at(report_id, "preview"), carried, 409)  # it was used once


def test_where_the_victim_was_not_told_nothing_shows_behind_the_code(people, first, second):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id)
    answer(second, report_id, people)
    look(first, report_id, override=the_override(report_id, people))
    send(first, report_id).follow()
    page = first.response.request.path
    said = {"seen": first.value("seen"), "reference": "X1", "tell": "Hello"}
    first.post(f"{page}/answer", said).follow()
    report = read(report_id, people[0])
    assert report.status == "open"
    assert {each.ring for each in report.entries} == {"notes"}


def test_where_the_victim_was_told_they_see_that_it_left(people, first, second):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id, told="yes")
    answer(second, report_id, people)
    look(first, report_id, override=the_override(report_id, people))
    send(first, report_id)
    report = read(report_id, people[0])
    assert report.status == "handed_over"
    talk = [each.value for each in report.entries if each.ring == "talk"]
    left = next(each for each in talk if each["kind"] == "handover")
    assert (left["agency"], left["beyond"]) == ("The police", True)


def test_a_refused_override_gives_nothing(people, first, second):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id)
    answer(second, report_id, people, answer="no", words="There is another way").follow()
    assert "Refused" in second.text
    first.get(at(report_id))
    carried = {"agency": "police", "override": the_override(report_id, people)}
    first.post(at(report_id, "preview"), carried, 409)


def test_in_immediate_danger_it_leaves_at_once_and_a_second_reviews_within_a_working_day(
    app, people, first, second, clock
):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id, reason="danger_to_life", basis="vital_interests", when="now")
    due = [
        each for each in read(report_id, people[0]).line.clocks if each.what == "override_review"
    ]
    assert [each.due_on.isoformat() for each in due] == ["2026-03-03"]  # it is Monday, 2 March
    override = the_override(report_id, people)
    third = sign_in_keyed(PageClient(app), people[2])
    look(third, report_id, override=override)
    send(third, report_id)
    for client in (first, third):  # neither who asked nor who handed over
        answer(client, report_id, people, 403)
    answer(second, report_id, people).follow()
    assert "it was right" in second.text
    report = read(report_id, people[0])
    assert {each.what for each in report.line.clocks} == {"first_contact", "acknowledgement"}
    assert len(db.session.scalars(select(ReportClock)).all()) == 2


def test_a_no_before_it_left_ends_an_immediate_override_and_a_yes_is_no_review(
    people, first, second
):
    now = {"reason": "danger_to_life", "basis": "vital_interests", "when": "now"}
    refused, approved = put_report(wishes=NOTHING), put_report(wishes=NOTHING)
    for report_id in (refused, approved):
        ask(first, report_id, **now)
        answer(first, report_id, people, 403)
    answer(second, refused, people, answer="no", words="Nobody is there").follow()
    assert "Refused" in second.text
    first.get(at(refused))
    carried = {"agency": "police", "override": the_override(refused, people)}
    first.post(at(refused, "preview"), carried, 409)
    answer(second, approved, people).follow()
    assert "May be used" in second.text
    assert "it was right" not in second.text
    look(first, approved, override=the_override(approved, people))
    send(first, approved)
    assert "override_review" not in {
        each.what
        for report_id in (refused, approved)
        for each in read(report_id, people[0]).line.clocks
    }


def test_the_clock_of_the_review_runs_from_the_moment_in_which_it_left(
    app, people, first, second, clock
):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id, reason="danger_to_life", basis="vital_interests", when="now")
    clock.move(days=2)
    again = sign_in_keyed(PageClient(app), people[0])
    look(again, report_id, override=the_override(report_id, people))
    send(again, report_id)
    running = {
        each.what: each.due_on.isoformat() for each in read(report_id, people[0]).line.clocks
    }
    assert running["override_review"] == "2026-03-05"  # it left on Wednesday, 4 March
    assert len(running) == len(db.session.scalars(select(ReportClock)).all()) == 3
    answer(sign_in_keyed(PageClient(app), people[1]), report_id, people)
    left = {each.what for each in read(report_id, people[0]).line.clocks}
    assert left == {"first_contact", "acknowledgement"}
    assert len(db.session.scalars(select(ReportClock)).all()) == 2


def test_a_package_that_was_found_to_be_wrong_is_not_given_again(people, first, second):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id, reason="danger_to_life", basis="vital_interests", when="now")
    look(first, report_id, override=the_override(report_id, people))
    send(first, report_id).follow()
    page = first.response.request.path
    taken(first)
    answer(second, report_id, people, answer="no", words="There was another way")
    first.get(page).post(f"{page}/json", {}, 409)
    assert "override was found to be wrong" in first.text


def test_an_override_that_nobody_used_lapses(app, people, first, second, clock):
    report_id, waiting = put_report(wishes=NOTHING), put_report(wishes=NOTHING)
    for each in (report_id, waiting):
        ask(first, each)
    answer(second, report_id, people)
    clock.move(days=13)
    again = sign_in_keyed(PageClient(app), people[0])
    look(again, report_id, override=the_override(report_id, people))
    clock.move(days=1)
    again = sign_in_keyed(PageClient(app), people[0])
    again.get(at(report_id))
    assert "Lapsed" in again.text
    carried = {"agency": "police", "override": the_override(report_id, people)}
    again.post(at(report_id, "preview"), carried, 409)
    other = sign_in_keyed(PageClient(app), people[1])
    answer(other, waiting, people, 409)
    assert "can only be refused" in other.text
    answer(other, waiting, people, answer="no")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"when": "now"}, "Only a reason of immediate danger lets it leave at once"),
        ({"not_told": ""}, "Say why the victim was not told"),
        ({"words": ""}, "Say what makes you think so"),
        ({"reason": "because"}, "Not a valid choice"),
        ({"basis": ""}, "Choose a lawful basis"),
        ({"level": "nothing"}, "Not a valid choice"),
    ],
)
def test_an_override_without_reason_basis_or_word_to_the_victim_is_refused(
    people, first, more, said
):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id, 422, **more)
    assert said in first.text
    assert not notes(report_id, people)


def test_wishes_that_change_meanwhile_end_an_override(people, first, second):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id)
    wish(report_id, people[0], police="anonymous")
    answer(second, report_id, people, 409)
    assert "wishes have changed" in second.text
    wish(report_id, people[0], police="nothing")
    answer(second, report_id, people)
    wish(report_id, people[0], support="full")
    first.get(at(report_id))
    carried = {"agency": "police", "override": the_override(report_id, people)}
    first.post(at(report_id, "preview"), carried, 409)


def test_the_audit_log_tells_that_two_people_changed_it_and_nothing_else(people, first, second):
    report_id = put_report(wishes=NOTHING)
    ask(first, report_id, agency="children_social_care")
    answer(second, report_id, people)
    db.session.rollback()
    found = db.session.scalars(select(AuditEvent).where(AuditEvent.subject.like("report:%")))
    assert {(each.action, each.staff_id, each.detail) for each in found} == {
        (action, each.id, "{}")
        for action in ("report.opened", "report.changed")
        for each in people[:2]
    }
