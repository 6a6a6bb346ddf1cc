"""What the checks say of ways through a questionnaire, against walking every one of them."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from core.definition.made import answer_to, answers_to, made, put_right
from core.definition.test_load import faults
from hypothesis import event, given, settings, strategies as st

from engage.answering.dependants import orphans
from engage.answering.flow import barred, missing, step
from engage.core.definition.check_calculated import sound
from engage.core.definition.check_reach import cases, unreachable
from engage.core.definition.codebook import pack, variables
from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import built, parse_definition
from engage.core.definition.model import Definition
from engage.core.definition.question import Section
from engage.core.definition.routing import (
    Answers,
    asked,
    demanded,
    eligible,
    opens,
    path,
    reachable,
)
from engage.core.definition.spoken import Voice
from engage.core.definition.truth import value_of
from engage.core.definition.yaml_text import read_yaml

ROUTING = (Path(__file__).parents[2] / "definitions" / "routing" / "v1.yaml").read_text("utf-8")
NOBODY = "its show_if cannot be true"


def told(*changes: tuple[str, str]) -> str:
    text = ROUTING
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return "\n".join(faults(text))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("visits, at_least: 5}", "visits, at_least: 32}", "often: nobody ever comes to this page"),
        ('in: ["2", "3"]}', 'in: ["1"]}', "often: nobody ever comes to this page"),
        ("at_least: 20, at_most: 31", "at_most: 4", "daily: nobody is ever asked this"),
        ("at_least: 20, at_most: 31", "at_least: 9, at_most: 8", "daily: nobody is ever asked"),
        ("equals: 0", "equals: -1", "never: nobody is ever asked this"),
        ("none_of: [foot, bus]", "none_of: [foot, bus, car, refused]", "parking: nobody is ever"),
        (
            "{question: visits, equals: 0}",
            "{all: [{question: daily, answered: true}, {question: visits, at_most: 19}]}",
            "never: nobody is ever asked this",
        ),
    ],
)
def test_what_nobody_is_ever_asked_is_refused(old, new, where):
    said = told((old, new))
    assert where in said
    assert NOBODY in said


def test_several_ticks_make_rules_true_together_but_one_that_stands_alone_does_not():
    both = "{all: [{question: came_by, in: [bus]}, {question: came_by, in: [%s]}]}"
    old = "{question: visits, equals: 0}"
    parse_definition_of(ROUTING.replace(old, both % "car"))
    assert "never: nobody is ever asked this" in told((old, both % "refused"))


def test_a_rule_that_is_wrong_otherwise_is_told_once():
    said = told(("none_of: [foot, bus]", "in: [rocket]"))
    assert "no such option" in said
    assert NOBODY not in said


def test_a_question_to_which_every_answer_ends_the_survey_is_refused():
    said = told(
        ("age: [16, 64]}", "age: [16, 64], eligible: false}"),
        ("age: [65, null]}", "age: [65, null], eligible: false}"),
    )
    assert "age_band: every answer to it ends the survey." in said


def test_questions_that_wait_for_each_other_are_refused():
    said = told(
        ("{question: visits, at_least: 20, at_most: 31}", '{question: never, in: ["yes"]}'),
        ("{question: visits, equals: 0}", '{question: daily, in: ["yes"]}'),
    )
    assert "daily: show_if looks at 'never', which is not asked on an earlier page" in said


def parse_definition_of(text: str) -> Definition:
    return parse_definition(read_yaml(text, "x.yaml"), "x.yaml")


def accepted(random: Random) -> Definition | None:
    """A made questionnaire, if the checks accept it."""
    try:
        return parse_definition(made(random), "made.yaml")
    except DefinitionError as error:
        for fault in error.faults:
            assert fault.path, fault
            assert fault.problem, fault
            assert fault.remedy, fault
        return None


def ways(definition: Definition) -> list[Answers]:
    """Every way of answering."""
    found: list[dict] = [{}]
    for question in definition.questions.values():
        found = [
            answers if given is None else {**answers, question.id: given}
            for answers in found
            for given in (answers_to(question) if asked(question, answers) else [None])
            if given is not None or not demanded(question, answers)
        ]
    return found


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_nobody_is_asked_what_is_refused_and_somebody_all_the_rest(seed):
    data = made(Random(seed), pages=2)
    definition = built(data)
    if not sound(definition):
        event("refused otherwise")
        assert not list(unreachable(definition))
        return
    refused = {where for where, _problem, _remedy in unreachable(definition)}
    event("refused" if refused else "accepted")
    everyone = ways(definition)
    without = {
        (number.id, case.value)
        for number in definition.calculated
        for case in number.cases
        if not any(value_of(number, answers) == case.value for answers in everyone)
    }
    told = [(where.partition("/")[2], problem) for where, problem, _remedy in cases(definition)]
    assert {(name, int(problem.split()[5])) for name, problem in told} == without
    for section in definition.sections:
        if section.informs:
            ever = any(opens(section, answers) for answers in everyone)
            assert ever is (section.id not in refused)
        for question in section.questions:
            ever = any(asked(question, answers) for answers in everyone)
            assert ever is refused.isdisjoint({section.id, question.id})


def _check_words(voice: Voice, section: Section) -> None:
    """Everything on a page is said whole, whatever was answered before."""
    spoken = voice.section(section)
    said = [spoken.title, spoken.intro, *(rule.message for rule in spoken.rules)]
    for question in section.questions:
        asked = voice.question(question)
        assert replace(asked, text="", help="") == replace(question, text="", help="")
        said += [asked.text, asked.help]
        if asked is not question:
            event("spoken")
    for words in said:
        assert not set(words) & set("{|}")
        assert not words.endswith(" ")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_whatever_the_checks_accept_can_be_completed_by_a_random_walk(seed):
    random = Random(seed)
    definition = accepted(random)
    event("accepted" if definition else "refused")
    if definition is None:
        return
    answers: dict = {}
    here = definition.sections[0].id
    for _page in range(40):
        now = step(definition, answers, here)
        assert now is not None
        assert barred(definition, answers, here) is None
        _check_words(Voice(definition, reachable(definition, answers)), now.section)
        for question in now.questions:
            answers.pop(question.id, None)
            given = answer_to(question, random)
            if given is not None:
                answers[question.id] = given
        wrong = missing(definition, answers) == here
        told = put_right(definition, now.section, answers, random)
        assert bool(told) is wrong
        for what in told:
            event(what)
        for gone in orphans(definition, answers):
            del answers[gone]
        assert eligible(definition, answers)
        going_back = now.before and random.random() < 0.2
        onward = now.before if going_back else step(definition, answers, here).after
        if onward is None:
            break
        here = onward
    else:
        here = None
    if here is None:  # it went back and forth all the time
        return
    assert missing(definition, answers) is None
    assert reachable(definition, answers) == answers
    assert path(definition, answers)[-1].id == here
    sizes = {"u1": 1, "<i4": 4}
    assert len(pack(definition, answers)) == sum(sizes[v.storage] for v in variables(definition))
