"""What a browser writes before it is sent: only that browser can open it, for an hour."""

import json

import pytest
from page import PageClient
from telling import STORY, begin, fill, open_for_reports, tell

from engage.extensions import db, table_of
from engage.reports.expiry import expire
from engage.reports.visit_models import ReportDraft, ReporterVisit

DRAFTS, VISITS = table_of(ReportDraft), table_of(ReporterVisit)


@pytest.fixture
def ready(app, clock):
    return open_for_reports(app)


def rows(of=DRAFTS) -> list:
    with db.engine.connect() as connection:
        return connection.execute(of.select()).all()


def test_nothing_in_the_database_opens_a_draft_and_its_length_tells_little(client, ready):
    begin(client)
    empty = rows()[0].sealed
    fill(client)
    [row] = rows()
    assert len(row.sealed) == len(empty)
    for word in ("stones", "Parvati", "marmalade", "race", "hate"):
        assert word.encode() not in row.sealed
        assert json.dumps(word).encode() not in row.sealed


def test_a_draft_left_for_an_hour_is_gone_for_the_browser_and_then_from_the_disk(
    client, ready, clock
):
    fill(begin(client))
    clock.move(minutes=59)
    client.get("/tell-us/check")
    clock.move(minutes=1)
    assert client.get("/tell-us/check", 303).location.endswith("/tell-us/ended")
    expire(db.session(), clock.at)
    db.session.commit()
    assert rows() == []


def test_every_page_saved_keeps_it_for_an_hour_more_and_a_script_can_too(client, ready, clock):
    begin(client)
    clock.move(minutes=50)
    client.post("/tell-us/page/1", {"q_danger_now": "no", "seen": "0"})
    clock.move(minutes=50)
    token = client.get("/tell-us/page/1").value("csrf_token")
    assert client.checked("q_danger_now") == ["no"]
    assert client.http.post("/tell-us/stay", data={"csrf_token": token}).json["seconds"] == 3600
    clock.move(minutes=59)
    assert client.http.get("/tell-us/stay").json["seconds"] == 60


def test_leaving_at_once_deletes_what_was_written_and_closes_what_was_opened(client, ready):
    code = tell(client)
    client.post("/tell-us/receipt", {"go": "open"}).follow()
    begin(client)
    assert len(rows()) == 1
    assert len(rows(VISITS)) == 1
    client.http.get("/leave", headers={"Sec-Fetch-Site": "same-origin"})
    assert rows() == []
    assert rows(VISITS) == []
    assert code


def test_another_browser_finds_nothing(client, ready):
    fill(begin(client))
    other = PageClient(client.http.application)
    other.get("/tell-us")
    assert other.get("/tell-us/check", 303).location.endswith("/tell-us/ended")
    assert other.get("/tell-us/receipt", 303).location.endswith("/tell-us/ended")


def test_two_windows_lose_nothing_of_each_other(client, ready):
    """Another page goes in beside; the same page is shown again with both, and nothing is lost."""
    begin(client)
    client.post("/tell-us/page/1", {"q_danger_now": "no", "seen": "0"}).follow()
    client.post("/tell-us/page/3", {"q_kind_of_harm": "hate", "seen": "0"})
    client.get("/tell-us/page/1")
    client.post("/tell-us/page/1", {"q_danger_now": "yes", "seen": "0"}, 409)
    assert "saved in another window" in client.text
    assert client.checked("q_danger_now") == ["yes"]
    again = {"q_danger_now": "yes", "seen": client.value("seen")}
    client.post("/tell-us/page/1", again).follow()
    assert "Stop here and call 999" in client.text


def test_what_is_begun_is_never_deleted_without_being_asked(client, ready):
    fill(begin(client))
    client.get("/tell-us")
    assert "begun and not sent" in client.text
    assert client.post("/tell-us").location.endswith("/tell-us")
    client.follow().post("/tell-us", {"carry_on": "yes"})
    assert STORY["what_happened"] in client.get("/tell-us/check").text
    client.get("/tell-us").post("/tell-us", {"carry_on": "no"})
    assert client.get("/tell-us/check", 303).location.endswith("/tell-us/page/3")
    client.get("/tell-us/delete").post("/tell-us/delete")
    assert rows() == []
