"""Batches of forms that staff type in: opened, looked through, closed."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from engage import clock
from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.entry import batches as stored
from engage.entry.forms import MODES, BatchForm
from engage.entry.models import EntryBatch
from engage.extensions import db
from engage.responses.models import Mode
from engage.waves import store as waves
from engage.waves.published import definition_of
from engage.web.access import current_user, staff
from engage.web.forms import PressForm
from engage.web.language import offered
from engage.web.staff_pages import SURVEYS, add_staff_page

blueprint = Blueprint("entry", __name__)
add_staff_page(
    blueprint,
    "Paper forms",
    "entry.batches",
    SURVEYS,
    "Type in forms that were filled in on paper, by phone or at a stall.",
)

Page = str | Response | tuple[str, int]


@blueprint.get("/staff/entry")
@staff(Role.SURVEY_MANAGER)
def batches() -> str:
    """Every batch, those still open first."""
    return render_template(
        "entry/batches.html",
        batches=stored.newest(db.session()),
        counted=stored.counted(db.session()),
        modes=MODES,
    )


@blueprint.route("/staff/entry/new", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def create() -> Page:
    """Ask which wave the forms belong to and how they were filled in, and open a batch."""
    form = BatchForm()
    takes = waves.open_waves(db.session(), clock.today())
    form.wave.choices = [
        SelectChoice(value=str(each.id), label=_titled(each.id))
        for each in takes
        if _on_paper(each.id)
    ]
    form.language.choices = [SelectChoice(value=each.code, label=each.name) for each in offered()]
    if form.sent_and_valid():
        batch = EntryBatch(
            wave_id=int(form.wave.data),
            mode=Mode(form.mode.data),
            source=" ".join((form.source.data or "").split()) or None,
            language=form.language.data,
            label=" ".join(form.label.data.split()),
            operator=current_user.id,
            opened_on=clock.today(),
        )
        db.session.add(batch)
        db.session.flush()
        note("batch.opened", batch)
        db.session.commit()
        return redirect(url_for("entry.batch", batch_id=batch.id), 303)
    page = render_template("entry/new.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.get("/staff/entry/<int(max=2147483647):batch_id>")
@staff(Role.SURVEY_MANAGER)
def batch(batch_id: int) -> str:
    """One batch: what is in it, the next form, and its end."""
    found = found_batch(batch_id)
    return render_template(
        "entry/batch.html",
        batch=found,
        modes=MODES,
        title=_titled(found.wave_id),
        forms=stored.forms_of(db.session(), batch_id),
        open=is_open(found),
    )


@blueprint.route("/staff/entry/<int(max=2147483647):batch_id>/close", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def close(batch_id: int) -> Page:
    """Ask whether the pile is done, and forget which paper holds whose answers."""
    found, form = found_batch(batch_id), PressForm()
    if found.closed_on is None and not form.sent_and_valid():
        return render_template("entry/close.html", batch=found, form=form)
    if found.closed_on is None:
        stored.close(db.session(), found, clock.today())
        note("batch.closed", found)
        db.session.commit()
    return redirect(url_for("entry.batch", batch_id=batch_id), 303)


def found_batch(batch_id: int) -> EntryBatch:
    """The batch of that number; answers 404 where there is none."""
    return stored.get(db.session(), batch_id) or abort(404)


def is_open(batch: EntryBatch) -> bool:
    """Whether forms can be typed into a batch today."""
    takes = {each.id for each in waves.open_waves(db.session(), clock.today())}
    return batch.closed_on is None and batch.wave_id in takes


def _on_paper(wave_id: int) -> bool:
    """Whether a wave can be answered on paper; one for the invited needs their codes."""
    wave = waves.get(db.session(), wave_id)
    return wave is not None and not definition_of(wave.definition).invited


def _titled(wave_id: int) -> str:
    wave = waves.get(db.session(), wave_id)
    return f"{definition_of(wave.definition).title}: {wave.name}" if wave else ""


def note(action: str, batch: EntryBatch) -> None:
    """Put into the audit log what is done to a batch, or to a form in it."""
    note_done(action, f"batch:{batch.id}", {"wave": batch.wave_id, "mode": batch.mode})
