"""Answers in words, as the person who gave them reads them: one table by the kind of question."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext, pgettext

from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, Answers
from engage.web.days import date_in_words, ordinal


@dataclass(frozen=True, slots=True)
class Said:
    """A question with its answer, among all answers; `names` are those of wards and places."""

    definition: Definition
    question: Question
    answer: Answer
    answers: Answers
    names: Mapping[str, str]


def in_words(
    definition: Definition, question: Question, answers: Answers, names: Mapping[str, str]
) -> str:
    """What somebody answered to a question, or that they did not."""
    answer = answers.get(question.id)
    if answer is None and question.kind is Kind.CONSENT:
        return gettext("You did not tick this")
    if answer is None:
        return gettext("You did not answer this")
    return WORDS[question.kind](Said(definition, question, answer, answers, names))


def _agreed(_said: Said) -> str:
    return gettext("Yes, I agree")


def _date(said: Said) -> str:
    return date_in_words(said.answer) if isinstance(said.answer, int) else ""


def _as_it_is(said: Said) -> str:
    return str(said.answer)


def _chosen(said: Said) -> str:
    return _joined(_labels(said).values())


def _ranked(said: Said) -> str:
    labels = enumerate(_labels(said).values(), 1)
    return _joined(f"{ordinal(place)}: {label}" for place, label in labels)


def _joined(labels: Iterable[str]) -> str:
    found = [*labels]
    if len(found) == 1:
        return found[0]  # most questions: no need to look up what stands between several
    return pgettext("between several answers", ", ").join(found)


def _labels(said: Said) -> dict[str, str]:
    """The names of what was chosen, with the words beside them."""
    codes = said.answer if isinstance(said.answer, tuple) else (str(said.answer),)
    options = {code: said.question.option(code) for code in codes}
    labels = {
        code: option.label if option else said.names.get(code, code)
        for code, option in options.items()
    }
    for box in said.definition.write_ins.get(said.question.id, ()):
        if box.beside and box.id in said.answers:
            labels[box.beside.code] += f": {said.answers[box.id]}"
    return labels


WORDS: dict[Kind, Callable[[Said], str]] = {
    Kind.SINGLE: _chosen,
    Kind.SCALE: _chosen,
    Kind.MULTIPLE: _chosen,
    Kind.RANKING: _ranked,
    Kind.NUMBER: _as_it_is,
    Kind.DATE: _date,
    Kind.MONTH: _date,
    Kind.TEXT: _as_it_is,
    Kind.LONG_TEXT: _as_it_is,
    Kind.AREA: _chosen,
    Kind.POSTCODE: _chosen,
    Kind.PLACE: _chosen,
    Kind.PLACES: _chosen,
    Kind.CONSENT: _agreed,
}
