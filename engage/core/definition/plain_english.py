"""How plain the English of a questionnaire is, page by page, and what makes it hard."""

from collections.abc import Iterator
from dataclasses import dataclass

from engage.core.definition.model import Definition
from engage.core.definition.question import Section
from engage.core.words.reading import length, reading_age, sentences

PLAIN = 9.0
"""The reading age, in years, that public words keep to, as GOV.UK asks of its writers."""

JUDGED = 6
"""Words that a sentence has at least, where it is named as hard: a shorter one is only a name."""


@dataclass(frozen=True, slots=True)
class PageAge:
    """A page with the reading age of its words, in years."""

    id: str
    title: str
    age: float


@dataclass(frozen=True, slots=True)
class Hard:
    """A sentence with its reading age, in years."""

    sentence: str
    age: float


def prose(definition: Definition) -> Iterator[str]:
    """Everything that people read in whole sentences; the answers to choose from are none."""
    yield from (definition.start, definition.thanks, definition.ineligible)
    yield from (service.detail for service in definition.help)
    yield from (section.intro for section in definition.sections if section.intro)
    for section in definition.sections:
        yield from _asked(section)


def age_of(definition: Definition) -> float:
    """The reading age of a questionnaire, in years."""
    return reading_age(prose(definition))


def pages(definition: Definition) -> tuple[PageAge, ...]:
    """The reading age of each page, in order; of a short page it says little."""
    return tuple(
        PageAge(each.id, each.title, reading_age([each.title, each.intro, *_asked(each)]))
        for each in definition.sections
    )


def hardest(definition: Definition, number: int = 5) -> tuple[Hard, ...]:
    """The hardest sentences of more than a few words, the worst first."""
    found = {line for text in prose(definition) for line in sentences(text)}
    judged = (Hard(line, reading_age([line])) for line in found if length(line) >= JUDGED)
    return tuple(sorted(judged, key=lambda each: (-each.age, each.sentence))[:number])


def _asked(section: Section) -> Iterator[str]:
    for question in section.questions:
        yield question.text
        if question.help:
            yield question.help
