"""A survey manager makes one-time codes and hands them out."""

import re
from datetime import date

import pytest
from page import PageClient
from staff import make_staff, sign_in
from survey import DEFINITIONS, open_a_wave

from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.invitations.models import Invitation
from engage.responses.models import Response
from engage.waves.models import Wave, WaveState


@pytest.fixture
def wave(app, clock) -> int:
    return open_a_wave(file=DEFINITIONS / "invited" / "v1.yaml")


@pytest.fixture
def manager(app, client, wave):
    return sign_in(client, make_staff(app, "survey_manager"))


def test_codes_are_shown_once_to_print(manager, wave):
    page = f"/staff/waves/{wave}/codes"
    manager.get(f"/staff/waves/{wave}")
    assert "Codes for the people who are invited" in manager.text
    assert f"Address for letters and posters http://127.0.0.1:5000/surveys/{wave} " in manager.text
    assert "How people are asked People with a one-time code" in manager.text
    assert "/surveys/invited" not in manager.text
    manager.get(page).post(page, {"number": "3"}, 200)
    codes = re.findall(r"\b\w{4}-\w{4}-\w{4}\b", manager.text)
    assert len(codes) == 3
    # The name of such a survey says what happened to whoever holds the slip.
    assert f"127.0.0.1:5000/surveys/{wave} Your code" in manager.text
    assert "/surveys/invited" not in manager.text
    assert db.session.query(Invitation).count() == 3
    manager.get(page)
    assert "3 codes made so far. Fewer than ten were used." in manager.text
    assert not any(code in manager.text for code in codes)
    [event] = db.session.query(AuditEvent).filter_by(action="codes.made")
    assert event.detail == '{"codes": 3}'


@pytest.mark.parametrize("number", ["", "0", "201", "many", "-1", "1.5"])
def test_a_number_that_cannot_be_made_is_refused(manager, wave, number):
    page = f"/staff/waves/{wave}/codes"
    manager.get(page).post(page, {"number": number}, 422)
    assert db.session.query(Invitation).count() == 0


def test_a_closed_wave_gets_no_codes(manager, wave):
    page = f"/staff/waves/{wave}/codes"
    manager.get(page)
    db.session.get(Wave, wave).state = WaveState.CLOSED
    db.session.commit()
    manager.post(page, {"number": "3"}, 409)


def test_a_survey_for_all_has_no_codes(manager):
    everyone = open_a_wave()
    manager.get(f"/staff/waves/{everyone}/codes", 404)


def test_an_analyst_makes_no_codes(app, client, wave):
    sign_in(client, make_staff(app, "analyst")).get(f"/staff/waves/{wave}/codes", 403)


def answers_came(wave: int, number: int) -> None:
    definition = db.session.get(Wave, wave).definition_id
    for each in range(number):
        db.session.add(
            Response(
                id=f"r{each}",
                wave_id=wave,
                definition_id=definition,
                submission="s",
                day=date(2020, 1, 1),
                codes=b"",
                answers="{}",
            )
        )
    db.session.commit()


@pytest.mark.parametrize(("came", "told"), [(9, "fewer than ten"), (21, "at least 20")])
def test_how_many_answered_is_told_like_how_many_codes_were_used(lite_app, clock, came, told):
    wave = open_a_wave(file=DEFINITIONS / "invited" / "v1.yaml")
    answers_came(wave, came)
    manager = sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))
    for page in ("/staff/waves", f"/staff/waves/{wave}"):
        assert told in manager.get(page).text
    assert told.capitalize() + " responses" in manager.get(f"/staff/figures/{wave}").text
    assert f"{came} responses" not in manager.get(f"/staff/waves/{wave}/close").text


def test_a_wave_for_the_invited_has_no_places(lite_app, clock):
    wave = open_a_wave(file=DEFINITIONS / "invited" / "v1.yaml")
    manager = sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))
    assert "Places" not in manager.get(f"/staff/waves/{wave}").text
    manager.get(f"/staff/waves/{wave}/places", 404)


def test_whoever_makes_codes_is_told_that_a_slip_can_be_tried(lite_app, clock):
    wave = open_a_wave(file=DEFINITIONS / "invited" / "v1.yaml")
    manager = sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))
    assert "can find out whether it was used" in manager.get(f"/staff/waves/{wave}/codes").text
