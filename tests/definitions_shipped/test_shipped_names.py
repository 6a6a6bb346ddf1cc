"""The names of figures in Polish and Urdu: of what there is, and of all that leads a page."""

import json

import pytest

from engage.core.definition.names import BETWEEN, Names, answers_in, load_names
from engage.core.definition.translation import load_translation
from engage.core.definition.yaml_text import read_yaml
from engage.core.indicators.load import load_indicators
from engage.figures.words import RESIDENTS, TITLES
from engage.waves.catalogue import SHIPPED

LED = ("fear_of_crime", "women_and_girls", "young_people", "pulse")


def raw_of(questionnaire):
    file = SHIPPED / questionnaire / "v1.yaml"
    return read_yaml(file.read_text("utf-8"), str(file))


def divided(questionnaire):
    """The titles of breakdowns, and what they call their groups."""
    for each in raw_of(questionnaire).get("breakdowns", ()):
        yield each["title"]
        yield from (group["label"] for group in each.get("groups", ()))
    for each in load_indicators(SHIPPED / "indicators" / f"{questionnaire}.yaml").united:
        yield each.title
        yield from (group.label for group in each.groups)


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_names_are_of_what_there_is(language):
    used = {*TITLES.values(), RESIDENTS}
    for file in sorted((SHIPPED / "indicators").glob("*.yaml")):
        found = load_indicators(file)
        names = [each.name for each in found.indicators] + [each.title for each in found.headlines]
        used |= {*names, *divided(file.stem)}
        used |= {part for name in names for part in name.split(BETWEEN)}
        # What the answers of a question are grouped by, such as 75 or over, is in its data.
        used |= set(json.dumps(raw_of(file.stem), ensure_ascii=False).split('"'))
    there = load_names(SHIPPED / "names" / f"{language}.yaml").names
    assert sorted(there.keys() - used) == []


@pytest.mark.parametrize("language", ["pl", "ur"])
@pytest.mark.parametrize("questionnaire", LED)
def test_what_leads_a_page_and_divides_people_has_a_name(questionnaire, language):
    translated = load_translation(SHIPPED / questionnaire / f"v1.{language}.yaml")
    own = load_names(SHIPPED / "names" / f"{language}.yaml").names
    names = Names(language, own, answers_in(raw_of(questionnaire), translated))
    file = load_indicators(SHIPPED / "indicators" / f"{questionnaire}.yaml")
    led = {each.indicator for each in file.headlines}
    wanted = [each.name for each in file.indicators if each.id in led]
    wanted += [each.title for each in file.headlines if each.title]
    wanted += [*divided(questionnaire), raw_of(questionnaire)["title"]]
    assert [each for each in wanted if names.of(each) == each] == []
