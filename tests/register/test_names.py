"""Names that people asked to be shown wait until staff have looked at them."""

from datetime import timedelta

import pytest
from page import PageClient
from pledged import TODAY, make_pledge, signed_by
from sqlalchemy import select
from staff import make_staff, sign_in

from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.pledges import showing
from engage.pledges.models import NameState
from engage.pledges.pledge import names
from engage.pledges.store import change, withdraw

PAGE = "/staff/names"


@pytest.fixture
def pledge(app, clock) -> int:
    return make_pledge()


@pytest.fixture
def manager(app, client, pledge) -> PageClient:
    return sign_in(client, make_staff(app, "survey_manager"))


def shown(pledge: int, days: int = 1) -> list[str]:
    with db.engine.begin() as connection:
        return names(connection, pledge, TODAY + timedelta(days), limit=50)


def boxes(client: PageClient) -> dict[str, str]:
    """The names that wait, with the values of their boxes."""
    labels = {
        label.get("for"): label.find("bdi").text for label in client.page.iterfind(".//label")
    }
    return {
        labels[box.get("id")]: box.get("value")
        for box in client.page.iterfind(".//input[@name='hide']")
    }


def done(function, *given, **named):
    with db.engine.begin() as connection:
        return function(connection, *given, **named)


def test_a_name_is_shown_only_when_staff_have_looked_at_it(manager, pledge):
    ada = signed_by(pledge, "ada@example.org", name="Ada", show_name=True)
    scum = signed_by(pledge, "x@example.org", name="Go home scum", show_name=True)
    signed_by(pledge, "bo@example.org", name="Bo")
    assert shown(pledge) == []
    manager.get("/staff")
    assert "2 names wait to be looked at" in manager.text
    found = boxes(manager.get(PAGE))
    assert list(found) == ["Ada", "Go home scum"]
    manager.post(PAGE, {"seen": list(found.values()), "hide": found["Go home scum"]}).follow()
    assert "1 shown, 1 hidden" in manager.text
    assert (boxes(manager), shown(pledge)) == ({}, ["Ada"])
    assert shown(pledge, days=0) == [], "from the day after"
    noted = db.session.execute(select(AuditEvent.action, AuditEvent.subject)).all()
    assert [tuple(row) for row in noted][-2:] == [
        ("name.hidden", f"signature:{scum}"),
        ("name.shown", f"signature:{ada}"),
    ]


def test_another_name_waits_anew(pledge):
    ada = signed_by(pledge, "ada@example.org", name="Ada", show_name=True)
    asked = done(showing.one, ada)
    assert done(showing.decide, [asked.seen], NameState.SHOWN) == [ada]
    done(change, ada, name="Ada", show_name=True, ward="")
    assert shown(pledge) == ["Ada"]
    done(change, ada, name="Go home scum", show_name=True, ward="")
    assert shown(pledge) == []
    assert done(showing.how_many_wait) == 1
    assert done(showing.decide, [asked.seen], NameState.SHOWN) == [], "another was looked at"
    done(withdraw, ada)
    signed_by(pledge, "ada@example.org", name="Ada", show_name=True)
    assert shown(pledge) == []


def test_a_name_that_is_shown_can_be_hidden_and_shown_again(manager, pledge):
    ada = signed_by(pledge, "ada@example.org", name="Ada", show_name=True)
    page = f"{PAGE}/{ada}"
    for state in (NameState.SHOWN, NameState.HIDDEN, NameState.SHOWN):
        seen = manager.get(page).value("seen")
        manager.post(page, {"seen": seen, "state": state}).follow()
        assert shown(pledge) == (["Ada"] if state == NameState.SHOWN else [])
    manager.post(page, {"seen": seen, "state": NameState.HIDDEN})
    assert shown(pledge) == ["Ada"], "somebody else had decided meanwhile"
    manager.get(f"/staff/pledges/signatures/{ada}")
    assert "Show or hide the name" in manager.text
