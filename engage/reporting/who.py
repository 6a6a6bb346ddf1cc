"""Whether a report is written by a worker of a centre, and what lets the centre open it."""

from flask import abort
from flask_babel import gettext
from sqlalchemy import Connection

from engage import clock
from engage.centres.store import Bar, Worker, worker_of
from engage.keyring.held import LockedError, held_keys, held_or_none
from engage.reporting.begun import Begun
from engage.reports.holders import CentreHolder
from engage.web.access import current_user


def worker_here(connection: Connection) -> Worker | None:
    """The worker of a centre who is signed in in this browser, if anybody is."""
    if not current_user.is_authenticated:
        return None
    return worker_of(connection, current_user.id)


def bar_of(worker: Worker) -> Bar | None:
    """Why a worker cannot report today; None if they can."""
    return worker.bar(clock.today())


def stay_unlocked(report: Begun) -> None:
    """Note that a worker is at work, so that their keys stay open while they write."""
    if report.centre is not None:
        held_or_none()


def centre_holder(connection: Connection, report: Begun) -> CentreHolder | None:
    """The centre that is to open a report; None for one of the public.

    Raises LockedError when its worker's keys are not open; answers 403 to anybody else.
    """
    if report.centre is None:
        return None
    worker = worker_here(connection)
    if worker is None or worker.centre_id != report.centre or bar_of(worker):
        abort(403, gettext("Sign in again as a worker of your centre. Nothing was sent yet."))
    private = held_keys().shared.get(worker.shared_key)
    if private is None:
        raise LockedError
    return CentreHolder(worker.centre_id, private)
