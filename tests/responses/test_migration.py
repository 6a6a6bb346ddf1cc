"""The column of flags comes and goes without a response lost, or its order of arrival kept."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from survey import open_a_wave

from engage.extensions import db
from engage.responses.models import Response
from engage.responses.store import insert_one, row
from engage.waves.models import Wave
from engage.waves.published import definition_by_id


def stored() -> list:
    with db.engine.connect() as connection:
        return connection.execute(text("select id, answers, codes from responses")).all()


@pytest.mark.usefixtures("app")
def test_it_goes_down_and_up_with_the_responses_in_it():
    number = open_a_wave()
    with db.engine.begin() as connection:
        wave = connection.execute(Wave.__table__.select()).one()
        values = row(
            definition_by_id(connection, wave.definition_id), {"age_band": "3"}, wave_id=number,
            definition_id=wave.definition_id, submission="s", day=wave.opens_on, duration=100,
            flags="honeypot",
        )  # fmt: skip
        insert_one(connection, values)
    before = stored()
    db.session.remove()
    downgrade(revision="0011")
    assert stored() == before
    upgrade()
    assert stored() == before
    with db.engine.connect() as connection:
        assert connection.execute(text("select flags from responses")).scalar_one() == ""
        if db.engine.dialect.name == "sqlite":
            made = "select sql from sqlite_master where name = 'responses'"
            assert connection.execute(text(made)).scalar_one().rstrip().endswith("WITHOUT ROWID")
            columns = connection.execute(text("pragma table_info(responses)")).all()
            assert [each.name for each in columns] == [each.name for each in Response.__table__.c]
