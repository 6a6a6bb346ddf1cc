"""A file of indicators is held against the versions of its questionnaire."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from engage.core.definition.load import parse_definition
from engage.core.indicators.fit import faults_of_fit
from engage.core.indicators.load import parse_indicators

TEXT = (Path(__file__).parents[2] / "definitions" / "every_kind" / "v1.yaml").read_text("utf-8")
FILE = """
questionnaire: every_kind
headlines:
  - {indicator: safe}
  - {indicator: safe, breakdown: age, group: "2"}
  - {indicator: safe, breakdown: ward, group: E05000001}
  - {indicator: safe, breakdown: grown, group: all_ages}
united:
  - {id: grown, title: Age, of: age, groups: [{code: all_ages, label: All, parts: ["2", "3"]}]}
indicators:
  - id: safe
    name: Feels safe
    kind: proportion
    variable: safe_dark
    numerator: ["1", "2"]
    base: ["1", "2", "3"]
    better: higher
"""
REVISED = FILE + "    revisions: [{from_version: 2, variable: safe_night}]\n"


def versions(*numbers: int):
    made = []
    for number in numbers:
        text = TEXT.replace("version: 1", f"version: {number}")
        renamed = text if number == 1 else text.replace("safe_dark", "safe_night")
        made.append(parse_definition(yaml.safe_load(renamed), "v.yaml"))
    return made


def faults(text, *numbers):
    found = faults_of_fit(parse_indicators(text, "f.yaml"), versions(*numbers), "f.yaml")
    return [str(fault) for fault in found]


def test_a_file_that_names_what_is_there_has_no_faults():
    assert faults(FILE, 1) == []
    assert faults(REVISED, 2, 1) == []
    assert faults(REVISED, 2) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("variable: safe_dark", "variable: safe_park", "has no variable 'safe_park'. Correct"),
        ('base: ["1", "2", "3"]', 'base: ["1", "2", "7"]', "'safe_dark' has no answer '7'. Use"),
        ("breakdown: age", "breakdown: sex", "by 'sex', which is no breakdown. Use one of: age, g"),
        ('group: "2"', 'group: "7"', "of '7', which 'age' does not have. Use one of: 2, 3"),
        ("of: age", "of: sex", "made of 'sex', which is no breakdown. Use one of: age."),
        ('parts: ["2", "3"]', 'parts: ["2", "7"]', "'grown' puts '7' in a group, which 'age' does"),
    ],
)
def test_what_the_questionnaire_lacks_is_named_with_its_remedy(old, new, said):
    assert old in FILE
    assert any(said in each for each in faults(FILE.replace(old, new), 1))


def test_groups_put_together_do_not_take_the_id_of_a_breakdown():
    (definition,) = versions(1)
    (age,) = definition.breakdowns
    taken = replace(definition, breakdowns=(age, replace(age, id="grown")))
    (fault,) = faults_of_fit(parse_indicators(FILE, "f.yaml"), [taken], "f.yaml")
    assert "the id 'grown' is that of a breakdown of the questionnaire" in str(fault)


def test_an_indicator_is_held_against_the_newest_version():
    (fault,) = faults(FILE, 1, 2)
    assert "indicators/safe: the questionnaire has no variable 'safe_dark'" in fault


def test_each_revision_is_held_against_the_versions_that_it_is_for():
    (fault,) = faults(REVISED.replace("safe_night", "safe_noon"), 1, 2)
    assert "no variable 'safe_noon'" in fault
    (fault,) = faults(REVISED.replace("safe_dark", "safe_noon"), 1, 2)
    assert "no variable 'safe_noon'" in fault


@pytest.mark.parametrize(
    "change",
    [
        "revisions: [{from_version: 3, variable: safe_dark}]",
        "breaks: [{from_version: 3, kind: mode, says: Also on paper.}]",
    ],
)
def test_a_change_since_a_version_that_is_not_there_is_named(change):
    (fault,) = faults(f"{FILE}    {change}\n", 1)
    assert "since version 3, but the newest is version 1. Correct the number" in fault
