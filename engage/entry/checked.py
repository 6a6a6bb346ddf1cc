"""A form that was typed in, held against the same rules as one that was filled in online."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app
from werkzeug.datastructures import MultiDict

from engage.core.definition.kinds import SOUGHT_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.paper import keys_of
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, asked, demanded, reachable
from engage.entry.clerk import to_clerk
from engage.entry.typed import Paper, TypingError
from engage.web.answer_fields import PREFIX, with_areas
from engage.web.answers import answers_in, rules_broken
from engage.web.boxes import question_of
from engage.web.questionnaire import Questionnaire

NOT_FOR_THEM = (
    "This answer says that the survey is not for this person. Put the paper aside: "
    "it is not counted."
)
NEEDED = "Without this answer the form cannot be counted. If the paper has none, put it aside."


@dataclass
class Checked:
    """What a typed form says: the answers that count, what is wrong, what was not to be answered.

    `errors` are by question or box; `unasked` are the questions and boxes with an answer that the
    directions on the paper lead past.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unasked: tuple[str, ...] = ()


def questionnaire_of(definition: Definition, definition_id: int) -> Questionnaire:
    """The compiled questionnaire of a published definition, made once."""
    kept: dict[int, Questionnaire] = current_app.extensions.setdefault("typed_questionnaires", {})
    return kept.setdefault(definition_id, Questionnaire(definition))


def check(questionnaire: Questionnaire, paper: Paper, typed: Mapping[str, str]) -> Checked:
    """Hold what was typed, by question and box, against the questionnaire."""
    definition = questionnaire.definition
    questions = [each for each in definition.questions.values() if not each.beside]
    data, errors = _sent(definition, paper, typed)
    form = questionnaire.form_class(tuple(each.id for each in questions))(
        formdata=data, meta={"csrf": False}
    )
    for question in questions:
        if question.kind in SOUGHT_KINDS:
            codes = data.getlist(PREFIX + question.id)
            offered = [(code, code) for code in codes if not question.option(code)]
            with_areas(form[PREFIX + question.id], question, offered)
    answers, wrong = answers_in(form, definition, questions)
    for box, message in wrong.items():
        errors.setdefault(question_of(box), to_clerk(message))
    return _led(definition, typed, answers, errors)


def _sent(
    definition: Definition, paper: Paper, typed: Mapping[str, str]
) -> tuple[MultiDict[str, str], dict[str, str]]:
    """The fields that the web form would have sent, and what could not be read."""
    data: MultiDict[str, str] = MultiDict()
    errors: dict[str, str] = {}
    for name, question in definition.questions.items():
        try:
            parts = paper.sent(question, typed.get(name, ""))
        except TypingError as error:
            errors[name] = str(error)
            continue
        for suffix, values in parts.items():
            data.setlist(f"{PREFIX}{name}{suffix}", values)
    return data, errors


def _led(
    definition: Definition,
    typed: Mapping[str, str],
    answers: Mapping[str, Answer],
    errors: Mapping[str, str],
) -> Checked:
    """Follow the routing: what nobody asks for is neither missing nor wrong, but is told."""
    kept = reachable(definition, answers)
    put = {each.id for each in definition.questions.values() if _put(definition, each, kept)}
    found = {name: message for name, message in errors.items() if name in put}
    unasked = tuple(
        name
        for name in definition.questions
        if typed.get(name, "").strip() and name not in kept and name not in found
    )
    for section in definition.sections:
        for box, message in rules_broken(definition, section, kept).items():
            found.setdefault(question_of(box), message)
    for name, codes in definition.turned_away.items():
        answer = kept.get(name, ())
        if not codes.isdisjoint(answer if isinstance(answer, tuple) else (str(answer),)):
            found[name] = NOT_FOR_THEM
    for _section, question in definition.needed:
        blank = question.id not in kept and not typed.get(question.id, "").strip()
        if blank and demanded(question, kept):
            found[question.id] = _needed(question)
    # What only a rule requires may be left open on paper: nobody can be asked for it any more.
    return Checked(kept, found, unasked)


def _needed(question: Question) -> str:
    """What to do where the paper has no answer to a question that cannot be skipped."""
    instead = question.unsaying
    if question.required or instead is None:
        return NEEDED
    key = next(key for key, code in keys_of(question).items() if code == instead.code)
    return f"This has to be answered here. If the paper has nothing, type {key} ({instead.label})."


def _put(definition: Definition, question: Question, kept: Mapping[str, Answer]) -> bool:
    """Whether a question, or the question that a box belongs to, is put to this person."""
    whole = definition.questions[question.beside.question] if question.beside else question
    return asked(whole, kept)
