"""Rules that compare numbers or name what was not chosen; pages that open and close."""

from pathlib import Path

import pytest
from core.definition.test_load import faults

from engage.core.cleaning.conditions import holds as holds_of_all
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.codebook import variables
from engage.core.definition.condition_data import condition_of
from engage.core.definition.load import load_definition
from engage.core.definition.routing import holds, path, reachable

FILE = Path(__file__).parents[2] / "definitions" / "routing" / "v1.yaml"
ROUTING = load_definition(FILE)


def told(old: str, new: str) -> str:
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1, old
    return "\n".join(faults(text.replace(old, new)))


@pytest.mark.parametrize(
    ("rule", "answers", "held"),
    [
        ({"question": "visits", "at_least": 5}, {"visits": 5}, True),
        ({"question": "visits", "at_least": 5}, {"visits": 4}, False),
        ({"question": "visits", "at_least": 5}, {}, False),
        ({"question": "visits", "at_most": 5}, {"visits": 5}, True),
        ({"question": "visits", "at_most": 5}, {"visits": 6}, False),
        ({"question": "visits", "at_most": 5}, {}, False),
        ({"question": "visits", "at_least": 2, "at_most": 5}, {"visits": 3}, True),
        ({"question": "visits", "at_least": 2, "at_most": 5}, {"visits": 9}, False),
        ({"question": "visits", "equals": 0}, {"visits": 0}, True),
        ({"question": "visits", "equals": 0}, {"visits": 1}, False),
        ({"not": {"question": "visits", "equals": 0}}, {}, True),
        ({"question": "came_by", "none_of": ["foot", "bus"]}, {"came_by": ("car",)}, True),
        ({"question": "came_by", "none_of": ["foot", "bus"]}, {"came_by": ("car", "bus")}, False),
        ({"question": "came_by", "none_of": ["foot", "bus"]}, {}, False),
        ({"question": "age_band", "none_of": ["2"]}, {"age_band": "3"}, True),
        ({"question": "age_band", "none_of": ["2"]}, {"age_band": "2"}, False),
    ],
)
def test_a_rule_holds_of_one_person_and_in_a_table_alike(rule, answers, held):
    condition = condition_of(rule)
    assert holds(condition, answers) is held
    table = table_from_answers(ROUTING, [answers])
    assert holds_of_all(condition, ROUTING, table).tolist() == [held]


def test_a_page_opens_and_closes():
    def pages(**answers) -> list[str]:
        return [section.id for section in path(ROUTING, {"age_band": "2", **answers})]

    assert pages() == ["you", "other"]
    assert pages(visits=4) == ["you", "other"]
    assert pages(visits=5) == ["you", "often", "other"]


def test_a_question_on_a_page_that_closed_is_not_asked():
    answers = {"age_band": "2", "visits": 4, "often_why": "The library", "daily": "no"}
    assert reachable(ROUTING, answers) == {"age_band": "2", "visits": 4}
    table = table_from_answers(ROUTING, [answers, answers | {"visits": 6}])
    assert table["often_why"].tolist() == ["@not_asked", "@text"]
    assert table["daily"].tolist() == ["@not_asked", "@not_asked"]
    assert [each.name for each in variables(ROUTING)].count("often_why") == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("visits, at_least: 5}", "age_band, at_least: 5}", "compares 'age_band' with a number"),
        ("visits, at_least: 5}", 'visits, at_least: "5"}', "and a number without quotes"),
        ("visits, at_least: 5}", "visits}", "'in' is a required property"),
        ("visits, at_least: 5}", "daily, answered: true}", "not asked on an earlier page"),
        ("visits, at_least: 5}", "gone, answered: true}", "names the question 'gone'"),
        ("none_of: [foot, bus]", "none_of: [foot, ship]", "the code 'ship' of 'came_by'"),
        ("equals: 0", "equals: 0, at_most: 3", "valid under each of"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(old, new, said):
    assert said in told(old, new)


def test_a_fault_in_the_rule_of_a_page_is_told_once_at_the_page():
    text = FILE.read_text("utf-8").replace("visits, at_least: 5}", "gone, answered: true}")
    (fault,) = faults(text)
    assert fault.startswith("x.yaml: often: ")
