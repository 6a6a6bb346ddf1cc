"""Trying a version: the real pages, in every language, with what one answers steering the way."""

from datetime import timedelta

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.answering.flow import Step
from engage.core.definition.routing import Answers, eligible
from engage.extensions import db, site_settings
from engage.opening.preview import NoSigns, PretendSurvey, onward, place, pretend, unpacked
from engage.opening.preview_pages import (
    asking_of,
    end_page,
    question_page,
    section_address,
    tongue,
)
from engage.opening.version_views import found
from engage.opening.versions import in_language
from engage.web.access import staff
from engage.web.answers import left_open, rules_broken
from engage.web.headers import hold_frame, let_ourselves_frame
from engage.web.language import ENGLISH, LANGUAGES

blueprint = Blueprint(
    "preview",
    __name__,
    url_prefix="/staff/questionnaires/<name:name>/<int(max=9999):version>/try",
)

A_WAVE = timedelta(days=28)
"""How long the wave of a preview is said to run."""
UNFIT = 422

Page = str | Response | tuple[str, int]


@blueprint.route("", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def start(name: str, version: int) -> Page:
    """The first page; its button leads to the first questions."""
    survey = _survey(name, version)
    definition = survey.questionnaire.definition
    if request.method == "POST":
        return redirect(section_address(definition, definition.sections[0].id), 303)
    return render_template(
        "opening/preview_start.html",
        survey=survey,
        definition=definition,
        fields=NoSigns(),
        action=request.full_path.rstrip("?"),
    )


@blueprint.get("/phone")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def phone(name: str, version: int) -> str:
    """The preview in a frame as wide as a small phone."""
    content = found(db.session(), name, version)
    hold_frame()
    tried = url_for("preview.start", name=name, version=version)
    return render_template("opening/phone.html", definition=content.definition, tried=tried)


@blueprint.route("/page/<name:section_id>", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def section(name: str, version: int, section_id: str) -> Page:
    """One page of questions; what is sent is answered with the page that comes next."""
    survey = _survey(name, version)
    definition = survey.questionnaire.definition
    said = unpacked(definition, request.form.get("draft", ""))
    here = place(definition, said, section_id) or abort(404)
    if request.method == "GET":
        return question_page(survey, here, said, {})
    go = request.form.get("go")
    if go == "back":
        before = place(definition, said, here.before) if here.before else None
        start_page = url_for("preview.start", name=name, version=version, **tongue())
        return question_page(survey, before, said, {}) if before else redirect(start_page, 303)
    if go in {"later", "stop"}:
        return redirect(url_for("questionnaires.version", name=name, version=version), 303)
    return _taken(survey, here, said)


@blueprint.route("/end", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def end(name: str, version: int) -> Page:
    """The thanks that people read once they have sent; here nothing was sent, and none is kept."""
    survey = _survey(name, version)
    if request.method == "POST":
        return redirect(request.full_path.rstrip("?"), 303)
    definition = survey.questionnaire.definition
    return render_template("opening/preview_thanks.html", survey=survey, definition=definition)


def _taken(survey: PretendSurvey, here: Step, said: Answers) -> Page:
    """The page that comes after what was sent, or the same one with what is wrong."""
    definition, asking = survey.questionnaire.definition, asking_of(survey, here, said)
    if asking.picker and asking.picker.searched:
        return question_page(survey, here, {**said, **asking.as_written()}, {}, held=said)
    answers, wrong = asking.read_form()
    names = {each.id for each in here.section.questions}
    after = {key: value for key, value in said.items() if key not in names} | answers
    errors = dict(wrong) or (
        left_open(definition, here.questions, after) | rules_broken(definition, here.section, after)
    )
    if errors:
        written = {**said, **asking.as_written()}
        return question_page(survey, here, written, errors, held=said), UNFIT
    following = onward(definition, after, here)
    then = place(definition, after, following) if following else None
    if then is None or not eligible(definition, after):
        return end_page(survey, after)
    return question_page(survey, then, after, {})


def _survey(name: str, version: int) -> PretendSurvey:
    """The version in the language that the address asks for; answers 404 where there is none."""
    content = found(db.session(), name, version)
    code = request.args.get("in", ENGLISH.code)
    g.language = next((each for each in LANGUAGES if each.code == code), None) or abort(404)
    try:
        definition = in_language(content, code, site_settings().definitions_dir)
    except LookupError:
        abort(404)
    let_ourselves_frame()
    return pretend(definition, clock.today() + A_WAVE)
