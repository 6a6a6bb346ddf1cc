"""Where each answer of a report goes: no question is forgotten, and no class is in a wrong part."""

from pathlib import Path

import engage.definitions
from engage.core.definition.kinds import TEXT_KINDS
from engage.core.definition.load import load_definition
from engage.core.reporting.fields import FIELDS, WISHES, FieldClass, Part, parted, wishes_in

FORM = load_definition(Path(engage.definitions.__file__).parent / "safe_report" / "v1.yaml")
CODED = {FieldClass.INCIDENT, FieldClass.TIME, FieldClass.AREA, FieldClass.CHARACTERISTIC}


def test_every_question_has_its_part_and_class_and_none_is_made_up():
    assert set(FIELDS) == set(FORM.questions)


def test_no_words_are_kept_with_the_coded_facts_and_no_name_where_a_centre_can_read_it():
    for name, (part, kind) in FIELDS.items():
        words = FORM.questions[name].kind in TEXT_KINDS
        assert not (words and part in {Part.FACTS, Part.RISK}), name
        assert not (words and kind in CODED), name
        talk = part in {Part.IDENTITY, Part.CONTACT, Part.WISHES}
        assert not (kind in {FieldClass.NAME, FieldClass.CONTACT} and not talk), name


def test_answers_go_to_their_parts_and_wishes_apart():
    answers = {"strands": ("race", "religion"), "what_happened": "Shouting", "victim_name": "A B"}
    parts = parted(answers | {"wish_police": "later"})
    assert parts["facts"] == {"strands": ["race", "religion"]}
    assert parts["narrative"] == {"what_happened": "Shouting"}
    assert parts["identity"] == {"victim_name": "A B"}
    assert "wishes" not in parts
    assert wishes_in(answers | {"wish_police": "later"}) == {"police": "later"}
    assert wishes_in({"wish_police": "dont_know", "wish_support": "full"}) == {"support": "full"}


def test_about_somebody_under_18_a_no_can_be_said_but_nobody_is_offered_to_decide_later():
    offered = {name: {each.code for each in FORM.questions[name].options} for name in WISHES}
    five = {"full", "no_contact", "anonymous", "nothing", "later", "dont_know"}
    assert offered["wish_police"] == offered["wish_support"] == five
    for name in ("wish_police_under_18", "wish_support_under_18"):
        assert offered[name] == five - {"later"}


def test_what_cannot_be_promised_is_said_before_any_name_is_asked_for():
    order = FORM.section_ids
    asks = {name: order[FORM.page_of[name]] for name in ("victim_name", "contact_phone")}
    for page in asks.values():
        assert order.index("before_wishes") < order.index("wishes") < order.index(page)
