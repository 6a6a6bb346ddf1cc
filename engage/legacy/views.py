"""An older list of signatures: bring it in, read what was found, take it, read the report."""

import hashlib
from datetime import date

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.core.export.csv_file import csv_bytes
from engage.extensions import db, site_settings
from engage.jobs import store as jobs
from engage.legacy import batches, kept_files
from engage.legacy.batches import OPEN
from engage.legacy.forms import LARGEST, ListForm, TakeForm
from engage.legacy.report import WORDS, read_report
from engage.pledges.models import SignatureBatch, Source
from engage.pledges.titles import titles
from engage.web.access import current_user, staff
from engage.web.encoding import takes_file
from engage.web.forms import PressForm, choices_of

blueprint = Blueprint("legacy", __name__, url_prefix="/staff/pledges/lists")

Page = str | Response | tuple[str, int]
NUMBER = "int(max=2147483647)"
SHOWN = 20
"""Rows that the page names; the file has them all."""


@blueprint.get("")
@staff(Role.SURVEY_MANAGER)
def lists() -> str:
    """Every older list that was brought in, the newest first."""
    return render_template(
        "legacy/lists.html",
        lists=batches.newest(db.session(), Source.LEGACY),
        titles=titles(db.session.connection()),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@takes_file(LARGEST)
@staff(Role.SURVEY_MANAGER)
def new() -> Page:
    """Bring a list in; the worker looks through it, and nothing is counted yet."""
    form = ListForm()
    form.pledge.choices = choices_of(
        (str(number), title) for number, title in titles(db.session.connection()).items()
    )
    if form.sent_and_valid() and _acceptable(form):
        batch = _keep(form)
        return redirect(url_for("legacy.one", batch_id=batch), 303)
    page = render_template("legacy/new.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.get(f"/<{NUMBER}:batch_id>")
@staff(Role.SURVEY_MANAGER)
def one(batch_id: int) -> str:
    """One list: how far it is, what was found, what became of it."""
    return _page(_list(batch_id), TakeForm())


@blueprint.post(f"/<{NUMBER}:batch_id>/take")
@staff(Role.SURVEY_MANAGER)
def take(batch_id: int) -> Page:
    """Ask the worker to take a list whole; with broken rows, only if they are to be left out."""
    batch, form = _list(batch_id), TakeForm()
    if batch.state != "checked" or not form.sent_and_valid():
        return redirect(url_for("legacy.one", batch_id=batch_id), 303)
    if batch.broken and not form.leave_out.data:
        form.blame("leave_out", "Tick the box, or put the rows right and bring the list in again")
        return _page(batch, form), 422
    given = {"batch": batch_id, "staff": current_user.id}
    _enqueue("take_list", given)
    db.session.commit()
    return redirect(url_for("legacy.one", batch_id=batch_id), 303)


@blueprint.route(f"/<{NUMBER}:batch_id>/put-away", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def put_away(batch_id: int) -> Page:
    """Ask whether a list shall not be taken after all, and delete its file."""
    batch, form = _list(batch_id), PressForm()
    if batch.state not in OPEN:
        return redirect(url_for("legacy.one", batch_id=batch_id), 303)
    if not form.sent_and_valid():
        return render_template("legacy/put_away.html", batch=batch, form=form)
    if batches.put_away(db.session(), batch_id):
        _note("list.refused", batch)
    db.session.commit()
    kept_files.forget(site_settings().instance_dir, batch_id)
    return redirect(url_for("legacy.lists"), 303)


@blueprint.get(f"/<{NUMBER}:batch_id>/rows.csv")
@staff(Role.SURVEY_MANAGER)
def rows(batch_id: int) -> Response:
    """The rows that are not taken, by number, with why: a file to put the list right with."""
    report = read_report(_list(batch_id).report)
    answer = Response(
        csv_bytes(["Row", "Why it is not taken"], report.lines()), content_type="text/csv"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="list-{batch_id}-rows.csv"'
    return answer


def _acceptable(form: ListForm) -> bool:
    """Whether a list may come in; notes why not."""
    if form.day.data > clock.today():
        form.blame("day", "This day is still to come. Enter a day up to today.")
    same = batches.same_file(db.session(), int(form.pledge.data), _digest(form.content))
    if same is not None:
        form.blame("file", f"This very file is here already, as list {same.id}: {same.origin}")
    return not form.errors


def _keep(form: ListForm) -> int:
    """Store a list and ask the worker to look through it; the number of its batch.

    The batch is stored before its file: a file without one would be deleted as left over.
    """
    content, day = form.content, form.day.data
    batch = batches.open_batch(
        db.session(),
        pledge_id=int(form.pledge.data),
        source=Source.LEGACY,
        origin=" ".join(form.origin.data.split()),
        digest=_digest(content),
        day=day if isinstance(day, date) else clock.today(),
        staff_id=current_user.id,
        now=clock.now(),
    )
    _note("list.brought", batch)
    number = batch.id
    db.session.commit()
    kept_files.keep(site_settings().instance_dir, number, content)
    _enqueue("check_list", {"batch": number})
    db.session.commit()
    return number


def _page(batch: SignatureBatch, form: TakeForm) -> str:
    report = read_report(batch.report)
    return render_template(
        "legacy/list.html",
        batch=batch,
        report=report,
        kinds=[(words, len(report.rows.get(kind, ()))) for kind, words in WORDS.items()],
        lines=report.lines()[:SHOWN],
        title=titles(db.session.connection())[batch.pledge_id],
        busy=jobs.pending(db.session(), batches.job_key(batch.id)),
        form=form,
    )


def _list(batch_id: int) -> SignatureBatch:
    return batches.get(db.session(), batch_id, Source.LEGACY) or abort(404)


def _enqueue(kind: str, given: dict[str, int]) -> None:
    key = batches.job_key(given["batch"])
    jobs.enqueue(db.session(), kind, given, due_at=clock.now(), key=key)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _note(action: str, batch: SignatureBatch) -> None:
    note_done(action, f"batch:{batch.id}", {"pledge": batch.pledge_id})
