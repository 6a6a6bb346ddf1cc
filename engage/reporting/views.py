"""Where a report begins: what is said before anything is asked, and what when it is gone."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from sqlalchemy import Connection, Engine
from werkzeug.wrappers import Response

from engage import clock
from engage.core.definition.routing import Answers
from engage.extensions import db, limiter
from engage.keyring.held import held_or_none
from engage.keyring.ready import can_take
from engage.reporting.asked import WORKER, questionnaire
from engage.reporting.begun import begin, begun, forget_draft
from engage.reporting.forms import StartForm
from engage.reporting.who import bar_of, worker_here
from engage.reports.held_here import WRITING
from engage.reports.policy import policy
from engage.web.access import public
from engage.web.language import language
from engage.web.limits import too_many

blueprint = Blueprint("reporting", __name__)

STARTS = "60 per minute"
"""From one network: each start makes a row that lives for an hour."""
TOLD = ("when_read", "next_steps", "danger", "under_18")
"""The texts of the policy that are said before the first question."""


def reading() -> Engine:
    """The engine for transactions that only read, even inside a POST."""
    return db.engine.execution_options(read_only=True)


def said(*names: str) -> dict[str, str]:
    """Texts of the partnership that hold today, in the reader's language."""
    return {name: policy().text(name, clock.today(), language().tag) for name in names}


@blueprint.get("/tell-us")
@public
def start() -> str:
    """999 first, then what happens with a report, when it is read and what cannot be promised."""
    form = questionnaire(worker=False)
    with reading().connect() as connection:
        worker = worker_here(connection)
        there = begun(connection)
        open_now = can_take(connection)
    return render_template(
        "reporting/start.html",
        definition=form.definition,
        told=said(*TOLD),
        worker=worker,
        bar=bar_of(worker) if worker else None,
        locked=worker is not None and held_or_none() is None,
        writing=there is not None and not there.sent,
        closed=not open_now,
    )


@blueprint.post("/tell-us")
@public
@limiter.limit(STARTS, error_message=too_many)
def start_now() -> Response:
    """Begin, or carry on; what was begun in this browser is deleted only when that was chosen."""
    form = StartForm()
    if not form.sent_and_valid():
        return redirect(url_for("reporting.start"), 303)
    with db.engine.begin() as connection:
        there = begun(connection)
        writing = there is not None and not there.sent
        if writing and form.carry_on.data not in {"yes", "no"}:
            return redirect(url_for("reporting.start"), 303)
        if not (writing and form.carry_on.data == "yes") and not _begin(connection):
            return redirect(url_for("reporting.start"), 303)
    return redirect(url_for("form.page", number=1), 303)


def _begin(connection: Connection) -> bool:
    """Begin a report; False where nobody could read it, or a worker may not send one today."""
    worker = worker_here(connection)
    if not can_take(connection) or (worker and (bar_of(worker) or held_or_none() is None)):
        return False
    page = questionnaire(worker=True).definition.page_of["role"]
    section = questionnaire(worker=True).definition.section_ids[page]
    role: dict[str, Answers] = {section: {"role": WORKER}}
    begin(connection, worker.centre_id if worker else None, role if worker else {})
    return True


@blueprint.route("/tell-us/delete", methods=["GET", "POST"])
@public
def delete() -> str | Response:
    """Ask once whether everything is to be deleted, then delete it."""
    form = StartForm()
    if request.method == "POST" and form.sent_and_valid():
        with db.engine.begin() as connection:
            forget_draft(connection)
        return redirect(url_for("reporting.ended"), 303)
    if WRITING not in session:
        return redirect(url_for("reporting.ended"), 303)
    return render_template("reporting/delete.html")


@blueprint.get("/tell-us/ended")
@public
def ended() -> str:
    """Nothing is here any more: sent, deleted or out of time; it does not say which."""
    questionnaire(worker=False)
    return render_template("reporting/ended.html")
