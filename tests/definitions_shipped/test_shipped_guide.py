"""The guide to writing a questionnaire: its examples work, and no key is missing from it."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from engage.core.definition.kinds import Kind, Means, Theme
from engage.core.definition.load import parse_definition
from engage.core.indicators.fit import faults_of_fit
from engage.core.indicators.load import parse_indicators
from engage.core.indicators.model import Kind as Made, at_version

GUIDE = (Path(__file__).parents[2] / "docs" / "definitions.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def keys(schema: object) -> set[str]:
    """Every key that a file of this schema may have."""
    if isinstance(schema, dict):
        return set(schema.get("properties", {})).union(*map(keys, schema.values()))
    return set().union(*map(keys, schema)) if isinstance(schema, list) else set()


def test_the_example_of_a_questionnaire_is_sound():
    definition = parse_definition(yaml.safe_load(EXAMPLES[0]), "docs/definitions.md")
    assert definition.slug == "market-survey"


def test_the_example_of_a_figure_is_sound():
    file = parse_indicators(EXAMPLES[1], "docs/definitions.md")
    definition = parse_definition(yaml.safe_load(EXAMPLES[0]), "docs/definitions.md")
    assert file.indicators[0].id == "safe_market"
    assert faults_of_fit(file, [definition], "docs/definitions.md") == []


def test_the_example_of_a_changed_question_is_sound():
    (text,) = re.findall(r"```\n(    breaks:\n.*?)```", GUIDE, re.DOTALL)
    file = parse_indicators(EXAMPLES[1].rstrip() + f"\n{text}", "docs/definitions.md")
    now = at_version(file.indicators[0], 2)
    assert (now.variables, len(now.breaks)) == (("safe_market_stalls",), 1)


@pytest.mark.parametrize("package", ["engage.core.definition", "engage.core.indicators"])
def test_every_key_is_explained(package):
    schema = json.loads(files(package).joinpath("schema.json").read_text("utf-8"))
    missing = {key for key in keys(schema) if not re.search(rf"`{key}\b", GUIDE)}
    missing -= {"indicators", "questionnaire"}  # the example shows them
    assert not missing


def test_every_kind_theme_and_meaning_is_explained():
    missing = {
        each.value for each in [*Kind, *Theme, *Means, *Made] if f"`{each.value}`" not in GUIDE
    }
    assert not missing
