"""Figures of reports: counted in the session of a keyholder, and kept suppressed."""

import csv
import io
import json
from datetime import date

import pytest
from page import PageClient
from sqlalchemy import select
from staff import make_keyholder, make_recovery, make_staff, sign_in

from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.reports.facts import Facts
from engage.reports.models import ReportTable
from engage.reports.receive import NewReport, receive

HALF = "/staff/report-figures/2025-04"
IN_IT, BEFORE, SINCE = date(2025, 6, 3), date(2025, 3, 31), date(2025, 10, 1)


@pytest.fixture
def caseworker(lite_app, clock):
    """A caseworker with keys; thirteen reports in a half-year, and noise before and after it."""
    make_recovery(lite_app)
    member = make_keyholder(lite_app, Role.CASEWORKER)
    for number in range(13):
        strands = ("race",) if number < 8 else ("religion",) if number < 11 else ("race", "other")
        came_in(IN_IT, kind="hate", strands=strands, wishes={"police": "full"}, ward="X" * number)
    came_in(BEFORE, kind="domestic")
    for _ in range(5):
        came_in(SINCE, kind="elder")
    db.session.commit()
    return member


def came_in(day, **facts):
    new = NewReport(parts={}, facts=Facts(month=f"{day:%Y-%m}", **facts))
    receive(db.session.connection(), new, salt=b"s" * 16, today=day)


def rows(client):
    answer = client.get(f"{HALF}/file").response
    found = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    return {(breakdown, group): number for breakdown, group, number in found}


def test_a_keyholder_counts_a_half_year_and_only_suppressed_tables_are_kept(lite_app, caseworker):
    client = sign_in(PageClient(lite_app), caseworker)
    client.get(HALF)
    assert "have not been made yet" in client.text
    client.post(HALF).follow()
    assert "13 reports came in" in client.text
    cells = [each.text for each in client.page.findall(".//td")]
    assert cells, "wards"
    assert all(each.isdigit() for each in cells), "small ones are named once, below"
    assert "Strand Too few to show." in client.text
    found = rows(client)
    assert found["Reports", "All"] == "13"
    assert found["Strand", "Religion or belief, or having none"] == "hidden"
    assert found["Strand", "Race, colour, nationality or where the family comes from"] == "hidden"
    assert found["Month", "June 2025"] == "hidden", "the only one that is not small hides the rest"
    assert found["Kind of harm", "Abuse of an older person"] == "hidden", "none is not told"
    kept = db.session.scalars(select(ReportTable)).one()
    listed = [number for shown in json.loads(kept.content)["by"].values() for _, number in shown]
    assert all(number is None or number >= 5 for number in listed)
    events = db.session.scalars(select(AuditEvent).filter_by(action="report_figures.made")).all()
    assert [event.detail for event in events] == ["{}"]


def test_they_are_not_counted_again_before_three_months_are_over(lite_app, caseworker, clock):
    client = sign_in(PageClient(lite_app), caseworker)
    client.get(HALF).post(HALF).follow()
    for _ in range(5):
        came_in(IN_IT, kind="hate", strands=("race",), outcome="support")
    db.session.commit()
    token = client.value("csrf_token")
    client.post(HALF, token=token).follow()
    assert "made too lately" in client.text
    assert rows(client)["Reports", "All"] == "13"
    clock.move(days=92)
    client = sign_in(PageClient(lite_app), caseworker)
    client.get(HALF).post(HALF).follow()
    assert rows(client)["Reports", "All"] == "18"


def test_two_counts_of_a_half_year_do_not_tell_of_one_report(lite_app, caseworker, clock):
    for _ in range(6):
        came_in(IN_IT, kind="hate", strands=("race",), wishes={"police": "nothing"})
    db.session.commit()
    client = sign_in(PageClient(lite_app), caseworker)
    client.get(HALF).post(HALF).follow()
    before = rows(client)
    came_in(IN_IT, kind="hate", strands=("race",), wishes={"police": "full"})
    db.session.commit()
    clock.move(days=92)
    client = sign_in(PageClient(lite_app), caseworker)
    client.get(HALF).post(HALF).follow()
    assert rows(client) == before


def test_an_analyst_reads_the_tables_and_neither_they_nor_an_administrator_makes_them(
    lite_app, caseworker
):
    client = sign_in(PageClient(lite_app), caseworker)
    client.get(HALF).post(HALF)
    for role in (Role.ANALYST, Role.ADMINISTRATOR):
        reader = sign_in(PageClient(lite_app), make_staff(lite_app, role))
        reader.get("/staff/report-figures")
        assert "April 2025 to September 2025 : made on 2 March 2026" in reader.text
        assert "Neither says how many incidents there were" in reader.text
        reader.get(HALF)
        assert reader.page.find(".//main//form") is None
        reader.post(HALF, status=403)
    other = sign_in(PageClient(lite_app), make_staff(lite_app, Role.CENTRE_WORKER, "Wo"))
    assert other.http.get(HALF).status_code in {302, 403}


@pytest.mark.parametrize("start", ["2025-10", "2025-05", "2030-04", "april"])
def test_nothing_is_told_of_a_half_year_that_is_not_over_or_is_none(lite_app, caseworker, start):
    client = sign_in(PageClient(lite_app), caseworker)
    client.get(f"/staff/report-figures/{start}", 404)
