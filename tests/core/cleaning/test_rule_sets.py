"""Versions of the rules: what a survey may choose, and past versions applied again."""

import json
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from core.cleaning.long_survey import long_survey
from jsonschema import Draft202012Validator

from engage.core.cleaning.flow import Flow
from engage.core.cleaning.log import clean, flows
from engage.core.cleaning.records import records_of
from engage.core.cleaning.rule_sets import NEWEST, RULE_SETS, RULES, Action
from engage.core.cleaning.rules import Thresholds, before_opening, honeypot, trial
from engage.core.cleaning.table import coded_table, table_from_answers
from engage.core.definition.own_cleaning import Cleaning

LIMITS = Thresholds()
GUIDE = (Path(__file__).parents[3] / "docs" / "definitions.md").read_text("utf-8")
SCHEMA = json.loads(files("engage.core.definition").joinpath("schema.json").read_text("utf-8"))


def test_past_versions_never_change():
    assert {name: str(action) for name, action in RULE_SETS[1].actions.items()} == {
        "out_of_scope": "remove",
        "same_submission": "remove",
        "identical_answers": "flag",
        "mostly_empty": "remove",
        "speeding": "flag",
    }
    assert (
        RULE_SETS[1].limits
        == RULE_SETS[2].limits
        == Thresholds(0.5, 10, 1 / 3, 2.0, 5, 2, 2, frozenset(), None)
    )
    since = ["odd_start", "busy_network", "no_proof"]
    assert list(RULE_SETS[2].actions) == [each for each in RULES if each not in since]
    assert list(RULE_SETS[3].actions) == list(RULES)
    assert {RULE_SETS[3].actions[each] for each in since} == {Action.FLAG}
    assert NEWEST.version == max(RULE_SETS) == 3
    assert all(version == rules.version for version, rules in RULE_SETS.items())


def test_trials_are_found_by_the_name_of_their_link(definition, full):
    records = records_of(definition, [full] * 4, modes=["web", "web", "preview", "web"])
    table = coded_table(definition, replace(records, sources=["test", "poster", None, None]))
    assert trial(definition, table, LIMITS).tolist() == [True, False, True, False]


def test_what_came_before_the_first_day_is_removed_where_that_is_known(definition, full):
    records = records_of(definition, [full, full])
    table = coded_table(definition, replace(records, days=["2026-02-01", "2026-02-02"]))
    opened = Thresholds(opens_on=date(2026, 2, 2))
    assert before_opening(definition, table, opened).tolist() == [True, False]
    assert before_opening(definition, table, LIMITS).tolist() == [False, False]
    assert clean(definition, table, opened).flow.removed["before_opening"] == 1
    assert "before_opening" not in clean(definition, table).flow.removed


@pytest.mark.parametrize(
    "column", [["", None, "filled in"], [False, False, True], [0, float("nan"), 1]]
)
def test_a_hidden_field_that_is_filled_in_is_marked(definition, full, column):
    table = table_from_answers(definition, [full] * 3)
    assert honeypot(definition, table, LIMITS).tolist() == [False] * 3
    assert "honeypot" not in clean(definition, table).flow.flagged
    made = clean(definition, table.assign(**{"@honeypot": column}))
    assert made.flow.flagged["honeypot"] == 1
    assert made.flagged == {table["@id"][2]: ("honeypot",)}


def test_words_are_judged_where_they_are_given_and_never_kept(definition, full):
    table = table_from_answers(definition, [full, full])
    said = table["@id"].map({table["@id"][1]: "asdfasdf"})
    made = clean(definition, table, texts=said.set_axis(table["@id"]))
    assert made.flagged == {table["@id"][1]: ("gibberish",)}
    assert list(made.table.columns) == list(table.columns)
    assert "gibberish" not in clean(definition, table).flow.flagged


def test_a_survey_sets_its_own_actions_and_limits():
    seconds = [300, 300, 300, 20]
    people = [{"age": "old", "light": "1"}] * 4
    own = long_survey(
        {
            "actions": {"speeding": "remove", "mostly_empty": "ignore"},
            "share_of_median": 0.05,
            "seconds_a_question": 1,
        }
    )
    table = table_from_answers(own, people, durations=seconds)
    flow = clean(own, table).flow
    assert (flow.used, flow.removed["speeding"]) == (4, 0), "20 seconds is more than 5%"
    assert "mostly_empty" not in flow.removed
    assert "speeding" not in flow.flagged
    quicker = table.assign(**{"@duration": [300.0, 300.0, 300.0, 14.0]})
    assert clean(own, quicker).flow.removed["speeding"] == 1
    # A limit that the caller gives stands where the survey has none of its own.
    assert clean(own, table, Thresholds(share_of_median=0.9)).flow.removed["speeding"] == 0


def test_an_old_version_knows_nothing_of_later_rules_even_if_the_survey_names_them(definition):
    own = replace(definition, cleaning=Cleaning(actions={"honeypot": "remove"}))
    assert RULE_SETS[1].action("honeypot", own) is Action.IGNORE
    assert RULE_SETS[2].action("honeypot", own) is Action.REMOVE


def test_the_flow_under_every_version_is_told_side_by_side(definition, full):
    records = records_of(definition, [full, full | {"age": "1"}, full, {"age": "2"}])
    table = coded_table(definition, replace(records, sources=[None, None, "preview", None]))
    limits = Thresholds(wards=frozenset({"W1"}), opens_on=date(1999, 1, 1))
    told = flows(definition, table, limits)
    assert [(flow.rules, flow.received, flow.used) for flow in told.values()] == [
        (1, 4, 2),
        (2, 4, 1),
        (3, 4, 1),
    ]
    assert told[1].removed == {"out_of_scope": 1, "same_submission": 0, "mostly_empty": 1}
    assert told[1] == clean(definition, table, limits, rules=RULE_SETS[1]).flow
    assert told[3] == clean(definition, table, limits).flow


def test_a_stored_flow_that_does_not_say_its_version_is_of_the_first():
    stored = {"received": 2, "removed": {"mostly_empty": 1}, "flagged": {}, "used": 1}
    assert Flow.from_data(stored).rules == 1
    assert Flow.from_data(stored).cleared == {}


def test_the_first_copy_counts_among_those_the_survey_is_for(definition, full):
    child = full | {"age": "1"}
    table = table_from_answers(definition, [child, full, full], submissions=["a", "a", "a"])
    made = clean(definition, table)
    assert list(made.removed.values()) == ["out_of_scope", "same_submission"]
    assert made.table["age"].tolist() == ["2"]


def test_the_guide_says_what_each_rule_does_and_its_example_is_sound():
    told = dict(re.findall(r"^\| `(\w+)` \| .* \| `(\w+)` \|$", GUIDE, re.MULTILINE))
    assert told == {name: str(action) for name, action in NEWEST.actions.items()}
    block = re.search(r"```\n(cleaning:.*?)```", GUIDE, re.DOTALL)[1]
    rule = {"$ref": "#/$defs/cleaning", "$defs": SCHEMA["$defs"]}
    Draft202012Validator(rule).validate(yaml.safe_load(block)["cleaning"])
    assert set(SCHEMA["$defs"]["cleaning"]["properties"]["actions"]["properties"]) == set(RULES)
