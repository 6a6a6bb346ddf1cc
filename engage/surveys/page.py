"""One page of questions for one person: read from the form, and shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from engage import clock
from engage.answering.asking import Asking
from engage.answering.draft import OpenDraft
from engage.answering.flow import Step
from engage.answering.picker import Picker
from engage.answering.seal import submission_mark
from engage.core.definition.routing import Answer
from engage.core.definition.spoken import Voice
from engage.surveys.current import Survey
from engage.surveys.finish import Answered
from engage.surveys.kept import kept
from engage.web.answer_fields import PREFIX
from engage.web.whole_number import whole_number


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

    @property
    def asking(self) -> Asking:
        """Its questions."""
        return Asking(self.survey.questionnaire, self.here, self.picker, self.voice)

    def read_form(self) -> tuple[dict[str, Answer], Mapping[str, str]]:
        """The answers that the form holds, and what is wrong with the rest."""
        return self.asking.read_form()

    def as_written(self) -> dict[str, Any]:
        """What the form said, for showing it again."""
        return self.asking.as_written()

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
            fragments=self.asking.fragments(answers, errors),
            errors=[(PREFIX + name, message) for name, message in errors.items()],
            seen=self.draft.versions.get(self.id, 0) if seen is None else seen,
            elsewhere=elsewhere,
            mark=submission_mark(self.token),
            left_out=request.args.get("left_out") if request.method == "GET" else None,
            kept=kept(self.draft, self.survey.wave, clock.now()),
        )


def version_seen() -> int | None:
    """Which version of the page the person had before them; None where the form does not say."""
    return whole_number(request.form.get("seen"), None)
