"""The pages of questions: shown, saved one by one, never lost."""

from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.answering.dependants import take_out
from engage.answering.draft import ChangedElsewhereError, OpenDraft, save
from engage.answering.flow import Step, barred, step
from engage.answering.picker import Picker, picker_for
from engage.answering.place_picker import place_picker_for
from engage.answering.voice import spoken_step, voice_for
from engage.core.definition.kinds import NAMED_KINDS
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, Answers, eligible
from engage.extensions import db
from engage.surveys.another import is_of_another, show_another
from engage.surveys.current import Survey, current_survey, reading, unsent_draft
from engage.surveys.finish import answers_in_words
from engage.surveys.page import Page, version_seen
from engage.web.access import public
from engage.web.answers import left_open, rules_broken, to_leave_out
from engage.web.language import choice_of, choose

blueprint = Blueprint("questions", __name__)

UNFIT = 422
"""The status of a page sent back because an answer on it could not be taken."""
CHANGED = 409
"""The status of one sent back because it was saved in another window or on another device."""
ASIDE = {"later": "saved.save", "stop": "start.ask"}
"""What the buttons are called that lead aside, to pages that know which page was left."""


@blueprint.route("/surveys/<slug:slug>/page/<name:section_id>", methods=["GET", "POST"])
@public
def section(slug: str, section_id: str) -> Response | str | tuple[str, int]:
    """One page of questions."""
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        token, draft = unsent_draft(connection, survey)
        other = show_another(connection, survey, section_id) if is_of_another(token) else None
        if other:
            return other, CHANGED
        definition = survey.questionnaire.definition
        here = step(definition, draft.answers, section_id)
        instead = barred(definition, draft.answers, section_id) if here else None
        if here is None or instead:
            return redirect(_page(slug, instead or definition.sections[0].id), 303)
        picker = _picker(connection, here, draft.answers)
        named = (section_id, *(each.id for each in here.questions), *draft.taken_out)
        voice = voice_for(connection, definition, draft.answers, named)
    page = Page(survey, spoken_step(here, voice), token, draft, picker, voice)
    if request.method == "GET" or (picker and picker.searched):
        saved = section_id in draft.pages
        wrong = _wrong(page, draft.answers) if saved else {}
        return page.show(draft.answers, wrong, seen=version_seen())
    return _take(page)


def _picker(connection: Connection, here: Step, answers: Answers) -> Picker | None:
    """What there is to choose from where a ward or a place is asked for."""
    leaving = _may_be_incomplete()
    place = next((each for each in here.questions if each.kind in NAMED_KINDS), None)
    if place:
        return place_picker_for(connection, place, answers, going_back=leaving)
    return picker_for(connection, here.questions, going_back=leaving)


def _may_be_incomplete() -> bool:
    """Whether the person leaves the page for now.

    They go back, finish later, are about to delete it all, or stay to read it in another language.
    """
    if request.method != "POST":
        return False  # without looking for a form, which every page would pay for
    staying = choice_of(request.form.get("language", "")) is not None
    return staying or request.form.get("go") in {"back", "later", "stop"}


def _take(page: Page) -> Response | tuple[str, int]:
    """Save what the page says, then go where the person asked to go.

    Whoever leaves it for now keeps what was saved before where the page now says something that
    cannot be taken.
    """
    draft = page.draft
    answers, errors = page.read_form()
    after = replace(draft, pages={**draft.pages, page.id: answers})
    errors = errors or _wrong(page, after.answers)
    if errors and not _may_be_incomplete():
        shown = {**draft.answers, **page.as_written()}
        return page.show(shown, errors, seen=version_seen()), UNFIT
    before = draft.pages.get(page.id, {})
    for name in to_leave_out(page.here.section, errors):
        answers.pop(name, None)
        if name in before:
            answers[name] = before[name]
    after = replace(draft, pages={**draft.pages, page.id: answers})
    try:
        saved = _save(page, after)
    except ChangedElsewhereError:
        return _changed(page, answers)
    if not saved:
        return _ended(page.survey)
    if choose(request.form.get("language", "")):
        then, left = request.args.get("then"), "here" if errors else None
        return redirect(_page(page.survey.slug, page.id, then=then, left_out=left), 303)
    return redirect(_next(page.survey, page.here, after.answers, left_out=bool(errors)), 303)


def _wrong(page: Page, answers: Answers) -> dict[str, str]:
    """What is wrong with answers each of which could be taken by itself, by the box."""
    definition, here = page.survey.questionnaire.definition, page.here
    return left_open(definition, here.questions, answers) | rules_broken(
        definition, here.section, answers
    )


def _save(page: Page, after: OpenDraft) -> bool:
    now, token = clock.now(), page.token
    with db.engine.begin() as connection:
        saved = save(
            connection,
            token,
            after.id,
            page.id,
            dict(after.pages[page.id]),
            now=now,
            closes_on=page.survey.wave.closes_on,
            seen=version_seen(),
            unfinished=request.form.get("go") == "later",
        )
        if saved:
            take_out(connection, token, after, page.survey.questionnaire.definition, now)
    return saved


def _changed(page: Page, answers: Answers) -> tuple[str, int]:
    """Show the page again with the person's own choices, and what was saved elsewhere meanwhile.

    Neither is lost: what was saved stays, until the person saves their own over it.
    """
    survey, definition = page.survey, page.survey.questionnaire.definition
    with reading().connect() as connection:
        _, newest = unsent_draft(connection, survey)
        now_there = newest.answers
        told = answers_in_words(connection, definition, now_there)
    boxes = definition.write_ins

    def differs(question: Question) -> bool:
        names = (question.id, *(box.id for box in boxes.get(question.id, ())))
        return any(now_there.get(name) != answers.get(name) for name in names)

    elsewhere = [each for each in told if each.section_id == page.id and differs(each.question)]
    fresh = replace(page, draft=newest)
    return fresh.show({**now_there, **page.as_written()}, {}, elsewhere=elsewhere), CHANGED


def _next(survey: Survey, here: Step, answers: dict[str, Answer], *, left_out: bool) -> str:
    definition, go = survey.questionnaire.definition, request.form.get("go")
    flag = "1" if left_out else None
    if go in ASIDE:
        place = definition.section_ids.index(here.section.id) + 1
        return url_for(ASIDE[go], slug=survey.slug, page=place, left_out=flag)
    if go == "back":
        if here.before is None:
            return url_for("start.start", slug=survey.slug)
        return _page(survey.slug, here.before, left_out=flag)
    if not eligible(definition, answers):
        return url_for("finish.not_for_you", slug=survey.slug)
    onward = step(definition, answers, here.section.id)
    if onward is None or onward.after is None or request.args.get("then") == "check":
        return url_for("finish.check", slug=survey.slug)
    return _page(survey.slug, onward.after)


def _page(
    slug: str, section_id: str, *, then: str | None = None, left_out: str | None = None
) -> str:
    return url_for(
        "questions.section", slug=slug, section_id=section_id, then=then, left_out=left_out
    )


def _ended(survey: Survey) -> Response:
    return redirect(url_for("finish.ended", slug=survey.slug), 303)
