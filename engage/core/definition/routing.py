"""Which questions a person is asked, given what they have answered so far."""

from collections.abc import Iterator

from engage.core.definition.model import Definition
from engage.core.definition.question import Question, Section
from engage.core.definition.rule import Rule
from engage.core.definition.truth import Answer, Answers, codes_in, holds, truth

__all__ = [
    "Answer",
    "Answers",
    "asked",
    "asked_in",
    "broken",
    "demanded",
    "eligible",
    "holds",
    "opens",
    "path",
    "reachable",
    "suits",
    "truth",
    "ward_of",
]


def asked(question: Question, answers: Answers) -> bool:
    """Whether the question is put to a person who gave these answers."""
    return question.show_if is None or holds(question.show_if, answers)


def demanded(question: Question, kept: Answers) -> bool:
    """Whether a person who gave these answers, all of which count, cannot skip the question."""
    by_rule = question.required_if is not None and holds(question.required_if, kept)
    return (question.required or by_rule) and asked(question, kept)


def asked_in(section: Section, answers: Answers) -> tuple[Question, ...]:
    """The questions of a section that are put to a person who gave these answers.

    Boxes beside options are not among them: they are part of their questions.
    """
    return tuple([each for each in section.questions if not each.beside and asked(each, answers)])


def opens(section: Section, kept: Answers) -> bool:
    """Whether a page has a question, or information, for who gave answers that all count."""
    if section.informs:
        return section.show_if is None or holds(section.show_if, kept)
    return any(not each.beside and asked(each, kept) for each in section.questions)


def path(definition: Definition, answers: Answers) -> tuple[Section, ...]:
    """The sections a person walks through, those with nothing for them left out."""
    reached = reachable(definition, answers)
    return tuple(section for section in definition.sections if opens(section, reached))


def reachable(definition: Definition, answers: Answers) -> dict[str, Answer]:
    """The answers that still count: an answer to a question no longer asked is dropped."""
    kept: dict[str, Answer] = {}
    for question in definition.questions.values():
        if question.id in answers and asked(question, kept):
            kept[question.id] = answers[question.id]
    return kept


def eligible(definition: Definition, answers: Answers) -> bool:
    """Whether none of the answers says that the survey is not for this person."""
    return suits(definition, reachable(definition, answers))


def suits(definition: Definition, kept: Answers) -> bool:
    """The same, of answers that all count."""
    return not any(
        question_id in kept and not codes.isdisjoint(codes_in(kept[question_id]))
        for question_id, codes in definition.turned_away.items()
    )


def broken(section: Section, kept: Answers) -> Iterator[Rule]:
    """The rules of a page that answers, all of which count, do not keep to."""
    return (rule for rule in section.rules if holds(rule.wrong_if, kept))


def ward_of(definition: Definition, answers: Answers) -> str | None:
    """The ward that somebody chose; None for no answer, and for options such as don't know."""
    area = definition.role("area")
    chosen = answers.get(area.id) if area else None
    if area is None or not isinstance(chosen, str) or area.option(chosen):
        return None
    return chosen
