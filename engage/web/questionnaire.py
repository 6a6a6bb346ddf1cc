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
from markupsafe import Markup

from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, Answers
from engage.core.definition.spoken import Form, Voice, form_of, in_form
from engage.web.answer_fields import PREFIX, answer_field
from engage.web.boxes import OPEN_KINDS, boxes_of, words_in
from engage.web.help import help_services
from engage.web.pieces import Marks, Pieces, pieces_of

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
    Kind.PLACE: "fields/place.html",
    Kind.PLACES: "fields/place.html",
    Kind.CONSENT: "fields/consent.html",
}
BLANK = re.compile(r"\s*\n\s*")
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
        self._told = frozenset(
            rule.at for section in definition.sections for rule in section.rules if rule.says
        )

    def kept(self) -> int:
        """How many rendered states are held in memory."""
        kept = (self._closed, self._ranked, self._pieces)
        return sum(each.cache_info().currsize for each in kept)

    def taken_out(self, question_ids: Sequence[str], voice: Voice | None = None) -> list[str]:
        """The questions whose answers were taken out, as they were put."""
        gone = [self.definition.questions[each] for each in question_ids]
        asked = [each for each in gone if each.beside is None]
        return [(voice.question(each) if voice else each).text for each in asked]

    def form_for(self, questions: Sequence[Question]) -> FlaskForm:
        """The form of a page, bound to what was sent; its messages are in the questions' words."""
        ids = tuple(each.id for each in questions)
        if self.definition.spoken.isdisjoint(ids):
            return self.form_class(ids)()
        return self._made_of(questions)()  # not kept: there may be answers in its words

    def _form_class(self, question_ids: tuple[str, ...]) -> type[FlaskForm]:
        return self._made_of([self.definition.questions[each] for each in question_ids])

    def _made_of(self, questions: Sequence[Question]) -> type[FlaskForm]:
        fields = {
            PREFIX + each.id: answer_field(each)
            for question in questions
            for each in (question, *self.definition.write_ins.get(question.id, ()))
        }
        # It is never shown: a token of its own would be made for nothing. The token that was sent
        # is checked before any view is called, by CSRFProtect.
        without = type("Meta", (FlaskForm.Meta,), {"csrf": False})
        return type("QuestionsForm", (FlaskForm,), {**fields, "Meta": without})

    def _boxes_of(self, question_id: str) -> tuple[str, ...]:
        return boxes_of(self.definition, self.definition.questions[question_id])

    def fragment(
        self,
        question_id: str,
        answers: Answers,
        errors: Mapping[str, str] | None = None,
        voice: Voice | None = None,
    ) -> Markup:
        """The HTML of a question, given the answers so far and what is wrong with them.

        `voice` is needed where something on its page is not the same for everybody.
        """
        question, errors = self.definition.questions[question_id], errors or {}
        value, error = answers.get(question_id), errors.get(question_id, "")
        spoken = voice is not None and question_id in self.definition.spoken
        if not spoken and not self._boxes(question_id):
            if error and question_id in self._told:  # the message may hold somebody's words
                return self.render(question_id, value, error)
            return self._closed(question_id, value, error)
        written = words_in(self.definition, question, answers)
        if any(each in errors for each in (question_id, *written)):
            asked = voice.question(question) if voice else question
            return self.render(
                question_id, value, error, written=written, wrong=errors, spoken=asked
            )
        if question.kind is Kind.RANKING and not spoken:
            return self._ranked(question_id, tuple(written.items()))
        if voice is None or not spoken:
            value = None if question.kind in OPEN_KINDS else value
            return self._pieces(question_id, value, ()).filled(lambda gap: written[str(gap)])
        return self._spoken(voice, question, value, written)

    def _spoken(
        self, voice: Voice, question: Question, value: Answer | None, written: Mapping[str, str]
    ) -> Markup:
        """A question in the words of one person, with nothing wrong in it."""
        if question.kind is Kind.RANKING:
            asked = voice.question(question)
            return self.render(question.id, value, "", written=written, spoken=asked)
        value = None if question.kind in OPEN_KINDS else value
        pieces = self._pieces(question.id, value, form_of(question, voice.answers))
        return pieces.filled(lambda gap: written[gap] if isinstance(gap, str) else voice.fill(gap))

    def _render_closed(self, question_id: str, value: Answer | None, error: str) -> Markup:
        # The macros leave many blank lines; nothing that a person wrote is in here to be harmed.
        return Markup(BLANK.sub("\n", self.render(question_id, value, error)))  # noqa: S704  as below

    def _render_ranked(self, question_id: str, places: tuple[tuple[str, str], ...]) -> Markup:
        html = self.render(question_id, None, "", written=dict(places))
        return Markup(BLANK.sub("\n", html))  # noqa: S704  as below

    def _render_pieces(self, question_id: str, value: Answer | None, form: Form) -> Pieces:
        """What stands around the words in boxes, and around earlier answers in its own words."""
        question, marks = self.definition.questions[question_id], Marks()
        boxes = boxes_of(self.definition, question)
        written = {box: marks(box) for box in boxes}
        spoken = in_form(question, form, marks) if form else question
        html = self.render(question_id, value, "", written=written, spoken=spoken)
        pieces = pieces_of(html, marks)
        if any(pieces.gaps.count(box) != 1 for box in boxes):
            raise RuntimeError(f"A box of {question_id} does not hold its words exactly once.")
        return pieces

    def render(
        self,
        question_id: str,
        value: Answer | None,
        error: str,
        *,
        written: Mapping[str, str] | None = None,
        wrong: Mapping[str, str] | None = None,
        picker: object = None,
        spoken: Question | None = None,
    ) -> Markup:
        """The HTML of a question, made now.

        `written` and `wrong` are the words and the errors of its boxes by their ids; `picker` is
        what an area question offers. `spoken` is the question in the words of one person.
        """
        question = spoken or self.definition.questions[question_id]
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
                hurts=self.definition.hurts or question.may_hurt,
                sealed=self.definition.sealed,
                picker=picker,
            )
        )
