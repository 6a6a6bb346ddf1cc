"""Stored responses in bulk, and whether their packed codes still say what was answered."""

import pandas as pd
import pytest
from figures.town import answer, people, wave_of
from sqlalchemy import event, insert, update

from engage.core.cleaning.table import table_from_answers
from engage.extensions import db, table_of
from engage.responses import packed
from engage.responses.coded import MixedDefinitionsError, coded_responses, read_records
from engage.responses.models import Response
from engage.waves.models import PublishedDefinition, WaveState
from engage.waves.published import definition_of

TABLE = table_of(Response)


@pytest.fixture
def wave(app):
    wave = wave_of(db.session())
    answer(db.session(), wave, people(definition_of(wave.definition), 40))
    return wave


def test_stored_responses_and_answers_in_hand_give_the_same_table(wave):
    definition = definition_of(wave.definition)
    given = [*people(definition, 40)]
    stored = coded_responses(db.session(), wave.id, wave.definition_id, definition)
    in_hand = table_from_answers(definition, given)
    in_hand["@submission"] = [f"{number:064x}" for number in range(40)]
    own = [name for name in stored.columns if not name.startswith("@")] + ["@submission", "@ward"]
    pd.testing.assert_frame_equal(
        stored[own].sort_values("@submission", ignore_index=True), in_hand[own]
    )
    assert stored["@id"].is_monotonic_increasing
    assert stored["@duration"].between(200, 400).all()
    assert set(stored["@day"].dt.strftime("%Y-%m-%d")) == {"2026-03-02"}


def test_responses_of_other_waves_are_not_read(wave):
    other = wave_of(db.session(), name="other", state=WaveState.CLOSED)
    answer(db.session(), other, people(definition_of(other.definition), 3))
    assert len(read_records(db.session(), other.id, other.definition_id)) == 3


def test_more_responses_than_fit_one_page_of_rows_all_arrive(wave, monkeypatch):
    monkeypatch.setattr("engage.responses.coded.AT_ONCE", 7)
    assert len(read_records(db.session(), wave.id, wave.definition_id)) == 40


def test_answers_to_two_definitions_are_never_one_table(wave):
    other = {"questionnaire": "x", "version": 9, "digest": "d", "content": "{}"}
    published = table_of(PublishedDefinition)
    made = insert(published).values(**other, published_on=wave.opens_on).returning(published.c.id)
    number = db.session.execute(made).scalar_one()
    one = db.session.query(Response.id).first()[0]
    db.session.execute(update(TABLE).where(TABLE.c.id == one).values(definition_id=number))
    with pytest.raises(MixedDefinitionsError, match="1 responses of wave"):
        read_records(db.session(), wave.id, wave.definition_id)


def command(app, *words):
    db.session.commit()
    return app.test_cli_runner().invoke(args=["responses", *words])


def test_codes_that_are_right_pass(app, wave):
    told = command(app, "check")
    assert (told.exit_code, told.output) == (0, "fear_of_crime 2026: 40 responses, 0 differ\n")


def test_codes_and_wards_that_differ_are_counted_and_put_right_from_the_answers(app, wave):
    first, second = [row[0] for row in db.session.query(Response.id).limit(2)]
    before = coded_responses(
        db.session(), wave.id, wave.definition_id, definition_of(wave.definition)
    )
    for one, change in ((first, {"codes": b"wrong"}), (second, {"ward": "W99"})):
        db.session.execute(update(TABLE).where(TABLE.c.id == one).values(**change))
    told = command(app, "check")
    assert told.exit_code == 1
    assert "fear_of_crime 2026: 40 responses, 2 differ" in told.output
    assert "responses rebuild" in told.output
    assert command(app, "rebuild").output == "2 responses packed anew.\n"
    assert command(app, "check").exit_code == 0
    after = coded_responses(
        db.session(), wave.id, wave.definition_id, definition_of(wave.definition)
    )
    pd.testing.assert_frame_equal(before, after)


def test_many_responses_are_packed_anew_a_part_at_a_time(app, wave, monkeypatch):
    monkeypatch.setattr(packed, "AT_ONCE", 15)
    db.session.execute(update(TABLE).values(codes=b"wrong"))
    db.session.commit()
    commits = []
    event.listen(db.engine, "commit", commits.append)
    assert command(app, "rebuild").output == "40 responses packed anew.\n"
    assert len(commits) == 3, "one for each part, so that nobody waits for all of them"
    assert command(app, "check").exit_code == 0


def test_without_responses_there_is_nothing_to_check(app):
    assert command(app, "check").output == "There are no responses.\n"
