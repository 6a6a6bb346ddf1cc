"""Paper says the same as the screen: numbers, keys, directions, and who gets which edition."""

from dataclasses import replace
from random import Random

import pytest
from core.definition.made import answer_to, made

from engage.core.definition.check_people import UNDER_13, UNDER_16
from engage.core.definition.condition import Condition, Sign
from engage.core.definition.directions import Amount, Clause, Says, clause_of
from engage.core.definition.editions import editions_of
from engage.core.definition.faults import DefinitionError
from engage.core.definition.kinds import TEXT_KINDS
from engage.core.definition.load import load_definition, parse_definition
from engage.core.definition.model import Definition
from engage.core.definition.paper import keys_of, numbers_of, parts_of
from engage.core.definition.question import Option, Question
from engage.core.definition.routing import Answers, asked, eligible, truth
from engage.core.definition.truth import value_of
from engage.waves.catalogue import newest_file

SHIPPED = ("fear_of_crime", "young_people", "women_and_girls")


def definition_from(random: Random) -> Definition | None:
    """A made questionnaire, if the checks accept it."""
    try:
        return parse_definition(made(random), "made.yaml")
    except DefinitionError:
        return None


def answer(question: Question, random: Random):
    """Some answer to a question of any survey, or none."""
    codes = [option.code for option in question.options if option.eligible]
    if question.kind in TEXT_KINDS:
        return random.choice([None, "words"])
    if not codes:
        return random.choice([None, question.minimum])
    code = random.choice([*codes, *([] if question.required else [None])])
    return (code,) if code and question.kind == "multiple" else code


def walk(definition: Definition, random: Random, give=answer) -> Answers:
    """The answers of somebody who is asked what the screen asks."""
    answers = {}
    for question in definition.questions.values():
        if asked(question, answers) and (given := give(question, random)) is not None:
            answers[question.id] = given
    return answers


def said(clause: Clause, definition: Definition, numbers, answers: Answers) -> bool:
    """Whether somebody with these answers would say that a clause is true of them."""
    if clause.says in {Says.ALL, Says.ANY}:
        parts = (said(part, definition, numbers, answers) for part in clause.parts)
        return all(parts) if clause.says is Says.ALL else any(parts)
    if clause.amount:
        found = numbered(definition, numbers, clause, answers)
        return found if clause.says is Says.NUMBER else not found
    question = at(definition, numbers, clause.number)
    answer = answers.get(question.id)
    codes = answer if isinstance(answer, tuple) else (answer,)
    ticked = {option.label for option in question.options if option.code in codes}
    named = bool(ticked & set(clause.labels))
    return {
        Says.TICKED: named,
        Says.NOT_TICKED: not named,
        Says.OTHER: answer is not None and not named,
        Says.ANSWERED: answer is not None,
        Says.EMPTY: answer is None,
    }[clause.says]


def at(definition: Definition, numbers, number: int) -> Question:
    return next(each for each in definition.questions.values() if numbers[each.id] == number)


def numbered(definition: Definition, numbers, clause: Clause, answers: Answers) -> bool:
    """Whether a number is what a clause says of it; one that is not there is not."""

    def value(amount: Amount) -> int | None:
        if amount.title:
            [named] = [each for each in definition.calculated if each.title == amount.title]
            return value_of(named, answers)
        asked = [at(definition, numbers, number) for number in amount.numbers]
        given = [(each, answers[each.id]) for each in asked if each.id in answers]
        if not given:
            return None
        if not amount.labels:
            return sum(answer for _question, answer in given)
        codes = [
            (each, code)
            for each, answer in given
            for code in (answer if isinstance(answer, tuple) else (answer,))
        ]
        return sum(each.option(code).label in amount.labels for each, code in codes)

    number = value(clause.amount)
    others = [(sign, value(amount)) for sign, amount in clause.than]
    others += [(Sign.AT_LEAST, clause.lowest)] * (clause.lowest is not None)
    others += [(Sign.AT_MOST, clause.highest)] * (clause.highest is not None)
    if number is None or any(other is None for _sign, other in others):
        return False
    holds = {
        Sign.AT_LEAST: number.__ge__,
        Sign.AT_MOST: number.__le__,
        Sign.MORE_THAN: number.__gt__,
        Sign.LESS_THAN: number.__lt__,
    }
    return all(holds[sign](other) for sign, other in others)


def on_paper(definition: Definition, numbers, answers: Answers) -> set[int]:
    """The questions that somebody answers who does what the paper says, step by step.

    `answers` are those that they would give; what they skip they do not give.
    """
    given, done, skip_to = {}, set(), 0
    for part in parts_of(definition, numbers):
        steps = [(part.way, None), *((each.way, each) for each in part.questions)]
        for way, each in steps:
            if way and way.first and way.first >= skip_to:
                clause = clause_of(definition, way.when, numbers)
                if not said(clause, definition, numbers, given):
                    skip_to = way.onward or 10**9
            if each and each.number >= skip_to:
                done.add(each.number)
                if each.question.id in answers:
                    given[each.question.id] = answers[each.question.id]
    return done


def put(definition: Definition, numbers, answers: Answers) -> set[int]:
    """The questions that the screen asks of who gives these answers."""
    return {numbers[each.id] for each in definition.questions.values() if asked(each, answers)}


@pytest.mark.parametrize("seed", range(300))
def test_who_follows_the_directions_answers_what_the_screen_asks(seed):
    random = Random(seed)
    definition = definition_from(random)
    if definition is None:
        return
    numbers = numbers_of(definition)
    for _ in range(30):
        answers = walk(definition, random, answer_to)
        if eligible(definition, answers):
            assert on_paper(definition, numbers, answers) == put(definition, numbers, answers)


@pytest.mark.parametrize("questionnaire", SHIPPED)
def test_the_same_holds_for_every_edition_of_the_surveys_that_ship(questionnaire):
    whole = load_definition(newest_file(questionnaire))
    numbers = numbers_of(whole)
    for edition in editions_of(whole):
        for seed in range(40):
            answers = walk(edition.definition, Random(seed))
            if eligible(whole, answers):
                assert on_paper(edition.definition, numbers, answers) == put(
                    whole, numbers, answers
                )


@pytest.mark.parametrize("questionnaire", SHIPPED)
def test_no_edition_holds_what_may_not_be_put_to_its_readers(questionnaire):
    definition = load_definition(newest_file(questionnaire))
    age = definition.role("age")
    editions = editions_of(definition)
    for edition in editions:
        forbidden = set()
        if edition.lowest < 16:
            forbidden |= UNDER_16
        if edition.lowest < 13:
            forbidden |= UNDER_13
        for question in edition.definition.questions.values():
            assert not question.themes & forbidden, question.id
            assert edition.lowest >= 13 or question.kind not in TEXT_KINDS
    # And what may be asked of an age is in its edition.
    for option in age.options:
        if option.eligible and option.age:
            edition = [each for each in editions if each.lowest <= option.age[0]][-1]
            for question in definition.questions.values():
                known = {age.id: option.code}
                if question.show_if is None or (
                    truth(question.show_if, known, definition.questions) is not False
                ):
                    assert question.id in edition.definition.questions


def test_surveys_for_the_young_are_printed_by_age():
    found = {
        name: [(each.lowest, each.highest) for each in editions_of(_shipped(name))]
        for name in SHIPPED
    }
    assert found == {
        "fear_of_crime": [(16, None)],
        "young_people": [(10, 12), (13, 15), (16, 25)],
        "women_and_girls": [(0, 12), (13, 15), (16, None)],
    }


def _shipped(name: str) -> Definition:
    return load_definition(newest_file(name))


def test_numbers_are_those_of_the_whole_in_every_edition():
    whole = _shipped("young_people")
    numbers = numbers_of(whole)
    plain = [each for each in whole.questions.values() if not each.beside]
    assert [numbers[each.id] for each in plain] == list(range(1, len(plain) + 1))
    youngest = editions_of(whole)[0].definition
    [last] = [part.questions[-1] for part in parts_of(youngest, numbers)][-1:]
    assert last.number == numbers[last.question.id]


def test_what_is_typed_is_the_code_where_codes_are_figures_and_else_the_place():
    scale = Question("q", "scale", "?", options=(Option("1", "Yes"), Option("9", "Don’t know")))
    assert keys_of(scale) == {"1": "1", "9": "9"}
    named = replace(scale, kind="single", options=(Option("yes", "Yes"), Option("2", "No")))
    assert keys_of(named) == {"1": "yes", "2": "2"}
    area = Question("q", "area", "?", options=(Option("dont_know", "Not sure"),))
    assert keys_of(area, [("W7", "Abbey"), ("W1", "Bridge")]) == {
        "1": "W7", "2": "W1", "3": "dont_know",
    }  # fmt: skip


def test_nearly_every_option_is_said_by_the_few_others():
    definition = _shipped("fear_of_crime")
    grown = frozenset(option.code for option in definition.questions["age_band"].options)
    clause = clause_of(
        definition,
        Condition(question="age_band", codes=grown - {"under_16", "refused"}),
        numbers_of(definition),
    )
    assert clause == Clause(Says.OTHER, 1, ("Prefer not to say",))


def _for_the_grown(rule: dict, calculated: list | None = None) -> Definition:
    """Of two ages only the older are asked about `victim`; `rule` opens the last question."""
    options = [{"code": "a", "label": "Ay"}, {"code": "b", "label": "Bee"}]
    refused = {"code": "r", "label": "Rather not", "means": "refused"}

    def asks(name: str, **more: object) -> dict:
        return {"id": name, "kind": "single", "text": f"{name}?", "options": options} | more

    ages = [
        {"code": "0", "label": "13 to 15", "age": [13, 15]},
        {"code": "1", "label": "16 or over", "age": [16, None]},
    ]
    grown = {"show_if": {"question": "age", "in": ["1"]}, "options": [*options, refused]}
    victim = asks("victim", themes=["sexual_violence"], **grown)
    pages = [
        [asks("age", required=True, options=ages)],
        [victim, asks("afraid")],
        [asks("last", show_if=rule)],
    ]
    data = {
        "id": "grown", "version": 1, "title": "Grown", "audience": "all", "minutes": 1,
        "start": "Hi.", "thanks": "Thanks.", "ineligible": "-", "roles": {"age": "age"},
        "sections": [
            {"id": f"s{number}", "title": "Page", "questions": page}
            for number, page in enumerate(pages)
        ],
    }  # fmt: skip
    return parse_definition(data | ({"calculated": calculated} if calculated else {}), "g.yaml")


VICTIM = {"question": "victim", "in": ["a"]}
AFRAID = {"question": "afraid", "in": ["a"]}


@pytest.mark.parametrize(
    ("rule", "calculated"),
    [
        ({"not": {"any": [VICTIM, AFRAID]}}, None),
        (
            {"question": "risk", "at_least": 1},
            {"when": [{"if": VICTIM, "value": 2}, {"if": AFRAID, "value": 1}], "otherwise": 0},
        ),
        (
            {"question": "risk", "answered": True},
            {"count": {"questions": ["victim", "afraid"], "of": ["a"]}},
        ),
        (
            {"question": "risk", "at_least": 1},
            {"count": {"questions": ["victim", "afraid"], "of": ["a"]}},
        ),
    ],
)
def test_a_direction_names_only_what_is_printed(rule, calculated):
    made_of = [{"id": "risk", "title": "Risk", **calculated}] if calculated else None
    definition = _for_the_grown(rule, made_of)
    numbers = numbers_of(definition)
    young, old = editions_of(definition)
    assert "victim" not in young.definition.questions
    for edition in (young, old):
        printed = {numbers[each] for each in edition.definition.questions}
        for part in parts_of(edition.definition, numbers):
            for put in part.questions:
                if put.way:
                    said = clause_of(edition.definition, put.way.when, numbers, {})
                    assert _named(said) <= printed


def _named(clause: Clause) -> set[int]:
    """The numbers of the questions that a direction names."""
    own = {clause.number} if clause.number else set()
    own |= set(clause.amount.numbers) if clause.amount else set()
    return own.union(*map(_named, clause.parts))
