"""Reports among the questionnaires: what a sealed one may ask, and what no survey may."""

from pathlib import Path

import pytest

import engage.definitions
from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import parse_definition
from engage.core.definition.schema_fault import read_utf8
from engage.core.definition.yaml_text import read_yaml
from engage.extensions import db
from engage.waves.catalogue import survey_names
from engage.waves.published import publish

FILE = Path(engage.definitions.__file__).parent / "safe_report" / "v1.yaml"


def report() -> dict:
    return read_yaml(read_utf8(FILE), str(FILE))


def faults(data: dict) -> str:
    with pytest.raises(DefinitionError) as refused:
        parse_definition(data, "report.yaml")
    return " ".join(map(str, refused.value.faults))


def test_a_survey_may_not_ask_a_child_what_a_report_may():
    data = report()
    parse_definition(data, "report.yaml")
    said = faults({name: part for name, part in data.items() if name != "sealed"})
    assert "what_happened: a text box may be put to a child" in said


def test_nothing_of_a_survey_hangs_on_a_report():
    data = report() | {"invited": True, "weighting": {"population": "everyone"}}
    data["sections"][0]["questions"][0]["options"][0]["eligible"] = False
    story = next(each for each in data["sections"] if each["id"] == "story")
    story["questions"][0]["required"] = True
    said = faults(data)
    assert "invited" in said
    assert "weighting" in said
    assert "turns people away" in said
    assert "cannot be required" in said


def test_no_wave_asks_a_report(lite_app, clock):
    assert "safe_report" not in survey_names()
    assert "pulse" in survey_names()
    with pytest.raises(DefinitionError, match="stored sealed"):
        publish(db.session, FILE, clock.at.date())
