"""One page of questions for one person: read from the form, and shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from engage import clock
from engage.answering.draft import OpenDraft
from engage.answering.flow import Step
from engage.answering.picker import Picker
from engage.answering.seal import submission_mark
from engage.core.definition.kinds import SOUGHT_KINDS, Kind
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, Answers
from engage.core.definition.spoken import Voice
from engage.surveys.current import Survey
from engage.surveys.finish import Answered
from engage.surveys.kept import kept
from engage.web.answer_fields import PREFIX, with_areas
from engage.web.answers import answers_in
from engage.web.boxes import OPEN_KINDS, boxes_of

DIGITS = 9


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a survey at which somebody is, with what they saved so far."""

    survey: Survey
    here: Step
    token: str
    draft: OpenDraft
    picker: Picker | None
    voice: Voice | None

    @property
    def id(self) -> str:
        """The section of the page."""
        return self.here.section.id

    def read_form(self) -> tuple[dict[str, Answer], Mapping[str, str]]:
        """The answers that the form holds, and what is wrong with the rest."""
        form = self.survey.questionnaire.form_for(self.here.questions)
        for question in self.here.questions:
            if question.kind in SOUGHT_KINDS and self.picker:
                with_areas(
                    form[PREFIX + question.id], question, self.picker.wards, self.picker.found
                )
        return answers_in(form, self.survey.questionnaire.definition, self.here.questions)

    def as_written(self) -> dict[str, Any]:
        """What the form said, for showing it again: words as they are, codes only if offered.

        Rendered questions are kept by their state, so nothing made up may become a state.
        """
        found = {code for code, _ in self.picker.wards} if self.picker else set()
        written: dict[str, Any] = {}
        for question in self.here.questions:
            for box in boxes_of(self.survey.questionnaire.definition, question):
                written[box] = "".join(request.form.getlist(PREFIX + box))
            if question.kind not in OPEN_KINDS:
                offered = {option.code for option in question.options} | found
                sent = dict.fromkeys(request.form.getlist(PREFIX + question.id))
                codes = tuple(code for code in sent if code in offered)
                several = question.kind in {Kind.MULTIPLE, Kind.PLACES}
                written[question.id] = codes if several else "".join(codes)
        return written

    def show(
        self,
        answers: Mapping[str, Answer],
        errors: Mapping[str, str],
        *,
        seen: int | None = None,
        elsewhere: Sequence[Answered] = (),
    ) -> str:
        """The HTML of the page with these answers filled in.

        `seen` is the version that the person had before them when they wrote these answers; the
        one that is saved, if they have not. `elsewhere` are answers that were saved meanwhile.
        """
        voice, section = self.voice, self.here.section
        return render_template(
            "surveys/section.html",
            survey=self.survey,
            here=self.here,
            page_title=voice.title(section) if voice else section.title,
            taken_out=self.survey.questionnaire.taken_out(self.draft.taken_out, voice),
            fragments=[
                (each.id, self._fragment(each, answers, errors)) for each in self.here.questions
            ],
            errors=[(PREFIX + name, message) for name, message in errors.items()],
            seen=self.draft.versions.get(self.id, 0) if seen is None else seen,
            elsewhere=elsewhere,
            mark=submission_mark(self.token),
            left_out=request.args.get("left_out") if request.method == "GET" else None,
            kept=kept(self.draft, self.survey.wave, clock.now()),
        )

    def _fragment(self, question: Question, answers: Answers, errors: Mapping[str, str]) -> str:
        questionnaire = self.survey.questionnaire
        if question.kind in SOUGHT_KINDS:
            value, error = answers.get(question.id), errors.get(question.id, "")
            return questionnaire.render(
                question.id, value, error, picker=self.picker, spoken=question
            )
        return questionnaire.fragment(question.id, answers, errors, self.voice)


def version_seen() -> int | None:
    """Which version of the page the person had before them; None where the form does not say."""
    said = request.form.get("seen", "") if request.method == "POST" else ""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS else None
