"""Texts are coded, redacted and quoted by two people, and what is told tells on nobody."""

import json
import re

import pytest
from figures.town import answer, found, people, wave_of
from page import PageClient
from sqlalchemy import select, update
from staff import make_staff, sign_in

from engage import worker
from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.freetext import listing, texts
from engage.freetext.models import Code, Coding, Quote, Redaction, ThemeTable, Turn
from engage.freetext.released import quotes_by_id, released_quotes, released_texts
from engage.responses.retention import delete_some
from engage.responses.screened import ScreenedText, ScreeningState
from engage.responses.screening import queue
from engage.waves.published import definition_of

QUESTION = "one_thing"
SAID = "More lights in Abbey Lane, by Mrs Penhaligon's shop, please"
SECRET = "Nobody has looked at this one"


@pytest.fixture
def wave_id(lite_app, clock) -> int:
    """Forty people who wrote, of which screening passed all but the last."""
    session = db.session()
    found(session)
    wave = wave_of(session)
    definition = definition_of(wave.definition)
    said = list(people(definition, 60))
    wrote = [each for each in said if each.get("age_band") and QUESTION in each][:40]
    assert len(wrote) == 40
    for number, each in enumerate(wrote):
        each |= {QUESTION: f"Light number {number}", "sex": "female", "connection": "resident"}
    wrote[0][QUESTION], wrote[-1][QUESTION] = SAID, SECRET
    rows = answer(session, wave, wrote)
    queue(session.connection(), definition, rows[:-1], state=ScreeningState.PASSED)
    queue(session.connection(), definition, rows[-1:])
    session.commit()
    number = wave.id
    db.session.remove()
    return number


@pytest.fixture
def analyst(lite_app, wave_id) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))


@pytest.fixture
def second(lite_app, wave_id) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST, "Una Other"))


def said(wave_id: int) -> str:
    """The id of the text with a name in it."""
    db.session.rollback()
    ids = listing.listed(db.session(), wave_id, QUESTION, at_once=100).ids
    return next(each.id for each in texts.shown(db.session(), ids) if each.words == SAID)


def add_code(client: PageClient, wave_id: int, label: str, status: int = 303) -> None:
    address = f"/staff/themes/{wave_id}/{QUESTION}/codes"
    client.get(address)
    version = client.page.findall(".//input[@name='version']")[-1].get("value")
    given = {"label": label, "belongs": f"All about {label}", "version": version}
    client.post(address, given, status)


def give(client: PageClient, text_id: str, codes: list[int], status: int = 303) -> None:
    client.get(f"/staff/themes/texts/{text_id}")
    given = {"version": client.value("version"), "codes": codes}
    client.post(f"/staff/themes/texts/{text_id}/codes", given, status)


def redact(client: PageClient, text_id: str, marked: str, status: int = 303) -> None:
    client.get(f"/staff/themes/texts/{text_id}")
    form = client.page.find(f".//form[@action='/staff/themes/texts/{text_id}/redaction']")
    version = form.find(".//input[@name='version']").get("value")
    given = {"marked": marked, "version": version}
    client.post(f"/staff/themes/texts/{text_id}/redaction", given, status)


def propose(client: PageClient, text_id: str, words: str, about: str = "", status: int = 303):
    client.get(f"/staff/themes/texts/{text_id}")
    given = {"words": words, "about": about}
    return client.post(f"/staff/themes/texts/{text_id}/quote", given, status)


MARKED = SAID.replace("Mrs Penhaligon's shop", "[[Mrs Penhaligon's shop]]")
KEPT = "More lights in Abbey Lane, by […], please"


def test_only_what_screening_passed_is_listed_and_found(analyst, wave_id, monkeypatch):
    analyst.get("/staff/themes")
    assert "What one thing would help you feel safer here?" in analyst.text
    address = f"/staff/themes/{wave_id}/{QUESTION}"
    analyst.get(f"{address}?page=2")
    assert "39 texts, page 2 of 2" in analyst.text
    for words, count in (("abbey LIGHT", 1), ('"in abbey lane"', 1), ("abbey dark", 0)):
        analyst.get(address)
        analyst.post(address, {"words": words, "page": "1"}, 200)
        assert f"{count} text" in analyst.text, words
        assert "abbey" not in analyst.response.request.url
    monkeypatch.setattr(listing, "MOST", 5)
    analyst.post(address, {"words": "light"}, 200)
    assert "The first 5 texts" in analyst.text
    assert "Look for a rarer word too" in analyst.text
    monkeypatch.undo()
    analyst.post(address, {"words": "nobody has looked"}, 200)
    assert "No text is like that" in analyst.text
    assert SECRET not in analyst.response.text
    hidden = db.session.scalars(
        select(ScreenedText.id).filter_by(state="waiting", question=QUESTION)
    ).one()
    analyst.get(f"/staff/themes/texts/{hidden}", 404)
    db.session.rollback()
    events = db.session.scalars(select(AuditEvent).filter_by(action="texts.seen")).all()
    assert events
    assert not any("abbey" in each.detail.casefold() for each in events)


def test_a_text_gets_its_codes_and_the_next_one_follows(analyst, second, wave_id):
    add_code(analyst, wave_id, "Lighting")
    add_code(analyst, wave_id, "Patrols")
    add_code(analyst, wave_id, "lighting", 422)
    lighting = db.session.scalars(select(Code.id).filter_by(label="Lighting")).one()
    text_id = said(wave_id)
    second.get(f"/staff/themes/texts/{text_id}")
    give(analyst, text_id, [lighting])
    assert f"/texts/{text_id}" not in analyst.location
    analyst.follow()
    analyst.get(f"/staff/themes/{wave_id}/{QUESTION}?code={lighting}")
    assert "1 text" in analyst.text
    stale = {"version": "0", "codes": []}
    if text_id >= listing.TWICE:
        second.post(f"/staff/themes/texts/{text_id}/codes", stale, 409)
        assert "Somebody else coded this text just now" in second.text
    db.session.rollback()
    coding = db.session.scalars(select(Coding).filter_by(text_id=text_id)).first()
    assert (coding.turn, coding.frame_version) == (Turn.FIRST, 2)


def test_codes_are_merged_and_retired_and_two_who_change_them_are_told_apart(
    analyst, second, wave_id
):
    for label in ("Lighting", "Lamps"):
        add_code(analyst, wave_id, label)
    lamps, lighting = db.session.scalars(select(Code.id).order_by(Code.label)).all()
    give(analyst, said(wave_id), [lamps])
    address = f"/staff/themes/{wave_id}/{QUESTION}/codes"
    second.get(address)
    analyst.get(address)
    merged = {"step": "merge", "into": lighting, "version": "2"}
    analyst.post(f"{address}/{lamps}", merged)
    second.post(f"{address}/{lighting}", {"step": "retire", "version": "2"}, 409)
    assert "Somebody else changed the codes while you wrote" in second.text
    assert "Part of Lighting" in second.text
    analyst.get(f"/staff/themes/{wave_id}/{QUESTION}?code={lighting}")
    assert "1 text" in analyst.text
    second.get(address)
    second.post(f"{address}/{lighting}", {"step": "retire", "version": "3"})
    assert "No longer offered" in second.follow().text
    assert "Version 4" in second.text


def test_a_quote_is_redacted_proposed_and_released_by_another(analyst, second, wave_id):
    text_id = said(wave_id)
    propose(analyst, text_id, SAID, status=422)
    redact(analyst, text_id, SAID.replace("please", "now [[please]]"), 422)
    assert "Change nothing but the marks" in analyst.text
    redact(analyst, text_id, MARKED)
    propose(analyst, text_id, SAID, status=422)
    propose(analyst, text_id, KEPT, "group:nowhere", status=422)
    propose(analyst, text_id, KEPT, "sex:female")
    assert "Somebody else can release the quote now" in analyst.follow().text
    quote = db.session.scalars(select(Quote)).one()
    assert quote.words == ""
    number = quote.id
    analyst.post(f"/staff/themes/quotes/{number}", {"decision": "release"}, 409)
    second.get("/staff/themes/quotes")
    digest = second.value("digest")
    second.post(f"/staff/themes/quotes/{number}", {"decision": "release", "digest": digest})
    db.session.rollback()
    (shown,) = released_quotes(db.session(), wave_id)
    assert (shown.text, shown.about, shown.question) == (KEPT, "a woman", QUESTION)
    assert released_quotes(db.session(), wave_id, "another") == []
    (kept,) = released_texts(db.session(), wave_id).values()
    assert kept == {QUESTION: KEPT}
    # Flagged again, it is shown no more; passed again, it is.
    for state, count in ((ScreeningState.FLAGGED, 0), (ScreeningState.PASSED, 1)):
        where = update(ScreenedText).where(ScreenedText.id == text_id)
        db.session.execute(where.values(state=state))
        db.session.commit()
        assert len(quotes_by_id(db.session(), [number])) == count
        assert len(released_texts(db.session(), wave_id)) == count
    while delete_some(db.session(), wave_id):
        db.session.commit()
    assert db.session.scalars(select(Redaction)).all() == []
    assert [each.text for each in released_quotes(db.session(), wave_id)] == [KEPT]
    db.session.commit()
    second.post(f"/staff/themes/quotes/{number}", {"decision": "take_back"})
    db.session.rollback()
    assert released_quotes(db.session(), wave_id) == []
    assert db.session.get(Quote, number).words == ""


def test_a_quote_whose_text_is_redacted_anew_is_not_released(analyst, second, wave_id):
    text_id = said(wave_id)
    redact(analyst, text_id, SAID)
    propose(analyst, text_id, SAID)
    second.get("/staff/themes/quotes")
    digest, number = second.value("digest"), re.search(r"Quote (\d+)", second.text)[1]
    redact(analyst, text_id, MARKED)
    second.post(f"/staff/themes/quotes/{number}", {"decision": "release", "digest": digest}, 409)
    assert "changed" in second.text
    assert released_quotes(db.session(), int(wave_id)) == []


def test_two_who_redact_at_once_lose_nothing(analyst, second, wave_id):
    text_id = said(wave_id)
    second.get(f"/staff/themes/texts/{text_id}")
    redact(analyst, text_id, MARKED)
    address = f"/staff/themes/texts/{text_id}/redaction"
    second.post(address, {"marked": SAID, "version": "0"}, 409)
    assert KEPT in second.text
    assert "Somebody else read this text just now" in second.text


def test_the_table_of_themes_is_made_by_the_worker_and_hides_the_few(analyst, wave_id, clock):
    add_code(analyst, wave_id, "Lighting")
    add_code(analyst, wave_id, "Dogs")
    dogs, lighting = db.session.scalars(select(Code.id).order_by(Code.label)).all()
    ids = listing.listed(db.session(), wave_id, QUESTION, at_once=100).ids
    for place, each in enumerate(ids):
        coding = Coding(text_id=each, turn=Turn.FIRST, staff_id=1, frame_version=2)
        db.session.add(coding)
        db.session.flush()
        code = dogs if place < 3 else lighting if place < 25 else None
        if code:
            db.session.execute(
                db.text("insert into coding_codes values (:a, :b)"), {"a": coding.id, "b": code}
            )
    db.session.commit()
    address = f"/staff/themes/{wave_id}/{QUESTION}/table"
    analyst.get(address)
    analyst.post(address)
    assert "The table is being made: 0% done" in analyst.follow().text
    db.session.remove()
    while worker.turn(db.session(), clock.at):
        pass
    db.session.remove()
    content = json.loads(db.session.scalars(select(ThemeTable.content)).one())
    assert content["people"] == 40
    shown = {each["label"]: each["people"] for each in content["rows"]}
    assert shown == {"Dogs": None, "Lighting": 20, "": None}
    analyst.get(address)
    assert "Dogs [c] [c]" in analyst.text
    assert "Of about 40 people" in analyst.text


def test_who_may_not_see_responses_sees_no_text(lite_app, wave_id, clock):
    for role in (Role.PARTNER_VIEWER, Role.AUDITOR, Role.CASEWORKER, Role.SURVEY_MANAGER):
        client = sign_in(PageClient(lite_app), make_staff(lite_app, role))
        client.get(f"/staff/themes/{wave_id}/{QUESTION}", 403)
        if role is Role.SURVEY_MANAGER:
            client.get("/staff/themes")
            client.get(f"/staff/themes/{wave_id}/{QUESTION}/table")
            assert "Make the table" not in client.text
            assert "How far two people agree" not in client.text
            client.get("/staff/themes/quotes")
