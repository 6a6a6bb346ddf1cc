"""Which questions a person is asked, given what they have answered so far."""

from collections.abc import Collection, Iterator, Mapping

from engage.core.definition.condition import Condition
from engage.core.definition.model import Definition
from engage.core.definition.question import Question, Section
from engage.core.definition.rule import Rule

Answer = str | int | tuple[str, ...]
Answers = Mapping[str, Answer]


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether a rule is true of the answers; an unanswered question makes a comparison false."""
    return truth(condition, answers) is True


def truth(
    condition: Condition, answers: Answers, unknown: Collection[str] = frozenset()
) -> bool | None:
    """The rule in three-valued logic: None when it hangs on an answer that is not known.

    An absent answer is known to be absent, but that to an `unknown` question could be anything.
    """
    if condition.question is not None:
        if condition.question not in answers:
            return None if condition.question in unknown else False
        return condition.answered or _fits(condition, answers[condition.question])
    if condition.negated is not None:
        inner = truth(condition.negated, answers, unknown)
        return None if inner is None else not inner
    parts = [truth(part, answers, unknown) for part in condition.all_of or condition.any_of]
    decisive = not condition.all_of
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def _fits(condition: Condition, answer: Answer) -> bool:
    """Whether an answer is what a rule about one question looks for."""
    if condition.compares:
        return isinstance(answer, int) and condition.spans(answer)
    given = _codes(answer)
    if condition.none_of:
        return given.isdisjoint(condition.none_of)
    return not given.isdisjoint(condition.codes)


def _codes(answer: Answer) -> frozenset[str]:
    return frozenset(answer) if isinstance(answer, tuple) else frozenset({str(answer)})


def asked(question: Question, answers: Answers) -> bool:
    """Whether the question is put to a person who gave these answers."""
    return question.show_if is None or holds(question.show_if, answers)


def asked_in(section: Section, answers: Answers) -> tuple[Question, ...]:
    """The questions of a section that are put to a person who gave these answers.

    Boxes beside options are not among them: they are part of their questions.
    """
    return tuple([each for each in section.questions if not each.beside and asked(each, answers)])


def opens(section: Section, kept: Answers) -> bool:
    """Whether a page has a question, or information, for who gave answers that all count."""
    if section.informs:
        return section.show_if is None or holds(section.show_if, kept)
    return bool(asked_in(section, kept))


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
        question_id in kept and not codes.isdisjoint(_codes(kept[question_id]))
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
