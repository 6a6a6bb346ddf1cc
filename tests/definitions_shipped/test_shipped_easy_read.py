"""The Easy Read words of the shipped questionnaires: easier, complete, and the same questions."""

import re

import pytest
from reading import prose, reading_age, sentences

from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.texts import texts_of
from engage.core.definition.translation import EASY, translate
from engage.core.definition.wording import plain
from engage.waves.translations import definition_in, translations_of
from engage.waves.translations_check import raw_of

LONGEST = 20
"""Words of a sentence; a question that cannot be shorter than in English is left as it is."""
NUMBERS = {"two": "2", "three": "3"}


@pytest.fixture
def raw(definition) -> dict:
    return raw_of(definition.id, 1)


@pytest.fixture
def made(definition):
    return translations_of(definition.id, 1)[EASY]


@pytest.fixture
def easy(raw, made) -> Definition:
    return definition_in(raw, made)


def average(definition: Definition) -> float:
    """Words a sentence."""
    lengths = [len(line.split()) for text in prose(definition) for line in sentences(text)]
    return sum(lengths) / len(lengths)


def numbers(text: str) -> set[str]:
    words = {NUMBERS.get(word, word) for word in re.findall(r"[\w]+", text)}
    return {word for word in words if word.isdigit()}


def test_every_text_is_there_and_none_is_old(raw, made):
    tally = translate(raw, made)[1]
    assert (tally.missing, tally.stale) == (0, 0)


def test_it_is_easier_to_read_than_the_english(definition, easy):
    assert reading_age(list(prose(easy))) < reading_age(list(prose(definition))) <= 9
    assert average(easy) < average(definition) - 0.5
    assert average(easy) <= 10


def test_sentences_are_short(definition, easy):
    english = {" ".join(line.split()) for text in prose(definition) for line in sentences(text)}
    lines = [line for text in prose(easy) for line in sentences(text)]
    assert [line for line in lines if len(line.split()) > LONGEST and line not in english] == []


def test_no_paragraph_of_the_first_and_last_pages_holds_more_than_three_sentences(easy):
    texts = [easy.start, easy.thanks, easy.ineligible, *(each.intro for each in easy.sections)]
    for paragraph in (each for text in texts for each in text.split("\n\n") if each):
        assert len(sentences(paragraph)) <= 3, paragraph


def test_the_answers_of_a_scale_keep_their_words(definition, easy):
    for question in definition.questions.values():
        if question.kind is Kind.SCALE:
            labels = [option.label for option in question.options]
            assert [option.label for option in easy.questions[question.id].options] == labels


def test_the_points_of_a_scale_are_explained(easy):
    for question in easy.questions.values():
        if question.kind is Kind.SCALE:
            assert all(option.help for option in question.options if option.means is None)


def test_no_number_is_lost_and_none_is_added(raw, made):
    for key, text in texts_of(raw).items():
        told = made.texts[key].text
        assert numbers(text) <= numbers(told), key
    for key, each in made.texts.items():
        question = key.removesuffix("/help") + "/text"
        known = numbers(texts_of(raw).get(key, "")) | numbers(texts_of(raw).get(question, ""))
        assert numbers(each.text) <= known or key.endswith("asb_teenagers/help"), key


def test_who_may_take_part_and_what_may_be_skipped_is_said_too(definition, easy):
    needed = sum(each.required for each in definition.questions.values())
    assert f"You only need to answer the first {needed} questions." in easy.start
    assert "We don’t ask your name." in easy.start
    assert "Your answers have not been sent." in easy.ineligible


def test_a_question_keeps_not_and_never_and_ever(raw, made):
    """A little word turns a question round: where the English has one, so has Easy Read."""
    for key, text in texts_of(raw).items():
        if not key.endswith("/text"):
            continue
        for word in ("ever", "disagree", "someone else", "last 12 months", "away from home"):
            said = plain(text).lower().count(word) > 0
            assert (word in plain(made.texts[key].text).lower()) is said, (key, word)


def test_no_two_questions_read_the_same(easy):
    texts = [each.text for each in easy.questions.values()]
    assert len(set(texts)) == len(texts)


def test_nothing_sexual_is_explained_where_a_child_may_read_it(easy):
    for question in easy.questions.values():
        told = " ".join([question.text, question.help, *(each.help for each in question.options)])
        if re.search(r"\b(sexual (harm|assault|way|thing)|rape)", told):
            assert {"sexual_violence"} <= {theme.value for theme in question.themes}, question.id
