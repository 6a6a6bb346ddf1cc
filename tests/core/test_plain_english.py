"""How plain a questionnaire is, and whether children may answer it."""

from dataclasses import replace

import pytest
from survey import DEFINITIONS

from engage.core.definition.load import load_definition
from engage.core.definition.plain_english import age_of, hardest, pages
from engage.core.definition.young import may_be_young
from engage.core.words.reading import reading_age

HARD = "Notwithstanding considerable organisational responsibilities, participation is voluntary."


@pytest.fixture(scope="module")
def definition():
    return load_definition(DEFINITIONS / "every_kind" / "v1.yaml")


def test_a_hard_page_is_found_and_its_sentence_named(definition):
    first, *rest = definition.sections
    spoiled = replace(definition, sections=(replace(first, intro=HARD), *rest))
    before, after = ({each.id: each.age for each in pages(one)} for one in (definition, spoiled))
    assert after[first.id] > before[first.id] + 5
    assert {name: age for name, age in after.items() if name != first.id} == {
        name: age for name, age in before.items() if name != first.id
    }
    assert hardest(spoiled)[0].sentence == HARD
    assert age_of(spoiled) > age_of(definition)


def test_words_that_are_none_have_no_age():
    with pytest.raises(ValueError, match="no word"):
        reading_age(["1 2 3"])


def test_children_may_answer_unless_every_young_age_is_turned_away(definition):
    age = definition.role("age")
    assert may_be_young(definition)
    page = definition.page_of[age.id]
    section = definition.sections[page]

    def with_ages(change):
        options = tuple(change(each) for each in age.options)
        asked = tuple(
            replace(each, options=options) if each.id == age.id else each
            for each in section.questions
        )
        parts = list(definition.sections)
        parts[page] = replace(section, questions=asked)
        return replace(definition, sections=tuple(parts))

    young = with_ages(lambda each: replace(each, age=(17, 20) if each.age else None))
    grown = with_ages(lambda each: replace(each, age=(18, 30) if each.age else None))
    away = with_ages(lambda each: replace(each, age=(10, 17), eligible=False))
    unknown = with_ages(lambda each: replace(each, age=None))
    assert [may_be_young(each) for each in (young, grown, away, unknown)] == [
        True, False, False, True,
    ]  # fmt: skip
