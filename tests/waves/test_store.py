"""The public pages ask which waves are open."""

from datetime import date

import pytest
from sqlalchemy import insert, update

from engage.extensions import db
from engage.waves import store
from engage.waves.models import PublishedDefinition, Wave

TODAY = date(2026, 3, 2)


@pytest.fixture
def waves(app):
    """Two open waves among others that are not."""
    db.session.execute(
        insert(PublishedDefinition),
        {"id": 7, "version": 1, "digest": "d", "content": "{}", "published_on": TODAY}
        | {"questionnaire": "fear_of_crime"},
    )
    shape = {"definition_id": 7, "delete_on": date(2028, 1, 1), "made_up": False}
    year = {"opens_on": date(2026, 1, 1), "closes_on": date(2026, 12, 31)}
    rows = [
        ("young_people", "Open", "open", year),
        ("fear_of_crime", "Open", "open", year),
        ("fear_of_crime", "Prepared", "draft", year),
        ("fear_of_crime", "Past", "closed", year),
        ("pets", "Over", "open", {"opens_on": date(2025, 1, 1), "closes_on": date(2026, 3, 1)}),
    ]
    for questionnaire, name, state, days in rows:
        given = {"questionnaire": questionnaire, "name": name, "state": state}
        db.session.execute(insert(Wave), shape | days | given)
    db.session.commit()


def test_open_waves_are_those_in_the_field_today(waves):
    found = store.open_waves(db.session, TODAY)
    assert [(wave.slug, wave.name) for wave in found] == [
        ("fear-of-crime", "Open"),
        ("young-people", "Open"),
    ]


def test_only_waves_for_anyone_with_the_link_are_offered_on_the_home_page(waves):
    session = db.session
    session.execute(update(Wave).filter_by(questionnaire="young_people").values(sample="random"))
    session.commit()
    with db.engine.connect() as connection:
        offered = store.offered_waves(connection, TODAY)
        drawn = store.open_wave(connection, "young-people", TODAY)
    assert [wave.slug for wave in offered] == ["fear-of-crime"]
    assert drawn.name == "Open"


def test_an_open_wave_is_found_by_the_address_of_its_survey(waves):
    with db.engine.connect() as connection:
        wave = store.open_wave(connection, "fear-of-crime", TODAY)
    assert wave.questionnaire == "fear_of_crime"
    assert wave.definition_id == 7
    assert wave.closes_on == date(2026, 12, 31)
    assert wave.delete_on == date(2028, 1, 1)
    assert wave.made_up is False


@pytest.mark.parametrize("slug", ["fear_of_crime", "pets", "", "fear-of-crime'", "x" * 500])
def test_no_wave_is_open_at_another_address(waves, slug):
    assert store.open_wave(db.session, slug, TODAY) is None


def test_waves_are_listed_by_survey(waves):
    listed = [wave.name for wave in store.all_waves(db.session)]
    assert listed == ["Past", "Prepared", "Open", "Over", "Open"]
