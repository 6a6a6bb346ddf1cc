"""How the shipped questionnaires speak: short, plain, kind, and true about what is asked."""

import re

from reading import labels, minutes, prose, reading_age, sentences

from engage.core.definition.kinds import TEXT_KINDS, Kind, Means, Theme

# A question that uses one of these words has to carry the theme, whatever its author thought.
TELLING_WORDS = {
    Theme.VICTIMISATION: r"happened to (you|me)\b(?!, would)|\bto someone else\b",
    Theme.SEXUAL_VIOLENCE: r"sexual (harm|assault|way)|raped",
    Theme.SEXUAL_ORIENTATION: r"\b(bisexual|lesbian|heterosexual)\b",
    Theme.EQUALITIES: r"\b(your sex|ethnic group|religion|illness|heterosexual)\b",
}


def test_the_measure_of_reading_age_tells_easy_from_hard():
    assert reading_age(["The cat sat on the mat. It was a big cat."]) < 7
    hard = "Organisational accountability necessitates comprehensive interdepartmental evaluation."
    assert reading_age([hard]) > 20


def test_a_child_of_nine_can_read_it(definition):
    assert reading_age(list(prose(definition))) <= 9
    assert reading_age(list(labels(definition))) <= 9


def test_no_sentence_is_longer_than_25_words(definition):
    long = [
        line for text in prose(definition) for line in sentences(text) if len(line.split()) > 25
    ]
    assert not long


def test_it_takes_less_than_eight_minutes_and_says_how_many(definition):
    assert 5 <= len(definition.sections) <= 8
    assert minutes(definition) < 8
    assert definition.minutes - 1 < minutes(definition) <= definition.minutes


def test_it_asks_no_names_and_promises_no_more_than_that(definition):
    everything = " ".join([*prose(definition), *labels(definition), definition.title]).lower()
    assert "we don’t ask your name" in everything
    assert "anonym" not in everything
    assert "confidential" not in everything


def test_no_two_questions_read_the_same(definition):
    texts = [each.text for each in definition.questions.values()]
    assert len(set(texts)) == len(texts)


def test_nobody_is_asked_to_write_much(definition):
    boxes = [each for each in definition.questions.values() if each.kind in TEXT_KINDS]
    assert 1 <= len(boxes) <= 2


def test_only_what_decides_who_takes_part_is_required(definition):
    required = {each.id for each in definition.questions.values() if each.required}
    first = {each.id for each in definition.sections[0].questions}
    assert required == first
    assert next(iter(definition.questions)) == "age_band"


def test_a_question_on_a_guarded_subject_carries_its_theme(definition):
    for question in definition.questions.values():
        told = " ".join([question.text, *(option.label for option in question.options)])
        for theme, pattern in TELLING_WORDS.items():
            if re.search(pattern, told, re.IGNORECASE):
                assert theme in question.themes, (question.id, theme)


def test_dont_know_and_prefer_not_to_say_are_codes_of_their_own(definition):
    codes = {Means.DONT_KNOW: {"9", "dont_know"}, Means.REFUSED: {"8", "refused"}}
    for question in definition.questions.values():
        for option in question.options:
            said = option.label.lower()
            if said in {"don’t know", "i am not sure"}:
                assert option.means is Means.DONT_KNOW
            if said == "prefer not to say":
                assert option.means is Means.REFUSED
            if option.means in codes:
                assert option.code in codes[option.means], question.id
        if question.kind is Kind.SCALE:
            assert any(option.means is Means.DONT_KNOW for option in question.options)
        elif question.options and not question.required:
            assert any(option.means is Means.REFUSED for option in question.options), question.id


def test_a_list_of_what_happened_has_a_way_to_say_none(definition):
    for name in ("victim", "victim_sexual", "witness", "avoid"):
        if name in definition.questions:
            options = definition.questions[name].options
            assert any(option.means is Means.NONE_OF_THESE for option in options)


def test_what_happened_and_what_was_seen_are_asked_apart_and_say_over_what_time(definition):
    victim, witness = definition.questions["victim"], definition.questions["witness"]
    period = "ever" if definition.id == "women_and_girls" else "In the last 12 months"
    assert period in victim.text
    assert period in witness.text
    assert "to you" in victim.text
    assert "to someone else" in witness.text


def test_help_is_at_hand_where_a_question_may_hurt(definition):
    for name in ("victim", "victim_sexual", "worry_sexual"):
        if name in definition.questions:
            assert definition.questions[name].help_here


# Looked up when version 1 was written; a wrong digit sends a person in need to a stranger.
NUMBERS = {
    "In an emergency": "999",
    "The police, when it is not an emergency": "101",
    "Childline": "0800 1111",
    "Victim Support": "08 08 16 89 111",
    "National Domestic Abuse Helpline, run by Refuge": "0808 2000 247",
    "Rape Crisis England and Wales": "0808 500 2222",
    "Samaritans": "116 123",
    "Crimestoppers": "0800 555 111",
    "Fearless, run by Crimestoppers": "",
    "True Vision": "",
}


def test_every_place_to_get_help_has_the_right_number(definition):
    assert definition.help[0].phone == "999"
    for service in definition.help:
        assert service.phone == NUMBERS[service.name]
        assert service.phone or service.web.startswith("https://")


def test_children_are_told_of_childline_and_women_of_rape_crisis(young_people, women_and_girls):
    assert "Childline" in {service.name for service in young_people.help}
    assert {"Childline", "Rape Crisis England and Wales"} <= {
        service.name for service in women_and_girls.help
    }
