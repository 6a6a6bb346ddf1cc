"""Nobody has to answer what is personal, in any definition."""

from dataclasses import replace

import pytest
from survey import DEFINITIONS

from engage.core.definition.check_sensitive import skipped
from engage.core.definition.condition import Condition
from engage.core.definition.kinds import Kind, Means, Theme
from engage.core.definition.load import load_definition
from engage.core.definition.question import Option
from engage.waves.catalogue import definition_files

FILES = [*definition_files(), *sorted(DEFINITIONS.glob("*/v1.yaml"))]
REFUSED = Option("refused", "Prefer not to say", means=Means.REFUSED)
PLAIN = Option("yes", "Yes")


def told(**changes: object) -> list[str]:
    """What is said of a definition with one question more, changed like this."""
    definition = load_definition(DEFINITIONS / "routing" / "v1.yaml")
    first = definition.sections[0]
    like = replace(first.questions[0], id="x", required=False, options=(PLAIN, REFUSED))
    asked = replace(like, **changes)
    sections = (replace(first, questions=(asked,)), *definition.sections[1:])
    return [problem for _, problem, _ in skipped(replace(definition, sections=sections))]


@pytest.mark.parametrize("theme", Theme)
def test_what_is_personal_cannot_be_required_and_can_be_refused(theme):
    themes = frozenset({theme})
    assert told(themes=themes) == []
    assert "cannot be skipped" in told(themes=themes, required=True)[0]
    rule = Condition(question="age_band", codes=frozenset({"2"}))
    assert "cannot be skipped" in told(themes=themes, required_if=rule)[0]
    for kind in (Kind.SINGLE, Kind.SCALE, Kind.MULTIPLE):
        assert "rather not say" in told(themes=themes, kind=kind, options=(PLAIN,))[0]
    assert told(themes=themes, kind=Kind.LONG_TEXT, options=()) == []
    assert told(required=True, options=(PLAIN,)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_definition_lets_people_keep_what_is_personal_to_themselves(file):
    definition = load_definition(file)
    assert list(skipped(definition)) == []
    assert all(not each.required for each in definition.questions.values() if each.themes)
