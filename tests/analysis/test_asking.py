"""Who is offered what on the analyst's pages, and what of it is written down."""

import pytest
from conftest import NOON
from figures.town import filled, found
from page import PageClient
from sqlalchemy import select
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.extensions import db


@pytest.fixture
def path(lite_app, clock) -> str:
    found(db.session())
    path = f"/staff/figures/{filled(db.session(), 20).id}"
    db.session.commit()
    return path


def links(client: PageClient) -> list[str]:
    return [link.get("href") for link in client.page.iterfind(".//main//a")]


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.ANALYST, True), (Role.ADMINISTRATOR, True), (Role.SURVEY_MANAGER, False)],
)
def test_people_are_offered_what_they_may_do(lite_app, path, role, may):
    client = sign_in(PageClient(lite_app), make_staff(lite_app, role)).get(path)
    downloads = [link for link in links(client) if link.startswith("/staff/downloads/")]
    for link in downloads:
        client.get(link).get(path)
    assert bool(downloads) == may
    assert ("Make the figures" in client.text) == may


def test_who_asks_for_new_figures_is_in_the_audit_log(lite_app, path):
    member = make_staff(lite_app, Role.ANALYST)
    client = sign_in(PageClient(lite_app), member).get(path)
    client.post(f"{path}/refresh")
    event = db.session.scalars(select(AuditEvent).filter_by(action="figures.asked")).one()
    number = path.rsplit("/", 1)[1]
    assert (event.staff_id, event.subject, event.at) == (member.id, f"wave:{number}", NOON)


def test_a_number_that_no_wave_can_have_is_not_found(lite_app, path):
    client = sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST)).get(path)
    client.get(f"/staff/figures/{'9' * 20}", 404)
    client.post(f"/staff/figures/{'9' * 20}/refresh", status=404)
