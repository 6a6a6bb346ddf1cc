"""How a questionnaire reads: how long it takes, and for which age its words are."""

import re
from collections.abc import Iterator

from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question

# Seconds that a person takes, generously: a row of a scale, a short choice, a checklist or long
# list, writing a line, writing a few sentences, turning a page.
SCALE, CHOICE, LIST, LINE, SENTENCES, PAGE = 7.5, 10, 15, 15, 30, 3
LONG_LIST = 8


def seconds(question: Question) -> float:
    if question.kind is Kind.SCALE:
        return SCALE
    if question.kind is Kind.LONG_TEXT:
        return SENTENCES
    if question.kind is Kind.TEXT:
        return LINE
    long = question.kind in {Kind.MULTIPLE, Kind.AREA} or len(question.options) > LONG_LIST
    return LIST if long else CHOICE


def minutes(definition: Definition) -> float:
    """The longest walk there is: somebody who is asked every question and answers it."""
    asked = sum(seconds(question) for question in definition.questions.values())
    return (asked + PAGE * len(definition.sections)) / 60


def prose(definition: Definition) -> Iterator[str]:
    yield from (definition.start, definition.thanks, definition.ineligible)
    yield from (service.detail for service in definition.help)
    yield from (section.intro for section in definition.sections if section.intro)
    for question in definition.questions.values():
        yield question.text
        if question.help:
            yield question.help


def labels(definition: Definition) -> Iterator[str]:
    for question in definition.questions.values():
        yield from (option.label for option in question.options)


def sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.?!:])\s+|\n\n", text)
    return [" ".join(part.split()) for part in parts if re.search("[A-Za-z]", part)]


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e at the end: close enough for an average."""
    word = word.lower()
    if len(word) > 3:
        word = re.sub(r"(?<=[^laeiouy])e(s|d)?$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def reading_age(texts: list[str]) -> float:
    """Flesch-Kincaid grade plus five, the age at which that grade is taught in England.

    Kincaid, Fishburne, Rogers and Chissom (1975): 0.39 words a sentence + 11.8 syllables a
    word - 15.59.
    """
    lines = [line for text in texts for line in sentences(text)]
    words = [word for line in lines for word in re.findall(r"[A-Za-z’]+", line)]
    per_sentence = len(words) / len(lines)
    per_word = sum(syllables(word) for word in words) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59 + 5
