"""Typing in one form, putting it right, taking it out."""

import uuid
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError

from engage import clock
from engage.accounts.models import Role
from engage.core.definition.model import Definition
from engage.core.words.written_day import FORMS, read_day
from engage.entry import service
from engage.entry.checked import check, questionnaire_of
from engage.entry.models import EntryBatch
from engage.entry.page import TypedPage, form_page, typed_in_request
from engage.entry.service import EntryError, TypedForm
from engage.entry.typed import Paper
from engage.entry.views import Page, found_batch, is_open, note
from engage.extensions import db
from engage.waves import store as waves
from engage.waves.models import Wave
from engage.waves.published import definition_of
from engage.web.access import shows, staff
from engage.web.forms import PressForm

blueprint = Blueprint("entered", __name__, url_prefix="/staff/entry/<int(max=2147483647):batch_id>")

UNFIT = 422
SENT_TWICE = (
    "This form was sent twice at the same moment, in two batches. Look whether it is counted."
)


@blueprint.route("/form", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def form(batch_id: int) -> Page:
    """Type in a form; once it is counted, the next one is there to be typed."""
    batch = _open_batch(batch_id)
    wave = _wave(batch)
    if request.method == "GET":
        day = request.args.get("day", "")[:20] or _written(clock.today())
        after = request.args.get("after", type=int)
        return _shown(batch, wave, TypedPage(uuid.uuid4().hex, day, {}, after=after))
    page, ready = _read(wave, _form_id())
    if ready is None:
        return _shown(batch, wave, page), UNFIT
    try:
        number = service.enter(db.session.connection(), batch_id, page.form_id, ready, clock.now())
        db.session.commit()
    except (EntryError, IntegrityError) as error:
        return _refused(batch, wave, page, error)
    after_it = url_for("entered.form", batch_id=batch_id, after=number, day=page.day)
    return redirect(after_it, 303)


@blueprint.route("/forms/<int(max=2147483647):number>", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("form", of="batch")
def correct(batch_id: int, number: int) -> Page:
    """Show what was typed for a form, and put it right."""
    batch = _open_batch(batch_id)
    wave = _wave(batch)
    if request.method == "GET":
        connection = db.session.connection()
        found = service.answers_on(connection, batch_id, number) or abort(404)
        paper, definition = Paper(connection), definition_of(wave.definition)
        typed = {
            name: paper.typed(question, found[0].get(name))
            for name, question in definition.questions.items()
        }
        return _shown(batch, wave, TypedPage("", _written(found[1]), typed, number=number))
    page, ready = _read(wave, "", number)
    if ready is None:
        return _shown(batch, wave, page), UNFIT
    try:
        service.correct(db.session.connection(), batch_id, number, ready, clock.now())
        note("form.corrected", batch)
        db.session.commit()
    except EntryError as error:
        return _refused(batch, wave, page, error)
    return redirect(url_for("entry.batch", batch_id=batch_id), 303)


@blueprint.route("/forms/<int(max=2147483647):number>/remove", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def remove(batch_id: int, number: int) -> Page:
    """Ask whether a form shall be taken out, and delete its answers."""
    batch, confirm, refused = _open_batch(batch_id), PressForm(), ""
    if confirm.sent_and_valid():
        try:
            service.remove(db.session.connection(), batch_id, number, clock.now())
            note("form.removed", batch)
            db.session.commit()
        except EntryError as error:
            db.session.rollback()
            refused = str(error)
        else:
            return redirect(url_for("entry.batch", batch_id=batch_id), 303)
    page = render_template(
        "entry/remove.html", batch=batch, number=number, form=confirm, refused=refused
    )
    return (page, 409) if refused else page


def _open_batch(batch_id: int) -> EntryBatch:
    """The batch of that number; answers 409 where nothing can be typed into it."""
    batch = found_batch(batch_id)
    if not is_open(batch):
        abort(409, "This batch is closed, or its wave takes no answers any more.")
    return batch


def _wave(batch: EntryBatch) -> Wave:
    return waves.get(db.session(), batch.wave_id) or abort(404)


def _form_id() -> str:
    """The id that the form brought with it; the same one is never counted twice."""
    try:
        return uuid.UUID(request.form.get("form_id", "")).hex
    except ValueError:
        abort(400, "The form has no number of its own. Open the page for the next form again.")


def _read(
    wave: Wave, form_id: str, number: int | None = None
) -> tuple[TypedPage, TypedForm | None]:
    """What was sent, and the form that can be counted if nothing speaks against it."""
    definition: Definition = definition_of(wave.definition)
    page = TypedPage(
        form_id,
        request.form.get("day", "").strip()[:40],
        typed_in_request(definition),
        number=number,
    )
    questionnaire = questionnaire_of(definition, wave.definition_id)
    page.checked = check(questionnaire, Paper(db.session.connection()), page.typed)
    day, page.day_error = _day(page.day, wave)
    left_out = request.form.get("leave_out", "") == " ".join(page.checked.unasked)
    if day is None or page.checked.errors or not left_out:
        return page, None
    return page, TypedForm(definition, wave.definition_id, page.checked.answers, day)


def _day(written: str, wave: Wave) -> tuple[date | None, str]:
    """The day on a form, or what is wrong with it."""
    try:
        day = read_day(written)
    except ValueError:
        return None, f"Enter the day on the form, as {FORMS}."
    last = min(clock.today(), wave.closes_on)
    if not wave.opens_on <= day <= last:
        return (
            None,
            f"The day on the form must be from {_written(wave.opens_on)} to {_written(last)}.",
        )
    return day, ""


def _shown(batch: EntryBatch, wave: Wave, page: TypedPage) -> str:
    paper = Paper(db.session.connection())
    return form_page(batch, definition_of(wave.definition), paper, page)


def _refused(batch: EntryBatch, wave: Wave, page: TypedPage, error: Exception) -> tuple[str, int]:
    """The page of a form that could not be counted, with what was typed still on it."""
    db.session.rollback()
    page.refused = str(error) if isinstance(error, EntryError) else SENT_TWICE
    return _shown(batch, wave, page), 409


def _written(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"
