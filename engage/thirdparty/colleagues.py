"""Workers of a centre let a colleague open its reports: nobody else holds the centre's key."""

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from engage.accounts.models import Role
from engage.centres.models import Standing
from engage.centres.store import Worker, workers_of
from engage.extensions import db
from engage.keyring.access import keyed
from engage.keyring.held import held_keys
from engage.keyring.models import StaffKey
from engage.keyring.shared import lacking, share_with
from engage.thirdparty.own import has_key, worker_here
from engage.thirdparty.staff_views import note
from engage.web.access import count_shown, shows
from engage.web.forms import PressForm

blueprint = Blueprint("centre_colleagues", __name__, url_prefix="/staff/centre/colleagues")


@blueprint.get("")
@keyed(Role.CENTRE_WORKER)
@shows("people")
def everyone() -> str:
    """The colleagues who wait for the centre's key."""
    people, form = waiting(_here()), PressForm(formdata=None)
    count_shown(len(people))
    return render_template("thirdparty/colleagues.html", people=people, form=form)


@blueprint.post("/<int(max=2147483647):staff_id>")
@keyed(Role.CENTRE_WORKER)
def let(staff_id: int) -> Response:
    """Give a colleague the key that the giver holds."""
    worker = _here()
    if not PressForm().sent_and_valid():
        abort(400)
    if not has_key(worker):
        abort(409, "You do not have this centre’s key, so you cannot give it to anybody.")
    if staff_id not in {each.staff_id for each in waiting(worker)}:
        abort(404)
    share_with(db.session(), held_keys(), worker.shared_key, staff_id)
    note("centre.key_given", worker.centre_id, staff=staff_id)
    return redirect(url_for("thirdparty.home"), 303)


def waiting(worker: Worker) -> list[Worker]:
    """The workers of the same centre who have signed in and do not hold its key."""
    session = db.session()
    people = {each.staff_id: each for each in workers_of(session.connection(), worker.centre_id)}
    keyed_ones = session.scalars(select(StaffKey.staff_id).where(StaffKey.staff_id.in_(people)))
    without = lacking(session, worker.shared_key, keyed_ones)
    return [each for number, each in people.items() if number in without]


def _here() -> Worker:
    worker = worker_here(db.session.connection())
    if worker.standing == Standing.ENDED:
        abort(403, "This centre has ended, so its reports are not shown to anybody of it.")
    return worker
