from datetime import date, timedelta

import pytest
from conftest import NOON
from sqlalchemy import text
from survey import open_a_wave

from engage.core.definition.load import load_definition
from engage.entry import service
from engage.entry.models import EntryBatch
from engage.extensions import db
from engage.responses.order import forget_order
from engage.waves.catalogue import newest_file
from engage.waves.models import Wave, WaveState

DAY = date(2026, 3, 2)
LONG_AGO = date(2026, 1, 5)
TABLES = ("responses", "screened_texts", "entered_forms", "form_answers")
ON_DISK = {
    "sqlite": "select {key}, 0 from {table}",
    "postgresql": "select {key}, xmin::text from {table} order by ctid",
}


def seen(table: str) -> list[tuple[str, str]]:
    """The ids of a table in the order in which they lie, and the hidden number of each's writer."""
    with db.engine.connect() as connection:
        key = "form_id" if table == "form_answers" else "id"
        query = ON_DISK[connection.dialect.name].format(table=table, key=key)
        return [(row[0], str(row[1])) for row in connection.execute(text(query))]


@pytest.fixture
def typed(app) -> int:
    """A wave to which twelve forms came, each in a transaction of its own, dated long ago."""
    number = open_a_wave("2026", newest_file("fear_of_crime"))
    definition_id = db.session.get(Wave, number).definition_id
    batch = EntryBatch(
        wave_id=number, mode="paper", language="en", label="Market", operator=1, opened_on=DAY
    )
    db.session.add(batch)
    db.session.commit()
    batch_id = batch.id
    db.session.remove()
    definition = load_definition(newest_file("fear_of_crime"))
    answers = {"age_band": "25_29", "one_thing": "More light"}
    form = service.TypedForm(definition, definition_id, answers, LONG_AGO)
    for each in range(12):
        with db.engine.begin() as connection:
            service.enter(connection, batch_id, f"{each:032x}", form, NOON)
    return number


def forget(today: date = DAY) -> None:
    forget_order(db.session(), today)
    db.session.commit()


def test_neither_place_nor_writer_of_a_row_tells_when_it_came_whatever_its_day(typed):
    forget()
    for table in ("responses", "screened_texts"):
        found = seen(table)
        assert len(found) == 12
        assert [each for each, _ in found] == sorted(each for each, _ in found)
    writers = {writer for table in TABLES for _, writer in seen(table)}
    assert len(writers) == 1


@pytest.mark.parametrize(("days", "rewritten"), [(7, True), (8, False)])
def test_a_closed_wave_is_rewritten_for_a_week(typed, days, rewritten):
    wave = db.session.get(Wave, typed)
    wave.state, wave.closes_on = WaveState.CLOSED, DAY
    db.session.query(EntryBatch).one().closed_on = DAY
    db.session.commit()
    before = {table: seen(table) for table in TABLES}
    forget(DAY + timedelta(days=days))
    changed = {table for table in TABLES if seen(table) != before[table]}
    on_postgresql = db.engine.dialect.name == "postgresql"
    assert changed == (set(TABLES) if rewritten and on_postgresql else set())


def test_a_wave_whose_batch_is_open_is_rewritten_however_long_it_is_closed(typed):
    wave = db.session.get(Wave, typed)
    wave.state, wave.closes_on = WaveState.CLOSED, LONG_AGO
    db.session.commit()
    before = seen("responses")
    forget()
    assert (seen("responses") != before) is (db.engine.dialect.name == "postgresql")
