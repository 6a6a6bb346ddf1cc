"""Changing how the person may be reached, with the code: ways, number, times, word and rules."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engage.answering.asking import Asking
from engage.answering.flow import Step
from engage.core.definition.routing import Answer, Answers, asked
from engage.core.reporting.fields import FIELDS, FieldClass, codes_of
from engage.core.reporting.wishes import Giver
from engage.extensions import db
from engage.reporting.asked import questionnaire
from engage.reporting.forms import SeenForm
from engage.reporting.talk import CHANGED, UNFIT, Act, seen_in
from engage.reporting.visiting import Visiting, visiting
from engage.reports.changing import ChangedElsewhereError, PartGoneError
from engage.reports.opened import OpenReport
from engage.web.access import public
from engage.web.answer_fields import PREFIX

blueprint = Blueprint("reaching", __name__)

PART, KIND = "contact", "contact_details"
NUMBERS = frozenset({"contact_phone", "contact_email"})
HOW, WHOSE = "contact_how", "contact_whose"
ROLE = "role"
"""What somebody is in it, which decides whether it is asked whose number it is."""
ONLY_CODE = "code"
"""The answer with which all that tells how to reach them is to go."""
WAYS = tuple(name for name, (_, kind) in FIELDS.items() if kind is FieldClass.CONTACT)
"""The questions of the page. Who interprets, and who comes, is not asked again."""


@blueprint.route("/tell-us/mine/contact", methods=["GET", "POST"])
@public
def contact() -> str | Response | tuple[str, int]:
    """Ask again how to get in touch safely, with what was said before filled in."""
    found = visiting()
    if PART in found.report.gone:
        abort(404)
    asking = _asking(found)
    if request.method == "GET":
        return _show(asking, found.report, _before(found.report), {})
    form = SeenForm()
    answers, wrong = asking.read_form()
    answers = {**answers, ROLE: found.role}
    if not asked(asking.questionnaire.definition.questions[WHOSE], answers):
        wrong = {name: message for name, message in wrong.items() if name != WHOSE}
    wrong = {**_at_a_loss(asking, answers), **wrong}
    if not form.sent_and_valid() or wrong:
        return _show(asking, found.report, asking.as_written(), wrong), UNFIT
    try:
        _change(found, _own(found, _kept(asking, answers)), seen_in(form.seen.data))
    except (ChangedElsewhereError, PartGoneError):
        fresh = visiting().report
        return _show(asking, fresh, asking.as_written(), {}, elsewhere=True), CHANGED
    return redirect(url_for("talk.talk", saved=1), 303)


def _asking(found: Visiting) -> Asking:
    """Every question about getting in touch, on one page, as it is asked in the form.

    Whoever speaks as the victim is not asked whose number it is.
    """
    form = questionnaire(worker=False)
    definition = form.definition
    ways = (each for each in WAYS if each != WHOSE or found.giver is not Giver.VICTIM)
    questions = tuple(definition.questions[each] for each in ways)
    section = definition.sections[definition.page_of[HOW]]
    return Asking(form, Step(section, questions, 1, 1, None, None), None, None)


def _own(found: Visiting, kept: dict[str, Answer]) -> dict[str, Answer]:
    """With whose number it is, where the victim writes anew what a worker wrote for them."""
    own = found.giver is Giver.VICTIM and found.role != Giver.VICTIM
    return {**kept, WHOSE: "victim"} if own and not NUMBERS.isdisjoint(kept) else kept


def _before(report: OpenReport) -> dict[str, Answer]:
    """What was answered last, as the questions take it."""
    given = report.parts[PART]
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in given.items()
        if name in WAYS
    }


def _kept(asking: Asking, answers: Answers) -> dict[str, Answer]:
    """The answers that count: as in the form, without a way to be reached none but that."""
    put = (each for each in asking.here.questions if each.id in answers)
    return {each.id: answers[each.id] for each in put if asked(each, answers)}


def _at_a_loss(asking: Asking, answers: Answers) -> dict[str, str]:
    """What to say where something would not be kept, unless that is what they want."""
    lost = answers.keys() - _kept(asking, answers).keys() - {ROLE}
    if not lost or ONLY_CODE in codes_of(answers.get(HOW)):
        return {}
    if HOW not in answers:
        return {HOW: gettext("Tick each way that is safe, or that we may only write here.")}
    words = gettext("You wrote this, but did not tick its way above. Tick it, or empty the box.")
    return dict.fromkeys(sorted(lost), words)


def _change(found: Visiting, answers: Mapping[str, Answer], seen: int) -> None:
    """Write the details anew; who interprets and who comes stays as it was."""
    before = found.report.parts[PART]
    value = {name: each for name, each in before.items() if name not in WAYS} | dict(answers)
    with db.engine.begin() as connection:
        Act(found, connection, seen).change(PART, value).add({"kind": KIND}).ours_to_answer()


def _show(
    asking: Asking,
    report: OpenReport,
    answers: Answers,
    wrong: Mapping[str, str],
    *,
    elsewhere: bool = False,
) -> str:
    return render_template(
        "reporting/contact.html",
        fragments=asking.fragments(answers, wrong),
        errors=[(PREFIX + name, message) for name, message in wrong.items()],
        seen=report.version,
        elsewhere=elsewhere,
    )
