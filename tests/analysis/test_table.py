"""The table of a page as a file, and the way from an open wave to one that tells more."""

import csv
import io
from datetime import date

import pytest
from conftest import NOON
from figures.town import filled, found
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.waves.models import WaveState


@pytest.fixture
def waves(lite_app, clock):
    """An open wave of 40 people, and a closed one of 300."""
    found(db.session())
    few = filled(db.session(), 40, name="Now")
    many = filled(
        db.session(), 300, name="Before", state=WaveState.CLOSED,
        opens_on=date(2025, 1, 1), closes_on=date(2025, 2, 1),
    )  # fmt: skip
    numbers = few.id, many.id
    for number in numbers:
        refresh(db.session(), number, NOON)
    db.session.commit()
    return numbers


@pytest.fixture
def analyst(lite_app, clock) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))


def link(client: PageClient, words: str) -> str:
    [found] = [each for each in client.page.iter("a") if words in "".join(each.itertext())]
    return found.get("href")


def test_safe_after_dark_by_ward_is_found_and_taken_along_with_names(waves, analyst):
    few, many = waves
    analyst.get(f"/staff/figures/{few}?figure=safe_dark&by=ward")
    analyst.get(link(analyst, "See the same of Before"))
    assert "still open, so few groups" not in analyst.text
    response = analyst.http.get(link(analyst, "Download this table"))
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert [row["group"] for row in rows] == [f"Ward {number}" for number in range(1, 7)]
    assert {row["figure"] for row in rows} == {"Feels safe outside after dark"}
    for row in rows:
        shown = row["value"] != ""
        assert shown != row["note"].startswith("[c]")
        assert not shown or float(row["lower_95"]) <= float(row["value"]) <= float(row["upper_95"])
        assert shown == (row["people"] != "")
    assert any(row["value"] for row in rows)
    db.session.rollback()
    [event] = db.session.scalars(select(AuditEvent).filter_by(action="figures.downloaded"))
    assert event.subject == f"wave:{many}"


def test_a_table_that_is_not_there_is_not_found(waves, analyst):
    few, _many = waves
    for asked in ("figure=nothing", "by=nothing", "figure=safe_dark&by=nothing"):
        assert analyst.http.get(f"/staff/figures/{few}/table.csv?{asked}").status_code == 404
