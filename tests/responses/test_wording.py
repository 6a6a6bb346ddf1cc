"""Words are judged where they are read, and only who wrote none of them is told."""

import pytest
from figures.town import answer, people, wave_of

from engage.core.definition.load import load_definition
from engage.extensions import db
from engage.responses.wording import without_words
from engage.waves.catalogue import newest_file

DEFINITION = load_definition(newest_file("fear_of_crime"))
WORDS = {"avoid_where": "Mill Lane", "one_thing": "More lights in the park"}
ADULT = {"age_band": "30_34", "connection": "resident", "ward": "W1"}


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        ({}, False),
        (WORDS, False),
        (WORDS | {"one_thing": "sdfghjkl zxcvbnm"}, True),
        (WORDS | {"avoid_where": "see www.cheap.example"}, True),
        ({"one_thing": "sdfghjkl"}, True),
    ],
)
def test_who_wrote_no_words_in_any_box_is_told_by_id(app, written, marked):
    wave = wave_of(db.session())
    other = answer(db.session(), wave, people(DEFINITION, 20))
    (row,) = answer(db.session(), wave, [ADULT | written], start=20)
    found = without_words(db.session(), wave.id, DEFINITION)
    assert found == ({row["id"]} if marked else set())
    assert len(other) == 20


def test_other_waves_are_not_looked_at(app):
    one, two = wave_of(db.session(), name="one", state="closed"), wave_of(db.session(), name="two")
    answer(db.session(), one, [ADULT | {"one_thing": "sdfghjkl"}])
    assert without_words(db.session(), two.id, DEFINITION) == frozenset()
    assert len(without_words(db.session(), one.id, DEFINITION)) == 1
