"""Coming back with a code; the first time after a worker's report, with a code of one's own."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engage import clock
from engage.extensions import db
from engage.network import network_key
from engage.reporting.forms import CodeForm, SeenForm
from engage.reporting.sending import salt
from engage.reporting.views import reading
from engage.reporting.visiting import OWN_CODE, visiting
from engage.reports import draft, visit
from engage.reports.changing import add_entry
from engage.reports.held_here import NEXT_CODE, READING, close_read
from engage.reports.receipts import (
    CodeError,
    CodeGoneError,
    Visit,
    code_keys,
    new_code,
    open_by_code,
    parsed,
    replace_code,
    spaced,
)
from engage.reports.tries import TooManyTriesError, count_try, was_right
from engage.web.access import public

blueprint = Blueprint("back", __name__)

UNFIT, TOO_MANY = 422, 429


@blueprint.route("/tell-us/back", methods=["GET", "POST"])
@public
def back() -> str | Response | tuple[str, int]:
    """Ask for the code. What is wrong with one is never said: only that it opened nothing."""
    form = CodeForm()
    if request.method == "GET":
        return _ask(form)
    if not form.sent_and_valid():
        return _ask(form), UNFIT
    try:
        code = parsed(form.code.data or "")
        now = clock.now()
        _count(now)
        opened = _open(code)
    except CodeError:
        form.blame("code", gettext("A code has 16 digits. Check what you wrote."))
        return _ask(form), UNFIT
    except TooManyTriesError as error:
        minutes = max(1, round(error.wait.total_seconds() / 60))
        form.blame(
            "code",
            gettext("Too many codes were tried. Wait %(minutes)s minutes.", minutes=minutes),
        )
        return _ask(form), TOO_MANY
    if opened is None:
        form.blame("code", gettext("This code opens nothing here. Check each number of it."))
        return _ask(form), UNFIT
    with db.engine.begin() as connection:
        was_right(connection, network_key(), now)
        close_read(connection, session)
        session[READING] = visit.begin(connection, opened, clock.now())
    return redirect(url_for("talk.talk"), 303)


def _ask(form: CodeForm) -> str:
    """The page that asks; what was typed is not shown again, as somebody may look on."""
    return render_template("reporting/back.html", form=form)


def _count(now: datetime) -> None:
    """Count a try before the code is looked at, in a transaction of its own."""
    with db.engine.begin() as connection:
        count_try(connection, network_key(), now)


def _open(code: str) -> Visit | None:
    keys = code_keys(code, salt())
    with reading().connect() as connection:
        return open_by_code(connection, keys)


@blueprint.get("/tell-us/own-code")
@public
def own_code() -> str | Response:
    """A new code, as a worker saw the one before; that one opens until this is written down."""
    found = visiting(own_code=False)
    return render_template(
        "reporting/own_code.html",
        code=spaced(_next_code(found.visit) or ""),
        first=found.needs_own_code,
        seen=found.report.version,
    )


@blueprint.post("/tell-us/own-code")
@public
def take_own_code() -> Response:
    """Make a new code to be written down, then let it take the place of the one before."""
    found, form = visiting(own_code=False), SeenForm()
    if not form.sent_and_valid():
        return redirect(url_for("back.own_code"), 303)
    code, now = _next_code(found.visit), clock.now()
    if code is None:
        box = {"code": new_code(), "instead_of": found.visit.mark.hex()}
        with db.engine.begin() as connection:
            session[NEXT_CODE] = draft.start(connection, now, box)
        return redirect(url_for("back.own_code"), 303)
    keys = code_keys(code, salt())
    try:
        with db.engine.begin() as connection:
            opened = replace_code(connection, found.visit, keys)
            visit.stay(connection, found.token, now, opened)
            entry = {"kind": OWN_CODE, "at": now.isoformat(timespec="seconds"), "by": "reporter"}
            add_entry(connection, found.report.id, found.report.rings, "talk", entry)
            draft.discard(connection, session.pop(NEXT_CODE))
    except CodeGoneError:
        return redirect(url_for("back.back"), 303)
    return redirect(url_for("talk.talk"), 303)


def _next_code(opened: Visit) -> str | None:
    """The code that was shown here to take the place of the one that opened the report, if any.

    One that was shown for another report's code is left alone: somebody else wrote it down.
    """
    token = session.get(NEXT_CODE)
    if not isinstance(token, str):
        return None
    with reading().connect() as connection:
        found = draft.read(connection, token, clock.now())
    mine = found is not None and found.value.get("instead_of") == opened.mark.hex()
    return str(found.value["code"]) if found and mine else None
