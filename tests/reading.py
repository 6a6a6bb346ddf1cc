"""How a questionnaire reads: how long it takes, and for which age its words are."""

from collections.abc import Iterator

from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.plain_english import prose
from engage.core.definition.question import Question
from engage.core.words.reading import reading_age, sentences

__all__ = ["labels", "minutes", "prose", "reading_age", "seconds", "sentences"]

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


def labels(definition: Definition) -> Iterator[str]:
    for question in definition.questions.values():
        yield from (option.label for option in question.options)
