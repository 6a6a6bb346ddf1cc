"""What was published stays readable: no check of a later day keeps people from their survey."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from engage.core.definition.codebook import variables
from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import parse_definition
from engage.core.definition.yaml_text import read_yaml
from engage.extensions import db
from engage.waves.models import PublishedDefinition
from engage.waves.published import canonical, definition_by_id, definition_of, digest, publish

BEFORE = Path(__file__).parent / "published_before.jsonl"
"""Questionnaires that use every key there was, as they were published, with their columns then."""
KEPT = [json.loads(line) for line in BEFORE.read_text("utf-8").splitlines()]
RULES = Path(__file__).parent.parent / "definitions" / "rules" / "v1.yaml"
TODAY = date(2026, 11, 21)


def stored(data: dict) -> PublishedDefinition:
    content = canonical(data)
    row = PublishedDefinition(
        questionnaire=data["id"],
        version=data["version"],
        digest=digest(content),
        content=content,
        published_on=TODAY,
    )
    db.session.add(row)
    db.session.commit()
    return row


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept["content"]["id"])
def test_what_was_published_before_still_loads_and_packs_answers_alike(app, kept):
    definition = definition_of(stored(kept["content"]))
    columns = [
        f"{each.name} {each.storage.value} {' '.join(each.categories)}".strip()
        for each in variables(definition)
    ]
    assert columns == kept["columns"]


def refused_today() -> dict:
    """A questionnaire that somebody published, and that the checks of today refuse."""
    data = read_yaml(RULES.read_text("utf-8"), str(RULES))
    data["sections"][1]["questions"][0]["required"] = True
    data["sections"][1]["questions"][1]["show_if"] = {"question": "age_band", "in": ["1"]}
    return data


def test_what_the_checks_of_today_refuse_loads_if_it_was_published(app):
    data = refused_today()
    with pytest.raises(DefinitionError, match="does not decide who may take part"):
        parse_definition(data, "x.yaml")
    row = stored(data)
    assert definition_of(row).questions["years"].required
    assert definition_by_id(db.session.connection(), row.id).id == "rules"


def test_but_it_is_not_published_anew(app, tmp_path):
    file = tmp_path / "v1.yaml"
    file.write_text(yaml.safe_dump(refused_today()), "utf-8")
    with pytest.raises(DefinitionError, match="nobody is ever asked this"):
        publish(db.session, file, TODAY)


def test_what_has_lost_its_shape_is_refused_even_so(app):
    data = refused_today()
    del data["sections"]
    with pytest.raises(DefinitionError, match="'sections' is a required property"):
        definition_of(stored(data))
