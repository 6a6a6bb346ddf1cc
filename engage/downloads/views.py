"""Analysts ask for files of a wave, and take them once the worker has made them."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.approvals.store import for_yes_of
from engage.downloads import requests, service, store
from engage.downloads.forms import FileForm, FullForm
from engage.downloads.kinds import OFFERS, FileKind
from engage.downloads.parts import parts_of
from engage.downloads.service import Seen
from engage.extensions import db
from engage.web.access import current_user, staff
from engage.web.staff_pages import FINDINGS, add_staff_page

blueprint = Blueprint("downloads", __name__)

Page = str | Response | tuple[str, int]
NUMBER = "int(max=2147483647)"


def notices() -> list[str]:
    """What the staff home page says at its top: requests that wait for this person's yes."""
    count = len(for_yes_of(db.session(), requests.KIND, current_user.id))
    if not count:
        return []
    what = "request for responses in full waits" if count == 1 else "requests wait"
    return [f"{count} {what} for your yes or no"]


add_staff_page(
    blueprint,
    "Downloads",
    "downloads.waves",
    FINDINGS,
    "Take figures and responses as files.",
    notices=notices,
)


@blueprint.get("/staff/downloads")
@staff(Role.ANALYST)
def waves() -> str:
    """Every wave that has something to take."""
    session = db.session()
    return render_template(
        "downloads/waves.html",
        waves=service.fielded(session),
        waiting=requests.waiting(session),
    )


@blueprint.route(f"/staff/downloads/<{NUMBER}:wave_id>", methods=["GET", "POST"])
@staff(Role.ANALYST)
def wave(wave_id: int) -> Page:
    """The files of a wave; what is sent asks for another."""
    seen = _seen(wave_id)
    form = FileForm()
    form.offer([*seen.bundles, *seen.offered])
    if form.sent_and_valid():
        service.ask(
            db.session(),
            wave_id,
            FileKind(form.kind.data),
            staff_id=current_user.id,
            now=clock.now(),
        )
        db.session.commit()
        return redirect(url_for("downloads.wave", wave_id=wave_id), 303)
    waiting = "wait" in request.args
    if waiting and not (seen.pending or form.errors):
        return redirect(url_for("downloads.wave", wave_id=wave_id))
    page = render_template(
        "downloads/wave.html",
        seen=seen,
        form=form,
        offers=OFFERS,
        may_open=_may_open,
        waiting=waiting,
    )
    return (page, 422) if form.errors else page


@blueprint.route(f"/staff/downloads/<{NUMBER}:wave_id>/responses-in-full", methods=["GET", "POST"])
@staff(Role.ANALYST)
def full(wave_id: int) -> Page:
    """Ask for the responses in full, once there is a purpose and a day of deletion."""
    seen = _seen(wave_id)
    if not seen.with_answers:
        abort(410)
    form = FullForm()
    form.limit(clock.today(), service.last_day(seen.wave, clock.today()))
    if form.sent_and_valid():
        service.ask_in_full(
            db.session(),
            wave_id,
            staff_id=current_user.id,
            now=clock.now(),
            purpose=form.purpose.data,
            delete_on=form.delete_on.data,
        )
        db.session.commit()
        return redirect(url_for("downloads.wave", wave_id=wave_id), 303)
    page = render_template("downloads/full.html", seen=seen, form=form)
    return (page, 422) if form.errors else page


@blueprint.get(f"/staff/downloads/files/<{NUMBER}:file_id>")
@staff(Role.ANALYST)
def take(file_id: int) -> Response:
    """Hand a file over, and note to whom."""
    file = store.find(db.session(), file_id)
    if file is None or file.delete_on <= clock.today():
        abort(404)
    if not _may_open(file):
        abort(403)
    # A page that only reads does not hold the write lock, so the note has a connection of its own.
    with (
        db.engine.connect().execution_options(read_only=False) as connection,
        Session(connection) as writing,
    ):
        service.note_download(writing, file, staff_id=current_user.id, now=clock.now())
        writing.commit()
    # Its connections are its own: they are needed after the request is over.
    parts = parts_of(db.engine, file_id, file.size)
    answer = Response(parts, content_type=file.media_type)
    answer.content_length = file.size
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


def _seen(wave_id: int) -> Seen:
    seen = service.look(db.session(), wave_id, current_user.id, clock.now())
    if seen is None:
        abort(404)
    return seen


def _may_open(file: store.Listed) -> bool:
    return service.may_open(file, current_user.id, in_emergency=current_user.emergency is not None)
