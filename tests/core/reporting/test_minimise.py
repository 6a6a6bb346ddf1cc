"""What an agency gets of a report: nothing of a class that the wish forbids, in no field at all."""

import pytest
from hypothesis import given, strategies as st

from engage.core.reporting.allowed import Treatment, Why, gives_files, treatment, withheld
from engage.core.reporting.fields import FIELDS, FieldClass
from engage.core.reporting.leaks import names_in, places_in, reached_in
from engage.core.reporting.minimise import minimise
from engage.core.reporting.policy import Asked
from engage.core.reporting.wishes import Giver, Level

ANSWERS = {
    "strands": ["race", "religion"],
    "when_day": "2026-10-04",
    "when_time": "night",
    "ward": "W2",
    "what_happened": "He shouted at José Okafor by the chip shop and rang 07700 900123.",
    "exact_place": "12 Larkspur Close, second floor",
    "witnesses": "Mrs Baptiste from next door",
    "suspect_words": "A man of 40 with a red van",
    "afraid": "very",
    "vulnerable": ["disability"],
    "victim_name": "José Okafor",
    "reporter_name": "Li Wu",
    "contact_phone": "+44 7700 900123",
    "contact_email": "jose@example.org",
    "contact_rules": "Never ring my sister",
    "code_word": "heron",
    "interpreter_language": "Igbo",
    "support_wanted": ["talk"],
    "wish_police": "anonymous",
    "link_agreed": "yes",
    "not_a_question": "surprise",
}
PLANTED = (
    "okafor",
    "900123",
    "larkspur",
    "baptiste",
    "jose",
    "heron",
    "surprise",
    "sister",
    "igbo",
)


def given_at(level, asked=Asked.POLICE, *, by=Giver.VICTIM, edited=None, answers=ANSWERS):
    found = minimise(answers, level, asked, by=by, edited=edited or {})
    assert [each.id for each in found] == list(answers)
    assert all((each.value is None) == bool(each.why) for each in found)
    return {each.id: each.value for each in found if each.treatment is not Treatment.WITHHELD}


def test_full_gives_everything_but_what_stays_with_us():
    assert set(ANSWERS) - set(given_at(Level.FULL)) == {
        "wish_police", "link_agreed", "not_a_question"
    }  # fmt: skip


def test_no_contact_gives_neither_a_way_to_reach_them_nor_a_text_that_holds_one():
    found = given_at(Level.NO_CONTACT)
    assert "victim_name" in found
    assert "what_happened" not in found  # it holds the phone number
    assert not {"contact_phone", "code_word", "interpreter_language", "contact_rules"} & set(found)
    edited = given_at(Level.NO_CONTACT, edited={"what_happened": "He shouted at José Okafor."})
    assert edited["what_happened"] == "He shouted at José Okafor."


def test_anonymous_gives_codes_a_month_and_only_texts_that_somebody_looked_through():
    assert given_at(Level.ANONYMOUS) == {
        "strands": ["race", "religion"], "when_day": "2026-10", "ward": "W2"
    }  # fmt: skip
    found = given_at(
        Level.ANONYMOUS,
        edited={
            "what_happened": " He shouted at somebody. ",
            "suspect_words": "A man with a van",
            "victim_name": "José Okafor",
            "witnesses": "Mrs Baptiste",
        },
    )
    assert found["what_happened"] == "He shouted at somebody."
    assert found["suspect_words"] == "A man with a van"
    assert not any(word in str(found).lower() for word in PLANTED)


@pytest.mark.parametrize(
    ("text", "taken_out"),
    [
        ("jose was hit", "jose"),
        ("OKAFOR", "okafor"),
        ("ring 0770 0900-123", "447700900123"),
        ("it was on Larkspur close", "larkspur close"),
        ("the heron", "heron"),
        ("li wu said", "li wu"),
    ],
)
def test_a_text_that_still_tells_who_it_was_is_held_back_and_says_what_to_take_out(text, taken_out):
    found = minimise(
        ANSWERS, Level.ANONYMOUS, Asked.POLICE, by=Giver.VICTIM, edited={"what_happened": text}
    )
    [one] = [each for each in found if each.id == "what_happened"]
    assert (one.value, one.why) == (None, Why.LEAK)
    assert taken_out in one.found


def test_an_emptied_text_is_left_out():
    assert "what_happened" not in given_at(Level.ANONYMOUS, edited={"what_happened": " "})


@pytest.mark.parametrize("level", [Level.NOTHING, Level.LATER])
def test_nothing_and_later_give_nothing(level):
    edited = dict.fromkeys(ANSWERS, "words")
    for asked in Asked:
        assert given_at(level, asked, edited=edited) == {}
        assert set(withheld(level, asked, Giver.VICTIM)) == set(FIELDS)


def test_support_gets_neither_suspects_nor_witnesses_nor_files():
    assert not {"suspect_words", "witnesses"} & set(given_at(Level.FULL, Asked.SUPPORT))
    assert [gives_files(level, Asked.POLICE) for level in Level] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert not any(gives_files(level, Asked.SUPPORT) for level in Level)


def test_a_name_that_a_witness_gave_is_the_victims_to_agree_to():
    found = given_at(Level.FULL, by=Giver.OTHER)
    assert "victim_name" not in found
    assert found["reporter_name"] == "Li Wu"
    assert "what_happened" not in found  # it holds that name


def test_every_question_has_a_treatment_at_every_level():
    for name in FIELDS:
        for level in Level:
            for asked in Asked:
                for by in Giver:
                    what, why = treatment(name, level, asked, by)
                    assert (what is Treatment.WITHHELD) == bool(why)
    assert treatment("no_such_question", Level.FULL, Asked.POLICE, Giver.VICTIM)[1] == Why.INTERNAL


FORBIDDEN = {
    Level.NO_CONTACT: {FieldClass.CONTACT, FieldClass.NEED, FieldClass.WISH},
    Level.ANONYMOUS: {
        FieldClass.NAME, FieldClass.CONTACT, FieldClass.NEED, FieldClass.WISH, FieldClass.WITNESS,
        FieldClass.EXACT_PLACE, FieldClass.RISK,
    },
}  # fmt: skip
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)
said = st.one_of(words, st.lists(words, max_size=3), st.integers(), st.booleans())


@given(
    st.dictionaries(st.sampled_from([*FIELDS, "made_up"]), said, max_size=12),
    st.dictionaries(st.sampled_from([*FIELDS, "made_up"]), words, max_size=12),
    st.sampled_from(Level),
    st.sampled_from(Asked),
    st.sampled_from(Giver),
)
def test_nothing_of_a_forbidden_class_ever_gets_through(answers, edited, level, asked, by):
    found = given_at(level, asked, by=by, edited=edited, answers=answers)
    classes = {FIELDS[name][1] for name in found}
    assert not classes & FORBIDDEN.get(level, {FieldClass.WISH})
    if level in {Level.NOTHING, Level.LATER}:
        assert not found
    if level is Level.ANONYMOUS:
        wordy = {FieldClass.WORDS, FieldClass.SUSPECT}
        for name, value in found.items():
            assert FIELDS[name][1] not in wordy or value == edited[name].strip()


names = st.text(st.characters(categories=("Lu", "Ll")), min_size=3, max_size=12)


@given(names, words, words, st.sampled_from(["victim_name", "reporter_name"]))
def test_a_withheld_name_gets_through_in_no_text(name, before, after, field):
    text = f"{before} {name} {after}"
    answers = {field: name, "what_happened": text, "how_known": text}
    found = given_at(Level.ANONYMOUS, edited={"what_happened": text}, answers=answers)
    assert found == {}


def test_parts_of_names_numbers_and_places_are_found_however_they_are_written():
    assert names_in("JOSE said", ["José"]) == ("jose",)
    assert names_in("the wu family", ["Li Wu"]) == ()
    assert names_in("hopeful", ["Hope"]) == ()
    assert reached_in("on 0044 (0)7700-900123", ["07700 900123"]) == ("07700900123",)
    assert reached_in("it cost 123 pounds", ["07700 900123"]) == ()
    assert places_in("near the high street", ["14 High Street"]) == ("high street",)
    assert places_in("down the street", ["14 High Street"]) == ()
