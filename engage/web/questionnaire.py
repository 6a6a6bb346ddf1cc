"""A definition compiled for the web: its form classes and rendered questions, made once.

A closed question has few states (which option, which message), so each state's HTML is rendered
once by the GOV.UK macros and kept. For what people write, the two halves around it are kept;
the words themselves are escaped between them each time, and never kept.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import render_template
from flask_wtf import FlaskForm
from markupsafe import Markup, escape

from engage.core.definition.model import TEXT_KINDS, Definition, Kind, Question
from engage.core.definition.routing import Answer
from engage.web.answer_fields import PREFIX, answer_field, answer_of

TEMPLATES: dict[Kind, str] = {
    Kind.SINGLE: "fields/radios.html",
    Kind.SCALE: "fields/radios.html",
    Kind.MULTIPLE: "fields/checkboxes.html",
    Kind.NUMBER: "fields/number.html",
    Kind.TEXT: "fields/text.html",
    Kind.LONG_TEXT: "fields/long_text.html",
    Kind.AREA: "fields/area.html",
}
OPEN_KINDS = TEXT_KINDS | {Kind.NUMBER}
BLANK = re.compile(r"\s*\n\s*")
WORDS = "0f4b9d0c-these-are-the-words"
STATES = 8192
"""How many rendered states are kept for a questionnaire: some megabytes at most."""


class Questionnaire:
    """One definition's forms and fragments."""

    def __init__(self, definition: Definition) -> None:
        """Compile nothing yet: each part is made when it is first needed, then kept."""
        self.definition = definition
        self.form_class = lru_cache(256)(self._form_class)
        self._closed = lru_cache(STATES)(self._render_closed)
        self._empty = lru_cache(256)(self._render_empty)
        self._halves = lru_cache(256)(self._render_halves)

    def kept(self) -> int:
        """How many rendered states are held in memory."""
        return self._closed.cache_info().currsize

    def taken_out(self, question_ids: Sequence[str]) -> list[str]:
        """The questions whose answers were taken out, as they were put."""
        return [self.definition.questions[each].text for each in question_ids]

    def _form_class(self, question_ids: tuple[str, ...]) -> type[FlaskForm]:
        fields = {
            PREFIX + each: answer_field(self.definition.questions[each]) for each in question_ids
        }
        return type("QuestionsForm", (FlaskForm,), fields)

    def fragment(self, question_id: str, value: Answer | None = None, error: str = "") -> Markup:
        """The HTML of a question in a state; `value` is the answer so far."""
        if self.definition.questions[question_id].kind not in OPEN_KINDS:
            return self._closed(question_id, value, error)
        if value is None or error:
            return self.render(question_id, value, error) if error else self._empty(question_id)
        before, after = self._halves(question_id)
        return before + escape(value) + after

    def _render_closed(self, question_id: str, value: Answer | None, error: str) -> Markup:
        # The macros leave many blank lines; nothing that a person wrote is in here to be harmed.
        return Markup(BLANK.sub("\n", self.render(question_id, value, error)))  # noqa: S704  as below

    def _render_empty(self, question_id: str) -> Markup:
        return self._render_closed(question_id, None, "")

    def _render_halves(self, question_id: str) -> tuple[Markup, Markup]:
        """What stands before and after the words in a box; the words go between, escaped."""
        before, between, after = self.render(question_id, WORDS, "").partition(WORDS)
        if not between or WORDS in after:
            raise RuntimeError(f"The box of {question_id} does not hold its words exactly once.")
        return Markup(before), Markup(after)  # noqa: S704  as below

    def render(self, question_id: str, value: Answer | None, error: str, **more: object) -> Markup:
        """The HTML of a question, made now; `more` is what its kind's template needs besides."""
        question = self.definition.questions[question_id]
        return Markup(  # noqa: S704  a template's own output, escaped by it
            render_template(
                TEMPLATES[question.kind],
                question=question,
                name=PREFIX + question.id,
                value=value,
                error=error,
                services=self.definition.help,
                **more,
            )
        )


def answers_in(
    form: FlaskForm, questions: Sequence[Question]
) -> tuple[dict[str, Answer], Mapping[str, str]]:
    """The answers in the valid fields of a bound form, and the first error of each other field."""
    form.validate()
    answers: dict[str, Answer] = {}
    errors: dict[str, str] = {}
    for question in questions:
        field: Any = form[PREFIX + question.id]
        if field.errors:
            errors[question.id] = str(field.errors[0])
            continue
        answer = answer_of(question, field.data)
        if answer is not None:
            answers[question.id] = answer
    return answers, errors
