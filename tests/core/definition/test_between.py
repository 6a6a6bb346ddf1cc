"""Rules between questions: what is wrong, and that nobody is caught by one."""

from pathlib import Path

import pytest
from core.definition.test_load import faults

from engage.answering.flow import barred, missing
from engage.core.definition.load import load_definition
from engage.core.definition.routing import broken

FILE = Path(__file__).parents[2] / "definitions" / "rules" / "v1.yaml"
RULES = load_definition(FILE)
CAUGHT = """\
    rules:
      - {wrong_if: {question: age_band, in: ["2"]}, message: No., at: age_band}
"""
HERE = RULES.section("here")


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({}, []),
        ({"age_band": "2", "years": 39}, []),
        ({"age_band": "2", "years": 40}, ["years"]),
        ({"age_band": "3", "years": 40}, []),
        ({"visits": 0, "came_by": ("bus",)}, ["came_by"]),
        ({"visits": 0}, []),
        ({"age_band": "2", "years": 50, "last": 202602}, ["years", "last"]),
    ],
)
def test_a_rule_is_broken_by_answers_that_do_not_go_together(answers, at):
    assert [rule.at for rule in broken(HERE, answers)] == at


def test_who_broke_a_rule_cannot_go_on_past_its_page_nor_send():
    wrong = {"age_band": "2", "years": 50}
    assert missing(RULES, wrong) == "here"
    assert barred(RULES, wrong, "more") == "here"
    assert barred(RULES, wrong, "here") is None
    assert missing(RULES, {"years": 50}) == "you", "what is missing before comes first"
    assert missing(RULES, {"age_band": "2", "years": 3}) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("at: years", "at: enough", "'enough' is no question of this page"),
        ("at: years", "at: nothing", "'nothing' is no question of this page"),
        ("at: came_by", "at: last", "it can be true of people who leave 'last' out"),
        ("{question: visits, equals: 0}", "{question: visits, equals: 40}", "nobody can ever"),
        ("{question: visits, equals: 0}", "{question: none, equals: 0}", "no question 'none'"),
        (
            "{question: visits, equals: 0}",
            "{question: enough, answered: true}",
            "it looks at 'enough', which is asked on a later page",
        ),
        ('{question: age_band, in: ["2"]}', '{question: age_band, in: ["7"]}', "no such option"),
        ('{question: age_band, in: ["2"]}', '{question: age_band, in: ["1"]}', "nobody can ever"),
        (
            "    title: About you\n",
            "    title: About you\n" + CAUGHT,
            "'age_band' cannot be left out, so people could be caught",
        ),
        ("at: years", "at: years\n        says: more", "'says' was unexpected"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(old, new, said):
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1, old
    assert said in "\n".join(faults(text.replace(old, new)))
