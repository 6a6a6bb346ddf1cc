"""Changes of what may be answered: bounds, places, rules between questions, numbers worked out."""

import pytest
from core.definition.test_compare import compare_texts
from survey import DEFINITIONS

from engage.core.definition.compare import Aspect


def found(feature: str, *changes: tuple[str, str]) -> list[tuple[str, Aspect, str]]:
    text = after = (DEFINITIONS / feature / "v1.yaml").read_text("utf-8")
    for old, new in changes:
        assert after.count(old) == 1, old
        after = after.replace(old, new)
    return [(each.question, each.kind, each.says) for each in compare_texts(text, after)]


HELPED = """\
        required_if: {question: rents, in: ["yes"]}            # further up on this page
"""
RULE = """\
      - wrong_if: {all: [{question: visits, equals: 3}, {question: last, answered: true}]}
        message: No.
        at: last
"""


@pytest.mark.parametrize(
    ("feature", "old", "new", "questions", "said"),
    [
        (
            *("when", 'earliest: "2020-02-29"', 'earliest: "2025-01-01"', ["happened"]),
            "from 29 February 2020 to the day on which it is answered, version 2 from 1 January",
        ),
        (
            *("when", 'latest: "2026-12"', 'latest: "2026-11"', ["moved"]),
            "Version 1 takes dates from January 1950 to December 2026, version 2 from January",
        ),
        ("ranking", "choose: 3", "choose: 2", ["three"], "Version 1 has 3 places to give, vers"),
        (
            *("rules", "at_least: 40}", "at_least: 41}", ["years"]),
            "Version 2 refuses other answers together with others than version 1.",
        ),
        (
            *("rules", "        at: last\n", "        at: last\n" + RULE, ["visits", "last"]),
            "Version 2 refuses some answers together with others, which version 1 takes.",
        ),
        (
            *("totals", "at_most: 24", "at_most: 23", ["awake", "asleep"]),
            "Version 2 refuses other answers together with others than version 1.",
        ),
        (
            *("comparing", "first, less_than:", "first, at_most:", ["first"]),
            "Version 2 refuses other answers together with others than version 1.",
        ),
        (
            *("required_if", 'lives_here, in: ["yes"]', 'lives_here, in: ["no"]', ["rents"]),
            "Version 2 wants an answer of others than version 1.",
        ),
        (
            *("required_if", HELPED, "", ["helped_by"]),
            "Version 1 lets some people skip it, version 2 lets everybody skip it.",
        ),
        (
            *("calculated", "[by_day, by_night]", "[by_day]", ["alone", "trips", "risk"]),
            "works out “Trips of all sorts” in another way than version 1.",
        ),
        ("calculated", "Trips of all", "Outings of all", [], ""),
        ("calculated", "[by_day, by_night]", "[by_night, by_day]", [], ""),
        ("calculated", "otherwise: 0", "otherwise: -1", ["alone", "risk"], "works out “How much"),
        ("rules", "message: Think of the time", "message: Please think of it", [], ""),
    ],
)
def test_what_may_be_answered_is_compared(feature, old, new, questions, said):
    told = found(feature, (old, new))
    assert list(dict.fromkeys(name for name, _kind, _says in told)) == questions
    assert said in " ".join(says for _name, _kind, says in told)


def test_numbers_worked_out_come_and_go():
    risk = (
        "  - id: more\n    title: More about it\n    show_if: {question: risk, at_least: 1}\n",
        "  - id: more\n    title: More about it\n    show_if: {question: trips, at_least: 1}\n",
    )
    text = (DEFINITIONS / "calculated" / "v1.yaml").read_text("utf-8")
    start = text.index("  - id: risk\n")
    without = (text[start : text.index("cleaning:\n")], "")
    told = found("calculated", risk, without)
    assert ("risk", Aspect.REMOVED) in [(name, kind) for name, kind, _says in told]
    changed = text.replace(*without).replace(*risk)
    added = compare_texts(changed, text)
    assert ("risk", Aspect.ADDED) in [(each.question, each.kind) for each in added]
