"""A definition compiled for the web: its form classes and rendered questions, made once.

A closed question has few states (which option, which message), so each state's HTML is rendered
once by the GOV.UK macros and kept. For what people write, the pieces around it are kept; the
words themselves are escaped between them each time, and never kept.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from flask import render_template
from flask_wtf import FlaskForm
from markupsafe import Markup, escape

from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answer, Answers
from engage.web.answer_fields import PREFIX, answer_field
from engage.web.boxes import OPEN_KINDS, boxes_of, words_in
from engage.web.help import help_services

TEMPLATES: dict[Kind, str] = {
    Kind.SINGLE: "fields/radios.html",
    Kind.SCALE: "fields/radios.html",
    Kind.MULTIPLE: "fields/checkboxes.html",
    Kind.RANKING: "fields/ranking.html",
    Kind.NUMBER: "fields/number.html",
    Kind.DATE: "fields/date.html",
    Kind.MONTH: "fields/date.html",
    Kind.TEXT: "fields/text.html",
    Kind.LONG_TEXT: "fields/long_text.html",
    Kind.AREA: "fields/area.html",
    Kind.POSTCODE: "fields/postcode.html",
}
BLANK = re.compile(r"\s*\n\s*")
WORDS = "0f4b9d0c-these-are-the-words"
STATES = 8192
"""How many rendered states are kept for a questionnaire: some megabytes at most."""
RANKINGS = 512
"""How many orders of a ranking are: there can be thousands, few of which come twice."""


class Questionnaire:
    """One definition's forms and fragments."""

    def __init__(self, definition: Definition) -> None:
        """Compile nothing yet: each part is made when it is first needed, then kept."""
        self.definition = definition
        self.form_class = lru_cache(256)(self._form_class)
        self._boxes = lru_cache(None)(self._boxes_of)
        self._closed = lru_cache(STATES)(self._render_closed)
        self._ranked = lru_cache(RANKINGS)(self._render_ranked)
        self._pieces = lru_cache(STATES)(self._render_pieces)

    def kept(self) -> int:
        """How many rendered states are held in memory."""
        kept = (self._closed, self._ranked, self._pieces)
        return sum(each.cache_info().currsize for each in kept)

    def taken_out(self, question_ids: Sequence[str]) -> list[str]:
        """The questions whose answers were taken out, as they were put."""
        gone = [self.definition.questions[each] for each in question_ids]
        return [each.text for each in gone if each.beside is None]

    def _form_class(self, question_ids: tuple[str, ...]) -> type[FlaskForm]:
        questions = [self.definition.questions[each] for each in question_ids]
        fields = {
            PREFIX + each.id: answer_field(each)
            for question in questions
            for each in (question, *self.definition.write_ins.get(question.id, ()))
        }
        return type("QuestionsForm", (FlaskForm,), fields)

    def _boxes_of(self, question_id: str) -> tuple[str, ...]:
        return boxes_of(self.definition, self.definition.questions[question_id])

    def fragment(
        self, question_id: str, answers: Answers, errors: Mapping[str, str] | None = None
    ) -> Markup:
        """The HTML of a question, given the answers so far and what is wrong with them."""
        question, errors = self.definition.questions[question_id], errors or {}
        value, error = answers.get(question_id), errors.get(question_id, "")
        if not self._boxes(question_id):
            return self._closed(question_id, value, error)
        written = words_in(self.definition, question, answers)
        if any(each in errors for each in (question_id, *written)):
            return self.render(question_id, value, error, written=written, wrong=errors)
        if question.kind is Kind.RANKING:
            return self._ranked(question_id, tuple(written.items()))
        first, *rest = self._pieces(question_id, None if question.kind in OPEN_KINDS else value)
        filled = zip(written.values(), rest, strict=True)
        return first + Markup("").join(escape(words) + piece for words, piece in filled)

    def _render_closed(self, question_id: str, value: Answer | None, error: str) -> Markup:
        # The macros leave many blank lines; nothing that a person wrote is in here to be harmed.
        return Markup(BLANK.sub("\n", self.render(question_id, value, error)))  # noqa: S704  as below

    def _render_ranked(self, question_id: str, places: tuple[tuple[str, str], ...]) -> Markup:
        html = self.render(question_id, None, "", written=dict(places))
        return Markup(BLANK.sub("\n", html))  # noqa: S704  as below

    def _render_pieces(self, question_id: str, value: Answer | None) -> tuple[Markup, ...]:
        """What stands before, between and after the words in boxes, which go there escaped."""
        question = self.definition.questions[question_id]
        boxes = boxes_of(self.definition, question)
        marks = {each: f"{WORDS}-{number}-" for number, each in enumerate(boxes)}
        left: str = self.render(question_id, value, "", written=marks)
        pieces = []
        for mark in marks.values():
            before, found, left = left.partition(mark)
            if not found or mark in left:
                raise RuntimeError(f"A box of {question_id} does not hold its words exactly once.")
            pieces.append(before)
        return tuple(Markup(piece) for piece in (*pieces, left))  # noqa: S704  as below

    def render(
        self,
        question_id: str,
        value: Answer | None,
        error: str,
        *,
        written: Mapping[str, str] | None = None,
        wrong: Mapping[str, str] | None = None,
        picker: object = None,
    ) -> Markup:
        """The HTML of a question, made now.

        `written` and `wrong` are the words and the errors of its boxes by their ids; `picker` is
        what an area question offers.
        """
        question = self.definition.questions[question_id]
        return Markup(  # noqa: S704  a template's own output, escaped by it
            render_template(
                TEMPLATES[question.kind],
                question=question,
                name=PREFIX + question.id,
                value=value,
                error=error,
                beside=self.definition.write_ins.get(question_id, ()),
                prefix=PREFIX,
                written=written or {},
                wrong=wrong or {},
                services=help_services(self.definition.help),
                picker=picker,
            )
        )
