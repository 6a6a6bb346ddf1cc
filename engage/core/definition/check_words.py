"""Checks of words that are not the same for everybody: variants, and answers in later texts."""

from collections.abc import Iterator

from engage.core.definition.check_calculated import sound
from engage.core.definition.check_reach import can_be
from engage.core.definition.check_rules import strange_codes
from engage.core.definition.condition import Condition
from engage.core.definition.faults import Problem
from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.phrase import Phrase, Piped, Wording, phrase_of
from engage.core.definition.question import Question

Texts = tuple[str, int, Condition | None, tuple[Wording, ...]]
"""The id of a question or page, the number of its page, who comes to it, and its wordings."""


def variants(definition: Definition) -> Iterator[Problem]:
    """Variants that look at what was not asked before, or that nobody ever reads."""
    unsound = not sound(definition)
    for where, page, opens, texts in _texts(definition):
        earlier: list[Condition] = [opens] if opens else []
        for each in texts:
            if each.when is None:
                continue
            found = [
                *_looks(definition, each.when, where, page),
                *strange_codes(definition, where, each.when),
            ]
            yield from found
            if not found and not unsound:
                if not can_be(definition, Condition(all_of=(*earlier, each.when))):
                    yield where, "nobody ever reads one of its texts.", _REMEDY
                earlier.append(Condition(negated=each.when))


_REMEDY = "Look at its when, and at those before it: the first that is true counts."


def _looks(definition: Definition, rule: Condition, where: str, page: int) -> Iterator[Problem]:
    for named in dict.fromkeys(rule.questions()):
        if named not in definition.page_of:
            yield where, f"texts names the question {named!r}, which is not there.", "Correct it."
        elif definition.page_of[named] >= page:
            yield (
                where,
                f"texts looks at {named!r}, which is not asked on an earlier page.",
                "Move it to an earlier section.",
            )


def titles(definition: Definition) -> Iterator[Problem]:
    """Titles of pages that give away an answer on a delicate subject."""
    for section in definition.sections:
        others = [each.text for each in section.texts if each.when is None]
        told = [each.when for each in section.texts if each.when and each.text not in others]
        for named in dict.fromkeys(name for when in told for name in when.questions()):
            question = definition.questions.get(named)
            if question and question.themes:
                yield (
                    section.id,
                    f"its title hangs on {named!r}, an answer on a delicate subject.",
                    "Leave it out: somebody may be looking over their shoulder.",
                )


def piping(definition: Definition) -> Iterator[Problem]:
    """Places for answers that cannot be filled, or should not be."""
    for where, page, _opens, texts in _texts(definition):
        for place in dict.fromkeys(place for each in texts for place in each.piped()):
            yield from _place(definition, place, where, page)
    for page, section in enumerate(definition.sections):
        for number, rule in enumerate(section.rules):
            for place in _places(rule.says):
                yield from _place(definition, place, f"{section.id}/rules/{number}", page)
    for question in definition.questions.values():
        for label in _labels(question):
            if any(place.question and place.otherwise for place in _places(phrase_of(label))):
                yield (
                    question.id,
                    f"the answer {label!r} has a place for an earlier answer.",
                    "Say it in the question instead: labels are the same for everybody.",
                )


def _labels(question: Question) -> Iterator[str]:
    for option in question.options:
        yield from (option.label, option.help)
        for way in option.texts:
            yield from (str(part) for part in (*way.text, *way.more))


def _places(phrase: Phrase) -> Iterator[Piped]:
    return (part for part in phrase if isinstance(part, Piped))


def _place(definition: Definition, place: Piped, where: str, page: int) -> Iterator[Problem]:
    named = definition.questions.get(place.question)
    written = f"{{{place.question}|{place.otherwise}}}"
    if not place.question:
        yield (
            where,
            f"a brace stands alone, or nothing is named in {written!r}.",
            "Write {{ or }} for a brace, and {question|words} for an answer.",
        )
    elif named is None:
        yield where, f"{written!r} names a question that is not there.", "Correct the id."
    elif definition.page_of[named.id] >= page:
        yield (
            where,
            f"{written!r} names a question that is not asked on an earlier page.",
            "Move it to an earlier section.",
        )
    elif named.kind is Kind.CONSENT:
        yield where, f"{written!r} repeats an agreement, which is no answer.", "Leave it out."
    elif not place.otherwise:
        yield (
            where,
            f"{written!r} does not say what stands there without an answer.",
            f"Put words after a bar, such as {{{named.id}|your answer}}.",
        )
    elif named.themes:
        yield (
            where,
            f"{written!r} repeats an answer on a delicate subject.",
            "Leave it out: somebody may be looking over their shoulder.",
        )


def _texts(definition: Definition) -> Iterator[Texts]:
    for page, section in enumerate(definition.sections):
        yield section.id, page, section.show_if, section.texts
        for question in section.questions:
            yield question.id, page, question.show_if, question.texts
            for option in question.options:
                yield question.id, page, question.show_if, option.texts
