"""Signatures on paper, typed by staff."""

from flask import Blueprint, abort, flash, get_flashed_messages, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.areas.store import ward_names
from engage.audit.done import note_done
from engage.extensions import db, site_settings
from engage.legacy import batches, piles
from engage.legacy.pile_forms import WAYS, PileForm, WrittenForm
from engage.legacy.report import read_report
from engage.pledges.models import Kind, SignatureBatch, Source
from engage.pledges.titles import titles
from engage.web.access import current_user, staff
from engage.web.forms import PressForm, choices_of
from engage.web.language import offered

blueprint = Blueprint("typed", __name__, url_prefix="/staff/pledges/paper")

Page = str | Response | tuple[str, int]
NUMBER = "int(max=2147483647)"
BY_HAND = (Source.PAPER, Source.EVENT)
DONE = "taken"
"""The state of a pile that is closed; an open one waits."""


@blueprint.get("")
@staff(Role.SURVEY_MANAGER)
def piles_of_paper() -> str:
    """Every pile, the newest first."""
    return render_template(
        "legacy/piles.html",
        piles=batches.newest(db.session(), *BY_HAND),
        titles=titles(db.session.connection()),
        ways=WAYS,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def new() -> Page:
    """Open a pile of one pledge, place and day."""
    form = PileForm()
    form.pledge.choices = choices_of(
        (str(number), title) for number, title in titles(db.session.connection()).items()
    )
    if form.sent_and_valid() and form.day.data > clock.today():
        form.blame("day", "This day is still to come. Enter a day up to today.")
    elif form.sent_and_valid():
        batch = batches.open_batch(
            db.session(),
            pledge_id=int(form.pledge.data),
            source=Source(form.source.data),
            origin=" ".join(form.origin.data.split()),
            day=form.day.data,
            staff_id=current_user.id,
            now=clock.now(),
        )
        _note("pile.opened", batch)
        number = batch.id
        db.session.commit()
        return redirect(url_for("typed.pile", batch_id=number), 303)
    page = render_template("legacy/new_pile.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.route(f"/<{NUMBER}:batch_id>", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def pile(batch_id: int) -> Page:
    """One pile: the signature that is typed next, and its end."""
    batch = _pile(batch_id)
    form = WrittenForm()
    form.ward.choices = choices_of([("", "Not known"), *ward_names(db.session()).items()])
    form.language.choices = choices_of(
        (each.code, each.name) for each in offered() if not each.reading_of
    )
    if batch.state != DONE and form.sent_and_valid():
        return _add(batch, form)
    page = render_template(
        "legacy/pile.html",
        batch=batch,
        day_of=read_report(batch.report).day,
        title=titles(db.session.connection())[batch.pledge_id],
        ways=WAYS,
        form=form,
        open=batch.state != DONE,
        said=get_flashed_messages(category_filter=["pile"]),
    )
    return (page, 422) if form.errors else page


@blueprint.route(f"/<{NUMBER}:batch_id>/close", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def close(batch_id: int) -> Page:
    """Ask whether a pile is done."""
    batch, form = _pile(batch_id), PressForm()
    if batch.state != DONE and not form.sent_and_valid():
        return render_template("legacy/close_pile.html", batch=batch, form=form)
    if batch.state != DONE:
        batch.state = DONE
        _note("pile.closed", batch)
        db.session.commit()
    return redirect(url_for("typed.pile", batch_id=batch_id), 303)


@blueprint.route(f"/<{NUMBER}:batch_id>/<{NUMBER}:signature_id>/remove", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def remove(batch_id: int, signature_id: int) -> Page:
    """Ask whether a signature was typed by mistake, and delete it."""
    batch, form = _pile(batch_id), PressForm()
    connection = db.session.connection()
    if batch.state == DONE or not piles.holds(connection, batch, signature_id):
        abort(404)
    if not form.sent_and_valid():
        return render_template(
            "legacy/remove.html", batch=batch, signature_id=signature_id, form=form
        )
    piles.remove(connection, batch, signature_id)
    _note("pile.changed", batch)
    db.session.commit()
    return redirect(url_for("typed.pile", batch_id=batch_id), 303)


def _add(batch: SignatureBatch, form: WrittenForm) -> Response:
    written = piles.Written(
        kind=Kind(form.kind.data),
        name=" ".join((form.name.data or "").split()),
        under_18=bool(form.under_18.data),
        ward=form.ward.data,
        address=form.address.data or "",
        agreed=bool(form.agreed.data),
        language=form.language.data,
    )
    number = piles.add(
        db.session.connection(),
        batch,
        written,
        day=read_report(batch.report).day,
        now=clock.now(),
        settings=site_settings(),
    )
    db.session.commit()
    # Who is next to see the page typed it: neither name nor address is in the message.
    flash(str(number or ""), "pile")
    return redirect(url_for("typed.pile", batch_id=batch.id), 303)


def _pile(batch_id: int) -> SignatureBatch:
    return batches.get(db.session(), batch_id, *BY_HAND) or abort(404)


def _note(action: str, batch: SignatureBatch) -> None:
    note_done(action, f"batch:{batch.id}", {"pledge": batch.pledge_id, "signatures": batch.taken})
