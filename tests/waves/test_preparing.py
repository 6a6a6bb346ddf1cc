"""A prepared wave can be changed and deleted; one that people were told of cannot."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from gates import clear, open_cleared
from sqlalchemy import func, select

from engage.core.statistics.sampling import SampleType
from engage.extensions import db
from engage.waves import preparing, transitions
from engage.waves.faults import WaveError, WavePlan
from engage.waves.models import Wave

TODAY = date(2026, 3, 2)
PLAN = WavePlan("fear_of_crime", "Spring", TODAY, date(2026, 4, 2), date(2028, 4, 2))
LATER = WavePlan("", " Early  summer ", date(2026, 5, 1), date(2026, 6, 1), date(2027, 6, 1))


@pytest.fixture
def wave(app):
    made = transitions.create(db.session, PLAN, TODAY)
    db.session.commit()
    return made


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Wave))


def test_name_and_days_of_a_prepared_wave_change_and_its_survey_stays(wave):
    preparing.change(db.session, wave.id, LATER, TODAY)
    db.session.commit()
    assert (wave.questionnaire, wave.name) == ("fear_of_crime", "Early summer")
    assert (wave.opens_on, wave.closes_on) == (date(2026, 5, 1), date(2026, 6, 1))
    assert wave.delete_on == date(2027, 6, 1)


def test_how_people_are_asked_changes_too(wave):
    preparing.change(db.session, wave.id, replace(PLAN, sample=SampleType.PANEL), TODAY)
    db.session.commit()
    assert wave.sample == "panel"


def test_a_wave_may_keep_its_own_name_but_not_take_anothers(wave):
    preparing.change(db.session, wave.id, PLAN, TODAY)
    other = transitions.create(db.session, replace(PLAN, name="Two"), TODAY)
    with pytest.raises(WaveError, match="There is a wave called 'Spring' of this survey already"):
        preparing.change(db.session, other.id, PLAN, TODAY)


def test_a_prepared_wave_is_deleted(wave):
    assert preparing.delete(db.session, wave.id, TODAY).name == "Spring"
    db.session.commit()
    assert count() == 0


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_wave_that_was_opened_is_neither_changed_nor_deleted(wave, state):
    clear(wave.id)
    open_cleared(wave.id, TODAY)
    if state == "closed":
        transitions.close(db.session, wave.id, TODAY + timedelta(days=1))
    db.session.commit()
    with pytest.raises(WaveError, match="The wave Spring cannot be changed any more"):
        preparing.change(db.session, wave.id, LATER, TODAY)
    with pytest.raises(WaveError, match="The wave Spring cannot be deleted any more"):
        preparing.delete(db.session, wave.id, TODAY)
    assert (wave.name, count()) == ("Spring", 1)
