from datetime import date

from sqlalchemy import text
from survey import open_a_wave

from engage.core.definition.load import load_definition
from engage.extensions import db
from engage.responses.order import forget_order
from engage.responses.store import insert_one, row
from engage.waves.catalogue import newest_file
from engage.waves.models import Wave

DAY = date(2026, 3, 2)
ON_DISK = {
    "sqlite": "select id, 0 from responses",
    "postgresql": "select id, xmin::text from responses order by ctid",
}


def test_neither_place_nor_writer_of_a_row_tells_when_it_came(app):
    number = open_a_wave("2026", newest_file("fear_of_crime"))
    definition_id = db.session.get(Wave, number).definition_id
    db.session.remove()
    definition = load_definition(newest_file("fear_of_crime"))
    for each in range(12):
        with db.engine.begin() as connection:
            insert_one(
                connection,
                row(
                    definition,
                    {"age_band": "25_29"},
                    wave_id=number,
                    definition_id=definition_id,
                    submission=str(each),
                    day=DAY,
                    duration=60,
                ),
            )
    forget_order(db.session(), DAY)
    db.session.commit()
    with db.engine.connect() as connection:
        seen = connection.execute(text(ON_DISK[connection.dialect.name])).all()
    assert [each for each, _ in seen] == sorted(each for each, _ in seen)
    assert len({writer for _, writer in seen}) == 1
