"""The pages of questions: shown, saved one by one, never lost."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.answering.dependants import take_out
from engage.answering.draft import OpenDraft, save
from engage.answering.flow import Step, barred, step
from engage.core.definition.kinds import PLACE_KINDS, Kind
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, Answers, eligible
from engage.core.definition.spoken import Voice
from engage.extensions import db
from engage.surveys.current import Survey, current_draft, current_survey, reading
from engage.surveys.picker import Picker, picker_for
from engage.surveys.voice import spoken_step, voice_for
from engage.web.access import public
from engage.web.answer_fields import PREFIX, with_areas
from engage.web.answers import answers_in, rules_broken
from engage.web.boxes import OPEN_KINDS, boxes_of, question_of
from engage.web.language import choice_of, choose

blueprint = Blueprint("questions", __name__)

UNFIT = 422
"""The status of a page sent back because an answer on it could not be taken."""


@blueprint.route("/surveys/<slug:slug>/page/<name:section_id>", methods=["GET", "POST"])
@public
def section(slug: str, section_id: str) -> Response | str | tuple[str, int]:
    """One page of questions."""
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        found = current_draft(connection, survey)
        if found is None or found[1].sent:
            return _ended(survey)
        token, draft = found
        definition = survey.questionnaire.definition
        here = step(definition, draft.answers, section_id)
        instead = barred(definition, draft.answers, section_id) if here else None
        if here is None or instead:
            return redirect(_page(slug, instead or definition.sections[0].id), 303)
        staying = choice_of(request.form.get("language", "")) is not None
        going_back = staying or request.form.get("go") == "back"
        picker = picker_for(connection, here.questions, going_back=going_back)
        named = (section_id, *(each.id for each in here.questions), *draft.taken_out)
        voice = voice_for(connection, definition, draft.answers, named)
    here = spoken_step(here, voice)
    if request.method == "GET" or (picker and picker.searched):
        saved = here.section.id in draft.pages
        wrong = rules_broken(definition, here.section, draft.answers) if saved else {}
        return _show(survey, here, draft, draft.answers, picker=picker, errors=wrong, voice=voice)
    return _take(survey, here, token, draft, picker=picker, voice=voice, going_back=going_back)


def _take(
    survey: Survey,
    here: Step,
    token: str,
    draft: OpenDraft,
    *,
    picker: Picker | None,
    voice: Voice | None,
    going_back: bool,
) -> Response | tuple[str, int]:
    """Save what the page says, then go where the person asked to go.

    Going back keeps what was saved before where the page now says something that cannot be taken;
    so does staying to read the page in another language.
    """
    definition = survey.questionnaire.definition
    answers, errors = _read_form(survey, here, picker)
    after = replace(draft, pages={**draft.pages, here.section.id: answers})
    errors = errors or rules_broken(definition, here.section, after.answers)
    if errors and not going_back:
        shown = {**draft.answers, **_as_written(survey, here, picker)}
        shows = _show(survey, here, draft, shown, picker=picker, errors=errors, voice=voice)
        return shows, UNFIT
    before = draft.pages.get(here.section.id, {})
    for name in map(question_of, errors):
        answers.pop(name, None)
        if name in before:
            answers[name] = before[name]
    after = replace(draft, pages={**draft.pages, here.section.id: answers})
    now = clock.now()
    with db.engine.begin() as connection:
        saved = save(
            connection,
            token,
            draft.id,
            here.section.id,
            answers,
            now=now,
            closes_on=survey.wave.closes_on,
        )
        if saved:
            take_out(connection, token, after, definition, now)
    if not saved:
        return _ended(survey)
    if choose(request.form.get("language", "")):
        return redirect(request.full_path.rstrip("?"), 303)
    return redirect(_next(survey, here, after.answers, going_back=going_back), 303)


def _read_form(
    survey: Survey, here: Step, picker: Picker | None
) -> tuple[dict[str, Answer], Mapping[str, str]]:
    form = survey.questionnaire.form_for(here.questions)
    for question in here.questions:
        if question.kind in PLACE_KINDS and picker:
            with_areas(form[PREFIX + question.id], question, picker.wards, picker.found)
    return answers_in(form, survey.questionnaire.definition, here.questions)


def _as_written(survey: Survey, here: Step, picker: Picker | None) -> dict[str, Any]:
    """What the form said, for showing it again: words as they are, codes only if offered.

    Rendered questions are kept by their state, so nothing made up may become a state.
    """
    wards = {code for code, _ in picker.wards} if picker else set()
    written: dict[str, Any] = {}
    for question in here.questions:
        for box in boxes_of(survey.questionnaire.definition, question):
            written[box] = "".join(request.form.getlist(PREFIX + box))
        if question.kind not in OPEN_KINDS:
            offered = {option.code for option in question.options} | wards
            sent = dict.fromkeys(request.form.getlist(PREFIX + question.id))
            codes = tuple(code for code in sent if code in offered)
            written[question.id] = codes if question.kind is Kind.MULTIPLE else "".join(codes)
    return written


def _next(survey: Survey, here: Step, answers: dict[str, Answer], *, going_back: bool) -> str:
    definition = survey.questionnaire.definition
    if going_back:
        if here.before is None:
            return url_for("start.start", slug=survey.slug)
        return _page(survey.slug, here.before)
    if not eligible(definition, answers):
        return url_for("finish.not_for_you", slug=survey.slug)
    onward = step(definition, answers, here.section.id)
    if onward is None or onward.after is None or request.args.get("then") == "check":
        return url_for("finish.check", slug=survey.slug)
    return _page(survey.slug, onward.after)


def _show(
    survey: Survey,
    here: Step,
    draft: OpenDraft,
    answers: Mapping[str, Answer],
    *,
    picker: Picker | None,
    errors: Mapping[str, str] | None = None,
    voice: Voice | None = None,
) -> str:
    errors = errors or {}
    return render_template(
        "surveys/section.html",
        survey=survey,
        here=here,
        page_title=voice.title(here.section) if voice else here.section.title,
        taken_out=survey.questionnaire.taken_out(draft.taken_out, voice),
        fragments=[
            (question.id, _fragment(survey, question, answers, errors, picker=picker, voice=voice))
            for question in here.questions
        ],
        errors=[(PREFIX + name, message) for name, message in errors.items()],
    )


def _fragment(
    survey: Survey,
    question: Question,
    answers: Answers,
    errors: Mapping[str, str],
    *,
    picker: Picker | None,
    voice: Voice | None,
) -> str:
    if question.kind in PLACE_KINDS:
        value, error = answers.get(question.id), errors.get(question.id, "")
        render = survey.questionnaire.render
        return render(question.id, value, error, picker=picker, spoken=question)
    return survey.questionnaire.fragment(question.id, answers, errors, voice)


def _page(slug: str, section_id: str) -> str:
    return url_for("questions.section", slug=slug, section_id=section_id)


def _ended(survey: Survey) -> Response:
    return redirect(url_for("finish.ended", slug=survey.slug), 303)
