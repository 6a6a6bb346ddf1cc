"""What a form of questions says: the answers in it, and what is wrong with the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm

from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question, Section
from engage.core.definition.routing import Answer, Answers, asked, broken, demanded, reachable
from engage.core.definition.rule import Rule
from engage.web.answer_fields import PREFIX, answer_of
from engage.web.boxes import OF, OPEN_KINDS, boxes_of, question_of
from engage.web.date_field import WhenField
from engage.web.ranking_field import RankingField
from engage.web.sums import sum_in_words

Errors = dict[str, str]


def answers_in(
    form: FlaskForm, definition: Definition, questions: Sequence[Question]
) -> tuple[dict[str, Answer], Mapping[str, str]]:
    """The answers in the valid fields of a bound form, and the first error of each other field.

    Errors are by question, those of a date or ranking by the box that is wrong.
    Words beside an option that was not chosen are neither.
    """
    form.validate()
    answers: dict[str, Answer] = {}
    errors: Errors = {}
    for question in questions:
        _take(form, question, answers, errors)
        for box in definition.write_ins.get(question.id, ()):
            _take_box(form, question, box, answers, errors)
    return answers, errors


def left_open(
    definition: Definition, questions: Sequence[Question], answers: Answers
) -> dict[str, str]:
    """What to say at each of these questions that a rule requires, and that was not answered."""
    ruled = [each for each in questions if each.required_if and each.id not in answers]
    kept = reachable(definition, answers) if ruled else {}
    return {
        each.id: gettext(
            "Answer this question. You can choose “%(option)s”: %(question)s",
            option=each.unsaying.label,
            question=each.text,
        )
        for each in ruled
        if each.unsaying and demanded(each, kept)
    }


def rules_broken(definition: Definition, section: Section, answers: Answers) -> Errors:
    """The messages of the rules of a page that the answers so far do not keep to, by the box."""
    errors: Errors = {}
    if section.rules:
        kept = reachable(definition, answers)
        for rule in broken(section, kept):
            question = _place_of(rule, definition, kept)
            boxes = boxes_of(definition, question) if question.kind in OPEN_KINDS else (rule.at,)
            added = f" {sum_in_words(rule.total, kept)}" if rule.total else ""
            errors.setdefault(boxes[0], f"{rule.message}{added}")
    return errors


def _place_of(rule: Rule, definition: Definition, kept: Answers) -> Question:
    """The question that shows what is wrong: one on the page, or the link to it leads nowhere."""
    named = [definition.questions[each] for each in (rule.at, *rule.leaves)]
    return next((each for each in named if asked(each, kept)), named[0])


def to_leave_out(section: Section, errors: Mapping[str, str]) -> frozenset[str]:
    """The questions of a page with an error, and those that must add up with one of them."""
    wrong = frozenset(map(question_of, errors))
    sums = (
        rule.leaves for rule in section.rules if rule.total and not wrong.isdisjoint(rule.leaves)
    )
    return wrong.union(*sums)


def _take(form: FlaskForm, question: Question, answers: dict[str, Answer], errors: Errors) -> None:
    field: Any = form[PREFIX + question.id]
    if field.errors:
        part = f"{OF}{field.wrong_part}" if isinstance(field, WhenField | RankingField) else ""
        errors[f"{question.id}{part}"] = str(field.errors[0])
        return
    answer = answer_of(question, field.data)
    if answer is not None:
        answers[question.id] = answer


def _take_box(
    form: FlaskForm, question: Question, box: Question, answers: dict[str, Answer], errors: Errors
) -> None:
    """Take the words beside an option, if it was chosen."""
    option = question.option(box.beside.code) if box.beside else None
    chosen = answers.get(question.id, ())
    if option is None:
        return
    if option.code in (chosen if isinstance(chosen, tuple) else (chosen,)):
        _take(form, box, answers, errors)
        if question.required and box.id not in answers:
            message = gettext(
                "You chose “%(option)s”. Say what, in a few words.", option=option.label
            )
            errors.setdefault(box.id, message)
        return
    # Without scripts the box is there before its option is chosen; words are not lost silently.
    nothing_chosen = question.kind is Kind.SINGLE and not form[PREFIX + question.id].data
    if nothing_chosen and str(form[PREFIX + box.id].data or "").strip():
        errors[question.id] = gettext(
            "You wrote beside “%(option)s”. Choose it too, or empty the box.", option=option.label
        )
