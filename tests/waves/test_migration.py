"""Changes to the table of waves can be taken away and put back, data and all."""

from datetime import date

import pytest
from flask_migrate import downgrade, upgrade
from migrated import differences
from sqlalchemy import column, insert, inspect, select, table
from sqlalchemy.exc import IntegrityError

from engage.extensions import db
from engage.waves.models import PublishedDefinition, Wave

TODAY = date(2026, 3, 2)
GIVEN = {
    "questionnaire": "pets",
    "definition_id": 1,
    "made_up": False,
    "opens_on": TODAY,
    "closes_on": TODAY,
    "delete_on": date(2028, 3, 2),
}


def add(name, state="open", **more):
    """Store a wave with no other columns than the first migration knew."""
    row = GIVEN | {"name": name, "state": state} | more
    db.session.execute(insert(table("waves", *map(column, row))).values(row))
    db.session.commit()


@pytest.fixture
def definition(app):
    shape = {"id": 1, "questionnaire": "pets", "version": 1, "digest": "d", "content": "{}"}
    db.session.execute(insert(PublishedDefinition), shape | {"published_on": TODAY})
    add("One")


def test_the_index_goes_down_and_up_with_waves_in_the_table(definition):
    downgrade(revision="0001")
    add("Two", "closed")
    upgrade()
    with pytest.raises(IntegrityError):
        add("Three")
    db.session.rollback()
    assert db.session.scalars(select(Wave.name).order_by(Wave.name)).all() == ["One", "Two"]


def test_waves_of_before_are_open_links_and_no_sample_is_unheard_of(definition):
    add("Two", "closed", sample="random")
    downgrade(revision="0006")
    assert "sample" not in {each["name"] for each in inspect(db.engine).get_columns("waves")}
    upgrade()
    assert db.session.scalars(select(Wave.sample)).all() == ["open_link", "open_link"]
    with pytest.raises(IntegrityError, match=r"ck_waves_sample|CHECK constraint failed"):
        add("Three", "closed", sample="quota")


def test_the_model_of_a_wave_is_what_the_migrations_make(app):
    assert differences({"waves", "wave_gates", "published_definitions"}) == []
