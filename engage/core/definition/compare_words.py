"""What changed in words that are not the same for everybody."""

from collections.abc import Hashable, Iterator
from itertools import takewhile

from engage.core.definition.compare_asked import names_of, unordered
from engage.core.definition.condition import Condition
from engage.core.definition.model import Definition
from engage.core.definition.phrase import Phrase, Piped, Wording, filled, readable
from engage.core.definition.question import Question
from engage.core.definition.wording import plain, quoted

Told = tuple[tuple[Hashable, str, str], ...]
"""Wordings as they are compared: the rule, the text and the hint of each."""


def changed_variants(
    before: Definition, after: Definition, one: Question, other: Question
) -> Iterator[str]:
    """A sentence for each change that is not in the words for everybody else."""
    above = [_above(before, one), _above(after, other)]
    named = quoted(other.text)
    for what, texts in (
        (f"{named} is put to some people", [one.texts, other.texts]),
        (f"The text above {named} is for some people", above),
    ):
        sides = [told(each) for each in texts]
        if sides[0] == sides[1]:
            continue
        said = [_said(each) for each in texts]
        if said[0] == said[1]:
            yield f"{what} in other words, or with other answers of theirs in it."
            continue
        older, newer = names_of(before, after)
        yield f"{what} {said[0]} in {older}, and {said[1]} in {newer}."


def _above(definition: Definition, question: Question) -> tuple[Wording, ...]:
    """The wordings of what is read before a question: its page's, and pages of information."""
    place = definition.page_of[question.id]
    informing = takewhile(lambda each: each.informs, reversed(definition.sections[:place]))
    here = definition.sections[place].texts  # the title of a page with questions does not count
    others = (way for section in informing for way in section.texts)
    return (*(Wording(way.when, way.more) for way in here), *others)


def told(texts: tuple[Wording, ...]) -> Told:
    """What is compared: all of a variant, and of the words for everybody else what has a place."""
    return tuple(
        (unordered(each.when), _plain(each.text, each.when), _plain(each.more, each.when))
        for each in texts
        if each.when or any(each.piped())
    )


def _plain(phrase: Phrase, when: Condition | None) -> str:
    return plain(_named(phrase)) if when else _only_places(phrase)


def _named(phrase: Phrase) -> str:
    return filled(phrase, lambda place: f"{{{place.question}|{place.otherwise}}}")


def _only_places(phrase: Phrase) -> str:
    return " ".join(part.question for part in phrase if isinstance(part, Piped))


def _said(texts: tuple[Wording, ...]) -> str:
    said = [quoted(readable(each.text)) for each in texts if each.when and each.text]
    return f"as {' or '.join(said)}" if said else "like everybody else"
