"""The receipt: the code of a report, shown once for a while, and what happens next.

The code lies sealed under the browser's token, as the report did while it was written, until the
person has gone on or the hour is over.
"""

from contextlib import suppress

from flask import Blueprint, abort, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.extensions import db
from engage.reporting.begun import forget_draft
from engage.reporting.forms import ReceiptForm
from engage.reporting.sending import receipt_of, salt
from engage.reporting.views import reading, said
from engage.reporting.who import worker_here
from engage.reports import visit
from engage.reports.held_here import READING
from engage.reports.receipts import CodeGoneError, code_keys, drop_code, open_by_code, spaced
from engage.web.access import public

blueprint = Blueprint("receipt", __name__)


@blueprint.get("/tell-us/receipt")
@public
def receipt() -> str | Response:
    """Thanks, the code, and what happens next."""
    with reading().connect() as connection:
        sent = receipt_of(connection)
    if sent is None:
        return redirect(url_for("reporting.ended"), 303)
    return render_template(
        "reporting/receipt.html",
        code=spaced(sent.code or ""),
        worker=sent.centre is not None,
        told=said("when_read", "next_steps", "under_18"),
    )


@blueprint.post("/tell-us/receipt")
@public
def go_on() -> Response:
    """Go on with the code, have none, or be done; the page is then no longer there."""
    form = ReceiptForm()
    with reading().connect() as connection:
        sent = receipt_of(connection)
    if sent is None or not form.sent_and_valid():
        return redirect(url_for("reporting.ended"), 303)
    if form.go.data == "open" and sent.centre is not None:
        abort(403, "What you sent for somebody else is opened by them alone, with their code.")
    keys = code_keys(sent.code or "", salt())
    with db.engine.begin() as connection:
        opened = open_by_code(connection, keys)
        forget_draft(connection)
        if opened is not None and form.go.data == "open":
            session[READING] = visit.begin(connection, opened, clock.now())
            return redirect(url_for("files.files"), 303)
        if opened is not None and form.go.data == "decline":
            with suppress(CodeGoneError):  # it was taken back in another window
                drop_code(connection, opened, clock.now())
            return redirect(url_for("receipt.declined"), 303)
    return redirect(url_for("receipt.done"), 303)


@blueprint.get("/tell-us/no-code")
@public
def declined() -> str:
    """There is no code: nobody can open the report from outside any more."""
    return _over("reporting/declined.html")


@blueprint.get("/tell-us/done")
@public
def done() -> str:
    """The code is no longer shown here."""
    return _over("reporting/done.html")


def _over(template: str) -> str:
    with reading().connect() as connection:
        worker = worker_here(connection) is not None
    return render_template(template, told=said("when_read"), worker=worker)
