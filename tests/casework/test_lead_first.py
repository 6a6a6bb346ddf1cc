"""What concerns somebody under 18 is read by a safeguarding lead first, and leaves only after."""

import pytest
from caseload import SAID, put_report
from handover_walk import FULL, at, look, read
from page import PageClient
from staff import make_keyholder, make_recovery, sign_in_keyed

from engage.accounts.models import Role

INBOX = "/staff/reports"
LEAD_FIRST = "Safeguarding lead first"
CHILD = {"victim_age": "under_18"}


@pytest.fixture
def people(app, clock):
    make_recovery(app)
    return [make_keyholder(app, Role.CASEWORKER), make_keyholder(app, Role.SAFEGUARDING_LEAD)]


@pytest.fixture
def clients(app, people) -> list[PageClient]:
    return [sign_in_keyed(PageClient(app), each) for each in people]


def test_a_caseworker_reads_it_once_the_lead_has(people, clients) -> None:
    caseworker, lead = clients
    page = f"{INBOX}/{put_report(facts=CHILD)}"
    assert LEAD_FIRST in caseworker.get(INBOX).text
    for address in (page, f"{page}/note", f"{page}/links"):
        assert "waits for the safeguarding lead" in caseworker.get(address).text
        assert SAID not in caseworker.text
    caseworker.get(f"{page}/hand-over", 303).follow()
    assert SAID not in caseworker.text
    assert SAID in lead.get(page).text
    assert SAID in caseworker.get(page).text
    assert LEAD_FIRST not in caseworker.get(INBOX).text


def test_whoever_cannot_wait_says_why_and_hands_nothing_over(people, clients) -> None:
    caseworker, lead = clients
    report_id = put_report(facts=CHILD, wishes=FULL)
    page = f"{INBOX}/{report_id}"
    caseworker.get(page).post(f"{page}/open-now", {"words": ""}, 422)
    sent = {"words": "Jo is away and it is today", "seen": caseworker.value("seen")}
    caseworker.post(f"{page}/open-now", sent).follow()
    assert SAID in caseworker.text
    for address in ("preview", ""):
        caseworker.get(at(report_id))
        caseworker.post(at(report_id, *filter(None, [address])), {"agency": "police"}, 409)
        assert "a safeguarding lead reads it before it leaves" in caseworker.text
    assert LEAD_FIRST in caseworker.get(INBOX).text
    assert "Jo is away" in lead.get(page).text
    look(caseworker, report_id)


def test_in_immediate_danger_it_leaves_before_the_lead_has_read_it(people, clients) -> None:
    caseworker, _ = clients
    report_id = put_report(facts=CHILD)
    page = f"{INBOX}/{report_id}"
    sent = {"words": "She is in danger", "seen": str(caseworker.get(page).value("seen"))}
    caseworker.post(f"{page}/open-now", sent)
    caseworker.get(at(report_id))
    caseworker.post(f"{page}/override/new", {"agency": "children_social_care"}, 200)
    said = {
        "seen": caseworker.value("seen"),
        "agency": "children_social_care",
        "level": "full",
        "reason": "child_at_risk_now",
        "basis": "vital_interests",
        "words": "Now",
        "told": "no",
        "not_told": "more_danger",
        "when": "now",
    }
    caseworker.post(f"{page}/override", said).follow()
    [override] = [
        each.value
        for each in read(report_id, people[0]).entries
        if each.value["kind"] == "override_asked"
    ]
    look(caseworker, report_id, "children_social_care", override=override["id"])


def test_that_a_lead_read_it_is_noted_once_whoever_it_is_about(people, clients) -> None:
    for facts in ({}, CHILD):
        report_id = put_report(facts=facts)
        for _ in range(2):
            clients[1].get(f"{INBOX}/{report_id}")
        clients[1].get(f"{INBOX}/{report_id}/note")
        report = read(report_id, people[0])
        assert [each.value["kind"] for each in report.entries] == ["lead_read"]
        assert report.version == 1
