"""The pages of questions of a report: numbered, shown, saved one by one."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.answering.asking import Asking
from engage.answering.flow import Step, barred, step
from engage.answering.picker import Picker, picker_for
from engage.answering.voice import spoken_step, voice_for
from engage.clock import LONDON
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answer, Answers
from engage.reporting.asked import questionnaire
from engage.reporting.begun import Begun, PageChangedError, save_page, unsent
from engage.reporting.views import reading
from engage.reporting.who import stay_unlocked
from engage.web.access import public
from engage.web.answer_fields import PREFIX
from engage.web.answers import left_open, rules_broken, to_leave_out
from engage.web.language import choice_of, choose
from engage.web.questionnaire import Questionnaire
from engage.web.whole_number import whole_number

blueprint = Blueprint("form", __name__)

UNFIT, CHANGED = 422, 409
STOP_HERE = "get_help"
"""The page that stops the form where somebody is in danger; it can be recorded later."""


@blueprint.route("/tell-us/page/<int:number>", methods=["GET", "POST"])
@public
def page(number: int) -> Response | str | tuple[str, int]:
    """One page of questions. Its address has a number, which says nothing."""
    with reading().connect() as connection:
        report = unsent(connection)
        asked = questionnaire(worker=report.centre is not None)
        definition = asked.definition
        if not 0 < number <= len(definition.sections):
            abort(404)
        section_id = definition.section_ids[number - 1]
        here = step(definition, report.answers, section_id)
        instead = barred(definition, report.answers, section_id) if here else None
        if here is None or instead:
            return redirect(_address(definition, instead or definition.section_ids[0]), 303)
        asking = _asking(connection, asked, here, report)
    stay_unlocked(report)
    if request.method == "GET" or (asking.picker and asking.picker.searched):
        wrong = _wrong(asking, report.answers) if section_id in report.pages else {}
        return show(asking, report, report.answers, wrong)
    return _take(asking, report)


def _asking(connection: Connection, asked: Questionnaire, here: Step, report: Begun) -> Asking:
    picker: Picker | None = picker_for(connection, here.questions, going_back=_may_be_incomplete())
    named = (here.section.id, *(each.id for each in here.questions), *report.taken_out)
    voice = voice_for(connection, asked.definition, report.answers, named)
    return Asking(asked, spoken_step(here, voice), picker, voice)


def _may_be_incomplete() -> bool:
    """Whether the person leaves the page for now, so that faults on it can wait."""
    if request.method != "POST":
        return False
    staying = choice_of(request.form.get("language", "")) is not None
    return staying or request.form.get("go") in {"back", "stop"}


def _take(asking: Asking, report: Begun) -> Response | tuple[str, int]:
    """Save what the page says, then go where the person asked to go."""
    definition, section = asking.questionnaire.definition, asking.here.section
    answers, errors = asking.read_form()
    before: Mapping[str, Answer] = report.pages.get(section.id, {})
    errors = errors or _wrong(asking, {**report.answers, **_only(asking, answers)})
    if errors and not _may_be_incomplete():
        shown = {**report.answers, **asking.as_written()}
        return show(asking, report, shown, errors, seen=_seen()), UNFIT
    for name in to_leave_out(section, errors):
        answers.pop(name, None)
        if name in before:
            answers[name] = before[name]
    try:
        after = save_page(definition, section.id, answers, _seen())
    except PageChangedError:
        shown = {**report.answers, **asking.as_written()}
        return show(asking, report, shown, {}, elsewhere=True), CHANGED
    if after is None:
        return redirect(url_for("reporting.ended"), 303)
    if choose(request.form.get("language", "")):
        return redirect(_address(definition, section.id), 303)
    return redirect(_next(definition, asking.here, after), 303)


def _only(asking: Asking, answers: Answers) -> dict[str, Answer]:
    """The answers of this page, with nothing of it left from before."""
    empty: dict[str, Answer] = {each.id: () for each in asking.here.questions}
    return {**empty, **answers}


def _wrong(asking: Asking, answers: Answers) -> dict[str, str]:
    """What is wrong with answers each of which could be taken by itself, by the box."""
    definition, here = asking.questionnaire.definition, asking.here
    given = {name: answer for name, answer in answers.items() if answer != ()}
    return left_open(definition, here.questions, given) | rules_broken(
        definition, here.section, given
    )


def _seen() -> int:
    """The version of the page that the person had before them."""
    return whole_number(request.form.get("seen"), -1)


def _next(definition: Definition, here: Step, after: Begun) -> str:
    go = request.form.get("go")
    if go == "stop":
        return url_for("reporting.delete")
    if go == "back":
        before = _put_to(definition, after, here.before, back=True)
        return _address(definition, before) if before else url_for("reporting.start")
    onward = step(definition, after.answers, here.section.id)
    following = onward and _put_to(definition, after, onward.after)
    if not following or request.args.get("then") == "check":
        return url_for("sending.check")
    return _address(definition, following)


def _put_to(
    definition: Definition, report: Begun, section_id: str | None, *, back: bool = False
) -> str | None:
    """A section, or the one beyond it where a worker would be asked what they are in it."""
    if section_id is None or report.centre is None:
        return section_id
    if section_id != definition.section_ids[definition.page_of["role"]]:
        return section_id
    passed = step(definition, report.answers, section_id)
    return (passed.before if back else passed.after) if passed else None


def _address(definition: Definition, section_id: str) -> str:
    return url_for("form.page", number=definition.section_ids.index(section_id) + 1)


def show(
    asking: Asking,
    report: Begun,
    answers: Answers,
    errors: Mapping[str, str],
    *,
    seen: int | None = None,
    elsewhere: bool = False,
) -> str:
    """The HTML of a page with these answers filled in.

    `elsewhere`: it was saved in another window since it was shown, so neither is lost yet.
    """
    section = asking.here.section
    return render_template(
        "reporting/page.html",
        here=asking.here,
        definition=asking.questionnaire.definition,
        stops=section.id == STOP_HERE,
        fragments=asking.fragments(answers, errors),
        errors=[(PREFIX + name, message) for name, message in errors.items()],
        taken_out=asking.questionnaire.taken_out(report.taken_out, asking.voice),
        seen=report.versions.get(section.id, 0) if seen is None else seen,
        elsewhere=elsewhere,
        until=f"{report.expires_at.astimezone(LONDON):%H:%M}",
        seconds=max(0, int((report.expires_at - clock.now()).total_seconds())),
    )
