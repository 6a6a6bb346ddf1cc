"""The index that keeps one wave of a survey open can be taken away and put back, data and all."""

from datetime import date

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from engage.extensions import db
from engage.waves.models import PublishedDefinition, Wave

TODAY = date(2026, 3, 2)


def add(name, state="open"):
    given = {"questionnaire": "pets", "definition_id": 1, "state": state, "made_up": False}
    days = {"opens_on": TODAY, "closes_on": TODAY, "delete_on": date(2028, 3, 2)}
    db.session.execute(insert(Wave), {"name": name} | given | days)
    db.session.commit()


def test_it_goes_down_and_up_with_waves_in_the_table(app):
    shape = {"id": 1, "questionnaire": "pets", "version": 1, "digest": "d", "content": "{}"}
    db.session.execute(insert(PublishedDefinition), shape | {"published_on": TODAY})
    add("One")
    downgrade(revision="0001")
    add("Two", "closed")
    upgrade()
    with pytest.raises(IntegrityError):
        add("Three")
    db.session.rollback()
    assert db.session.scalars(select(Wave.name).order_by(Wave.name)).all() == ["One", "Two"]
