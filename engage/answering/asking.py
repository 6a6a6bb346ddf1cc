"""One page of questions put to one person: what its form says, and its HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from engage.answering.flow import Step
from engage.answering.picker import Picker
from engage.core.definition.kinds import SOUGHT_KINDS, Kind
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, Answers
from engage.core.definition.spoken import Voice
from engage.web.answer_fields import PREFIX, with_areas
from engage.web.answers import answers_in
from engage.web.boxes import OPEN_KINDS, boxes_of
from engage.web.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions of a page as somebody is asked them; `picker` is what an area one offers."""

    questionnaire: Questionnaire
    here: Step
    picker: Picker | None
    voice: Voice | None

    def read_form(self) -> tuple[dict[str, Answer], Mapping[str, str]]:
        """The answers that the form holds, and what is wrong with the rest."""
        form = self.questionnaire.form_for(self.here.questions)
        for question in self.here.questions:
            if question.kind in SOUGHT_KINDS and self.picker:
                with_areas(
                    form[PREFIX + question.id], question, self.picker.wards, self.picker.found
                )
        return answers_in(form, self.questionnaire.definition, self.here.questions)

    def as_written(self) -> dict[str, Any]:
        """What the form said, for showing it again: words as they are, codes only if offered.

        Rendered questions are kept by their state, so nothing made up may become a state.
        """
        found = {code for code, _ in self.picker.wards} if self.picker else set()
        written: dict[str, Any] = {}
        for question in self.here.questions:
            for box in boxes_of(self.questionnaire.definition, question):
                written[box] = "".join(request.form.getlist(PREFIX + box))
            if question.kind not in OPEN_KINDS:
                offered = {option.code for option in question.options} | found
                sent = dict.fromkeys(request.form.getlist(PREFIX + question.id))
                codes = tuple(code for code in sent if code in offered)
                several = question.kind in {Kind.MULTIPLE, Kind.PLACES}
                written[question.id] = codes if several else "".join(codes)
        return written

    def fragments(self, answers: Answers, errors: Mapping[str, str]) -> list[tuple[str, str]]:
        """The HTML of each question, by its id, with these answers filled in."""
        return [(each.id, self._fragment(each, answers, errors)) for each in self.here.questions]

    def _fragment(self, question: Question, answers: Answers, errors: Mapping[str, str]) -> str:
        if question.kind in SOUGHT_KINDS:
            value, error = answers.get(question.id), errors.get(question.id, "")
            return self.questionnaire.render(
                question.id, value, error, picker=self.picker, spoken=question
            )
        return self.questionnaire.fragment(question.id, answers, errors, self.voice)
