"""How somebody may be reached, changed with the code: for casework at once, in the clear never."""

import pytest
from page import PageClient
from staff import sign_in_keyed
from telling import STORY, come_back, open_for_reports, tell

from engage.extensions import db
from engage.reports.models import Report

NEW = {
    "q_contact_how": ["text"],
    "q_contact_phone": "07700 900 555",
    "q_code_word": "periwinkle",
    "q_contact_rules": ["home", "post"],
}


@pytest.fixture
def caseworker(app):
    return open_for_reports(app)


@pytest.fixture
def mine(client, caseworker) -> PageClient:
    code = tell(client, interpreter="yes", interpreter_language="Tamil")
    return come_back(client, code).get("/tell-us/mine/contact")


def test_how_to_reach_somebody_is_changed_and_casework_sees_only_the_new(app, mine, caseworker):
    seen = mine.value("seen")
    assert mine.value("q_contact_phone") == STORY["contact_phone"]
    mine.post("/tell-us/mine/contact", NEW | {"seen": seen}).follow()
    assert "You changed how we may reach you" in mine.text
    assert "periwinkle" not in mine.text
    mine.get("/tell-us/mine/contact")
    mine.post("/tell-us/mine/contact", NEW | {"seen": seen}, 409)
    assert "Something changed since" in mine.text

    staff = sign_in_keyed(PageClient(app), caseworker)
    with db.engine.connect() as connection:
        report_id = connection.scalar(Report.__table__.select().with_only_columns(Report.id))
    staff.get(f"/staff/reports/{report_id}")
    for words in ("How to get in touch was changed", "07700 900 555", "periwinkle", "Tamil"):
        assert words in staff.text
    for words in (STORY["contact_phone"], STORY["code_word"]):
        assert words not in staff.text


def test_nothing_that_is_written_is_lost_in_silence(mine):
    seen = {"seen": mine.value("seen")}
    mine.post("/tell-us/mine/contact", seen | {"q_code_word": "periwinkle"}, 422)
    assert "Tick each way that is safe" in mine.text
    given = {"q_contact_how": ["phone"], "q_contact_email": "a@mail.example"}
    mine.post("/tell-us/mine/contact", seen | given, 422)
    assert "did not tick its way" in mine.text
    assert mine.value("q_contact_email") == "a@mail.example"


def test_who_is_only_to_be_reached_behind_the_code_leaves_nothing_else(mine):
    given = NEW | {"q_contact_how": ["code"], "seen": mine.value("seen")}
    mine.post("/tell-us/mine/contact", given).follow()
    mine.get("/tell-us/mine/contact")
    assert not mine.value("q_contact_phone")
    assert not mine.value("q_code_word")
