"""Changing who may be told, with the code: a new version, which never loses the ones before."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.core.definition.question import Question
from engage.core.reporting.fields import WISHES, codes_of
from engage.core.reporting.wishes import (
    UNDER_18,
    Level,
    Version,
    offered,
    said_of,
    with_version,
)
from engage.extensions import db
from engage.reporting.asked import questionnaire
from engage.reporting.forms import SeenForm
from engage.reporting.talk import CHANGED, UNFIT, Act, seen_in
from engage.reporting.views import said
from engage.reporting.visiting import Visiting, visiting
from engage.reports.changing import ChangedElsewhereError, PartGoneError
from engage.reports.facts import Facts, seal_facts
from engage.reports.line import Line
from engage.reports.models import Status
from engage.reports.opened import OpenReport
from engage.web.access import public
from engage.web.answer_fields import PREFIX

blueprint = Blueprint("wishing", __name__)


@blueprint.route("/tell-us/mine/wishes", methods=["GET", "POST"])
@public
def wishes() -> str | Response | tuple[str, int]:
    """Ask again what was asked before any name was, and keep the answer as the newest."""
    found = visiting()
    if request.method == "GET":
        return _show(found, said_of(found.report.parts["wishes"]))
    form, questions = SeenForm(), _questions(found.report)
    given = {WISHES[each.id]: request.form.get(PREFIX + each.id, "") for each in questions}
    allowed = offered(str(found.report.parts["facts"].get("victim_age", "")))
    if not form.sent_and_valid() or any(level not in allowed for level in given.values()):
        return _show(found, given, wrong=True), UNFIT
    try:
        _change(found, given, seen_in(form.seen.data))
    except (ChangedElsewhereError, PartGoneError):
        return _show(visiting(), given, elsewhere=True), CHANGED
    return redirect(url_for("talk.talk", saved=1), 303)


def _change(found: Visiting, given: dict[str, str], seen: int) -> None:
    now, report = clock.now(), found.report
    levels = {name: Level(level) for name, level in given.items()}
    version = Version(found.giver, now.isoformat(timespec="seconds"), levels)
    part = with_version(report.parts["wishes"], version)
    binding = said_of(part)
    with db.engine.begin() as connection:
        act = Act(found, connection, seen).change("wishes", part)
        act.add({"kind": "wishes"}).ours_to_answer(lambda line: replace(line, wishes=binding))
        if report.status != Status.CLOSED and "line" not in report.gone:
            seal_facts(connection, report.id, _facts(report, replace(report.line, wishes=binding)))


def _facts(report: OpenReport, line: Line) -> Facts:
    """What is counted of a report that is not closed, made anew from what its code opens."""
    first = line.first_contact_on
    return Facts(
        month=report.month,
        kind=line.kind,
        strands=line.strands,
        types=line.types,
        ward=line.ward,
        place_type="".join(codes_of(report.parts["facts"].get("place_type"))),
        centre=line.centre,
        wishes=line.wishes,
        days_to_first_contact=(first - line.received_on).days if first else None,
    )


def _questions(report: OpenReport) -> list[Question]:
    """The questions about wishes that fit the age of the person, with the levels as answers."""
    age = str(report.parts["facts"].get("victim_age", ""))
    form, levels = questionnaire(worker=False).definition, offered(age)
    fitting = (
        form.questions[each] for each in WISHES if each.endswith(UNDER_18) is (age == UNDER_18)
    )
    return [
        replace(each, options=tuple(option for option in each.options if option.code in levels))
        for each in fitting
    ]


def _show(
    found: Visiting, given: dict[str, str], *, wrong: bool = False, elsewhere: bool = False
) -> str:
    return render_template(
        "reporting/wishes.html",
        questions=[
            (each, PREFIX + each.id, given.get(WISHES[each.id], ""))
            for each in _questions(found.report)
        ],
        seen=found.report.version,
        told=said("danger", "under_18"),
        wrong=wrong,
        elsewhere=elsewhere,
    )
