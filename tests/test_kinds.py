"""Every kind of question has its place in every table, and goes the whole way."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from core.definition.made import AGE, KINDS as MADE

from engage.answering.words import WORDS, in_words
from engage.core.cleaning.asked import answered, put
from engage.core.cleaning.conditions import holds as holds_of_all
from engage.core.cleaning.log import clean
from engage.core.cleaning.ranges import outside
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.codebook import Storage, pack, variables
from engage.core.definition.compare import LOOKS
from engage.core.definition.condition import Condition
from engage.core.definition.help_list import SHOWING
from engage.core.definition.kinds import SHAPES, SOUGHT_KINDS, TEXT_KINDS, Kind
from engage.core.definition.load import parse_definition
from engage.core.definition.model import Definition
from engage.core.definition.routing import holds
from engage.core.definition.values import values
from engage.core.export.codebook import KINDS, columns_of
from engage.core.export.full_responses import full_responses
from engage.core.export.responses import Areas
from engage.core.export.safe_responses import safe_responses
from engage.entry.typed import READ
from engage.web.answer_fields import FIELDS
from engage.web.questionnaire import TEMPLATES, Questionnaire

ROOT = Path(__file__).resolve().parent
SCHEMA = json.loads(files("engage.core.definition").joinpath("schema.json").read_text("utf-8"))
GUIDE = (ROOT.parent / "docs" / "definitions.md").read_text("utf-8")
TINY = [yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
        for file in (ROOT / "definitions").glob("*/v1.yaml")]  # fmt: skip

PAPER = (ROOT.parent / "templates" / "surveys" / "paper_question.html").read_text("utf-8")

OPTIONS = [{"code": "a", "label": "Ay"}, {"code": "b", "label": "Bee"}]
CHOICE = {"options": OPTIONS}
NOBODY = {"options": [{"code": "none", "label": "None", "means": "none_of_these"}]}
ASKED = {
    Kind.SINGLE: (CHOICE, "a", "Ay"),
    Kind.SCALE: ({"scale": "two"}, "b", "Bee"),
    Kind.MULTIPLE: (CHOICE, ("a", "b"), "Ay, Bee"),
    Kind.RANKING: (CHOICE, ("b", "a"), "1st: Bee, 2nd: Ay"),
    Kind.NUMBER: ({"minimum": 0, "maximum": 9}, 7, "7"),
    Kind.DATE: ({"earliest": "2026-01-01", "latest": "2026-12-31"}, 20260305, "5 March 2026"),
    Kind.MONTH: ({"earliest": "2026-01", "latest": "2026-12"}, 202603, "March 2026"),
    Kind.TEXT: ({}, "W1", "W1"),
    Kind.LONG_TEXT: ({}, "More light.", "More light."),
    Kind.AREA: (NOBODY, "W1", "Abbey"),
    Kind.POSTCODE: (NOBODY, "none", "None"),
    Kind.PLACE: (NOBODY, "park_1", "Mill Park"),
    Kind.PLACES: (NOBODY | {"choose": 2}, ("park_1",), "Mill Park"),
    Kind.CONSENT: ({}, "1", "Yes, I agree"),
}
"""What a question of each kind needs, an answer to it, and that answer as it is read."""
NAMES = {"W1": "Abbey", "park_1": "Mill Park"}
TABLES = {
    "the schema": SCHEMA["$defs"]["question"]["properties"]["kind"]["enum"],
    "SHAPES, the table of kinds": SHAPES,
    "the fields of forms": FIELDS,
    "the templates": TEMPLATES,
    "the words of the page that checks": WORDS,
    "the words of a comparison of versions": LOOKS,
    "the words of the codebook": KINDS,
    "what is typed from paper": READ,
    "the paper": [kind for kind in Kind if f'"{kind}"' in PAPER] + [Kind.LONG_TEXT],
    "where help is shown": SHOWING | TEXT_KINDS | SOUGHT_KINDS,
    "the guide": [kind for kind in Kind if f"| `{kind}` |" in GUIDE],
    "a tiny questionnaire": [
        question["kind"]
        for data in TINY
        for section in data["sections"]
        for question in section.get("questions", [])
    ],
    "made questionnaires": [*MADE, Kind.SCALE, Kind.LONG_TEXT, *SOUGHT_KINDS],
    "this test": ASKED,
}


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_in_every_table(kind):
    assert [name for name, table in TABLES.items() if kind not in table] == []


def test_no_table_has_a_kind_that_there_is_not():
    assert {name for name, table in TABLES.items() if set(table) - set(Kind)} == set()


def asking(kind: Kind) -> Definition:
    """A questionnaire with one question of a kind, called `it`."""
    question = {"id": "it", "kind": kind.value, "text": "What is it?", **ASKED[kind][0]}
    data = {
        **dict.fromkeys(("title", "audience", "start", "thanks", "ineligible"), "Words"),
        "id": "kinds",
        "version": 1,
        "minutes": 1,
        "scales": {"two": OPTIONS},
        "roles": {"age": "age"} | ({"area": "it"} if SHAPES[kind].name == "WARD" else {}),
        "sections": [
            {"id": "you", "title": "You", "questions": [AGE]},
            {"id": "page", "title": "Page", "questions": [question]},
        ],
    }
    return parse_definition(data, "kinds.yaml")


@pytest.mark.parametrize("kind", Kind)
def test_an_answer_of_each_kind_is_stored_cleaned_and_exported(kind):
    survey, answer = asking(kind), ASKED[kind][1]
    question = survey.questions["it"]
    people = [{"age": "1", "it": answer}, {"age": "1"}] * 3
    sizes = {Storage.CATEGORY: 1, Storage.NUMBER: 4}
    assert len(pack(survey, people[0])) == sum(sizes[each.storage] for each in variables(survey))
    table = table_from_answers(survey, people)
    there = [True, False] * 3
    assert answered(question, table).tolist() == there
    assert put(question, table).any()
    given = Condition(question="it", answered=True)
    assert holds_of_all(given, survey, table).tolist() == there
    assert [holds(given, each) for each in people] == there
    assert list(outside(survey, table)) == []
    assert values(question, [given])
    areas = Areas({"W1": "Abbey"}, {"N": "North"}, {"W1": "N"})
    words = {table["@id"][0]: {"it": str(answer)}}
    full = full_responses(survey, table, clean(survey, table), areas, lambda _ids: words)
    safe = safe_responses(survey, table, areas)
    columns = columns_of(survey, {"W1": "Abbey"})
    assert {each.name for each in full.columns} >= columns.keys()
    assert full.coded()
    assert safe.coded()


@pytest.mark.parametrize("kind", Kind)
def test_an_answer_of_each_kind_is_shown_and_read_out(lite_app, kind):
    survey, (_more, answer, read) = asking(kind), ASKED[kind]
    with lite_app.test_request_context():
        questionnaire = Questionnaire(survey)
        assert in_words(survey, survey.questions["it"], {"it": answer}, NAMES) == read
        assert in_words(survey, survey.questions["it"], {}, NAMES).startswith("You did not")
        if kind not in SOUGHT_KINDS:  # these need what there is to choose from, see their tests
            assert "What is it?" in questionnaire.fragment("it", {"it": answer})
            assert questionnaire.form_for([survey.questions["it"]])["q_it"].id == "q_it"
