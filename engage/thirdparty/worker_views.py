"""Workers of centres for staff: give them an account, renew their training, remove them.

Whoever makes an account is shown its first password, and could sign in with it. So administrators,
who may read no report, make none.
"""

import secrets

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts import store as accounts
from engage.accounts.models import Role, StaffMember
from engage.accounts.store import AccountError
from engage.centres import store
from engage.centres.store import CentreError, Worker
from engage.extensions import db
from engage.keyring.access import keyed
from engage.keyring.leaving import let_go
from engage.reports.leaving import forget_holder
from engage.sessions.store import end_all
from engage.thirdparty.staff_forms import TrainingForm, WorkerForm
from engage.thirdparty.staff_views import LOOK_AFTER, ONE, PREFIX, Page, found, note
from engage.web.access import shows
from engage.web.forms import PressForm

blueprint = Blueprint("centre_workers", __name__, url_prefix=PREFIX)

WORKER = f"{ONE}/workers/<int(max=2147483647):staff_id>"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for each other."""


@blueprint.route(f"{ONE}/workers/new", methods=["GET", "POST"])
@keyed(*LOOK_AFTER)
def new(number: int) -> Page:
    """Make an account for a worker; its first password is shown once, to be handed over."""
    centre, form = found(number), WorkerForm()
    if form.sent_and_valid():
        password = first_password()
        try:
            member = accounts.create(
                db.session(),
                email=form.email.data or "",
                name=form.name.data or "",
                role=Role.CENTRE_WORKER,
                password=password,
            )
            store.employ(db.session(), centre, member.id, form.trained_on.data)
        except (AccountError, CentreError) as error:
            db.session.rollback()
            form.blame("email", str(error))
        else:
            email = member.email
            note("centre_worker.added", number, staff=member.id)
            return render_template(
                "thirdparty/worker_made.html", centre=centre, email=email, password=password
            )
    page = render_template("thirdparty/worker_new.html", form=form, centre=centre)
    return (page, 422) if form.errors else page


@blueprint.route(WORKER, methods=["GET", "POST"])
@keyed(*LOOK_AFTER)
@shows("people", of="centre")
def one(number: int, staff_id: int) -> Page:
    """A worker's training; with new days it is renewed."""
    worker = _worker(number, staff_id)
    form = TrainingForm(data={"trained_on": worker.trained_on, "ends_on": worker.training_ends_on})
    if form.sent_and_valid():
        try:
            store.renew(db.session(), staff_id, form.trained_on.data, form.ends_on.data)
        except CentreError as error:
            form.blame("ends_on", str(error))
        else:
            note("centre_worker.trained", number, staff=staff_id)
            return redirect(url_for("centres.one", number=number), 303)
    page = render_template("thirdparty/worker.html", form=form, press=PressForm(), worker=worker)
    return (page, 422) if form.errors else page


@blueprint.post(f"{WORKER}/remove")
@keyed(*LOOK_AFTER)
def remove(number: int, staff_id: int) -> Response:
    """Close a worker's account: their sessions end and their keys go at once."""
    _worker(number, staff_id)
    if PressForm().sent_and_valid():
        session = db.session()
        member = session.get_one(StaffMember, staff_id)
        accounts.deactivate(session, member, clock.today())
        end_all(session, staff_id, clock.now())
        let_go(session, member)
        forget_holder(session, staff_id)
        store.dismiss(session, staff_id)
        note("centre_worker.removed", number, staff=staff_id)
    return redirect(url_for("centres.one", number=number), 303)


def first_password() -> str:
    """A password that is read out or written down: five groups of four, about 99 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(5))


def _worker(number: int, staff_id: int) -> Worker:
    worker = store.worker_of(db.session.connection(), staff_id)
    if worker is None or worker.centre_id != number:
        abort(404)
    return worker
