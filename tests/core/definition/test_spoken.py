"""The words of one person: variants and earlier answers, and what the checks say of them."""

from pathlib import Path

import pytest
from core.definition.test_load import faults
from hypothesis import given, strategies as st

from engage.core.definition.codebook import variables
from engage.core.definition.compare import Aspect, compare
from engage.core.definition.load import load_definition, parse_definition
from engage.core.definition.phrase import Piped, filled, phrase_of, readable
from engage.core.definition.spoken import Voice, shortened
from engage.core.definition.yaml_text import read_yaml

FOLDER = Path(__file__).parents[2] / "definitions"
WORDING, PIPING = (FOLDER / name / "v1.yaml" for name in ("wording", "piping"))


def put(file: Path, question: str, **answers):
    definition = load_definition(file)
    voice = Voice(definition, answers, {"W1": "Abbey"})
    asked = voice.question(definition.questions[question])
    return asked.text, asked.help


def test_the_first_variant_that_is_true_counts_and_what_it_leaves_out_stays():
    hint = "Choose the one that fits best."
    assert put(WORDING, "safe") == ("How safe do you feel when you go out?", hint)
    school = put(WORDING, "safe", age_band="3", day="school")
    assert school == ("How safe do you feel on your way to school?", hint)
    assert put(WORDING, "safe", age_band="2", day="work")[0].endswith("when you go out?")
    work = put(WORDING, "safe", age_band="3", day="work")
    assert work == ("How safe do you feel on your way to work?", "Think of the way back too.")


def test_answers_and_pages_have_variants_too():
    definition = load_definition(WORDING)
    voice = Voice(definition, {"age_band": "2", "day": "work"})
    asked = voice.question(definition.questions["safe"])
    assert [option.label for option in asked.options][-1] == "I would rather not say"
    page = voice.section(definition.section("way"))
    assert (page.title, page.intro) == ("On your way to work", "Think of the last month.")


@pytest.mark.parametrize(
    ("answers", "text", "hint"),
    [
        ({}, "at that place, in your ward?", "You were there sometimes, since some time."),
        (
            {"spot": "the  <b>quay</b>\nby night", "ward": "W1", "visits": 3, "since": 202603},
            "at the <b>quay</b> by night, in Abbey?",
            "You were there 3 times, since March 2026.",
        ),
        ({"ward": "dk"}, "in your ward?", "sometimes"),
        ({"spot": "{ward|x} {{"}, "at {ward|x} {{, in", ""),
    ],
)
def test_an_answer_stands_in_a_later_question_in_words(answers, text, hint):
    said = put(PIPING, "safe", **answers)
    assert text in said[0]
    assert hint in said[1]


@pytest.mark.parametrize(
    ("came_by", "beside", "said"),
    [
        (("foot", "bus"), "", "on foot, by bus"),
        (("none",), "", "in some way"),
        (("other",), "", "in another way"),
        (("bus", "other"), "with a friend", "by bus, with a friend"),
    ],
)
def test_ticks_stand_there_in_their_order_and_what_was_written_for_its_label(came_by, beside, said):
    definition = load_definition(PIPING)
    answers = {"came_by": came_by} | ({"came_by_other_text": beside} if beside else {})
    page = Voice(definition, answers).section(definition.section("about"))
    assert page.intro == (
        f"You go to the place that you think of {said}. Curly ones are {{ and }}."
    )


def test_files_read_what_stands_there_for_everybody():
    definition = load_definition(PIPING)
    labels = {each.name: each.label for each in variables(definition)}
    assert labels["safe"] == "How safe do you feel at [that place], in [your ward]?"
    assert definition.section("about").title == "[The place]"


@given(st.text())
def test_what_is_repeated_is_one_line_of_sixty_letters_at_most(words):
    short = shortened(words)
    assert len(short) <= 61
    assert short == " ".join(short.split())
    if len(" ".join(words.split())) <= 60:
        assert short == " ".join(words.split())


@given(st.lists(st.one_of(st.text(alphabet="a{}|", max_size=4), st.just("{q|w}"))))
def test_every_text_has_parts_and_doubled_braces_are_literal(parts):
    text = "".join(parts)
    readable(phrase_of(text))
    doubled = text.replace("{", "{{").replace("}", "}}")
    assert filled(phrase_of(doubled), lambda _place: "?") == text


def test_a_phrase_names_its_question_and_its_fallback():
    assert phrase_of("At {spot|that place}?") == ("At ", Piped("spot", "that place"), "?")
    assert readable(phrase_of("{{At}} {spot|that place}?")) == "{At} [that place]?"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (PIPING, "{ward|your ward}", "{wart|your ward}", "names a question that is not there"),
        (PIPING, "{ward|your ward}", "{ward}", "does not say what stands there without an answer"),
        (PIPING, "{ward|your ward}", "{ward|your ward", "a brace stands alone"),
        (PIPING, "{ward|your ward}", "{rank|it}", "that is not asked on an earlier page"),
        (PIPING, "{visits|no times}", "{safe|so}", "about/rules/0: '{safe|so}' names a question"),
        (PIPING, "label: Not safe", 'label: "Not safe in {ward|it}"', "has a place for an earlier"),
        (PIPING, "max_length: 200", "max_length: 9, themes: [equalities]", "a delicate subject"),
        (WORDING, "{question: day, in: [school]}\n        title", ("{question: safe, in: ["
         '"1"]}\n        title'), "way: texts looks at 'safe', which is not asked on an earlier"),
        (WORDING, "{question: day, in: [school]}\n            text", ("{question: today, in: ["
         "school]}\n            text"), "safe: texts names the question 'today'"),
        (WORDING, "{question: day, in: [school]}\n            text", ("{question: day, in: ["
         "club]}\n            text"), "safe: a rule looks for the code 'club'"),
        (WORDING, '{question: day, in: [work]}, {question: age_band, in: ["3"]}',
         "{question: day, in: [work]}, {question: day, in: [other]}",
         "safe: nobody ever reads one of its texts"),
        (WORDING, '{question: day, in: [work]}, {question: age_band, in: ["3"]}',
         '{question: day, in: [school]}, {question: age_band, in: ["3"]}',
         "safe: nobody ever reads one of its texts"),
        (WORDING, '{when: {question: age_band, in: ["2"]}, label: I would rather not say}',
         '{when: {question: age_band, in: ["1"]}, label: I would rather not say}',
         "safe: nobody ever reads one of its texts"),
        (WORDING, "title: On your way to work", "text: On your way", "sections/1"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_said_are_refused(file, old, new, said):
    text = file.read_text("utf-8")
    assert text.count(old) == 1, old
    assert said in "\n".join(faults(text.replace(old, new)))


@pytest.mark.parametrize(
    ("file", "changed", "question", "kind", "says"),
    [
        (WORDING, ("on your way to school?", "going to school?"), "safe", Aspect.WORDING,
         "is put to some people as “How safe do you feel on your way to school?” or"),
        (WORDING, ("Think of the way back too.", "And back."), "safe", Aspect.WORDING,
         "is put to some people in other words"),
        (WORDING, ("Think of the last four weeks of school.", "Think of May."), "minutes",
         Aspect.WORDING, ("The text above “How many minutes does it take?” is for some people as "
         "“Think of the last four weeks of school.” or “Think of the last month.” in version 1, "
         "and as “Think of May.”")),
        (WORDING, ("I would rather not say", "Not telling"), "safe", Aspect.ANSWERS,
         "“Prefer not to say” is put to some people in other words."),
        (PIPING, ("{ward|your ward}", "{came_by|your ward}"), "safe", Aspect.WORDING,
         "with other answers of theirs in it"),
        (PIPING, ("{ward|your ward}", "{ward|that ward}"), "safe", Aspect.WORDING,
         "“How safe do you feel at [that place], in [that ward]?”"),
    ],
)  # fmt: skip
def test_a_changed_variant_is_changed_wording(file, changed, question, kind, says):
    text, (old, new) = file.read_text("utf-8"), changed
    assert text.count(old) == 1, old
    one, other = (
        parse_definition(read_yaml(each, "x.yaml"), "x.yaml")
        for each in (text, text.replace("version: 1", "version: 2").replace(old, new))
    )
    told = [each for each in compare(one, other) if each.question == question]
    assert [each.kind for each in told] == [kind]
    assert says in told[0].says
    assert not compare(one, parse_definition(read_yaml(text, "x.yaml"), "x.yaml"))
