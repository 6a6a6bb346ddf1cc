"""The worker: takes jobs one at a time, and asks for the regular ones when they are due.

It is the process that carries pandas. `flask --app run work` runs it; several may run at once.
"""

import logging
import signal
import time
from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from engage import clock
from engage.accounts import store as accounts
from engage.answering import expiry
from engage.audit import log
from engage.audit.log import record
from engage.campaigns import sending, store as campaigns
from engage.campaigns.store import FILL
from engage.casework import telling as waiting
from engage.config import Settings
from engage.core_dumps import leave_none
from engage.downloads import requests, store as files
from engage.downloads.kinds import RESPONSE_KINDS
from engage.downloads.make import make
from engage.entry import batches
from engage.events import attendance, service as events
from engage.extensions import db
from engage.figures.refresh import refresh, refresh_due
from engage.invitations import store as invitations
from engage.jobs import schedule, store
from engage.jobs.fault import described
from engage.jobs.store import Held
from engage.keyring import held as session_keys
from engage.legacy import lists
from engage.network import forget_keys
from engage.outbox import later, tidy as outbox
from engage.outbox.deliver import Postman
from engage.outbox.ways import notify, way
from engage.partners import reminders
from engage.pledges import expiry as signatures, ward_figures
from engage.register import forgetting
from engage.reports import expiry as reporters, retention_run
from engage.responses import retention
from engage.responses.order import forget_order
from engage.screening import telling
from engage.sessions import store as sessions
from engage.signing import wanted
from engage.waves.models import Wave
from engage.waves.store import over
from engage.waves.transitions import close_due

logger = logging.getLogger("engage.worker")

FORGET_AFTER = 30 * schedule.A_DAY

Handler = Callable[[Session, dict[str, Any], datetime], object]


def delete_responses(session: Session, now: datetime) -> int:
    """Delete the answers of every wave whose day has come, and the files that hold any of them.

    The suppressed figures stay: they tell of nobody. Some responses at a time, each part in a
    transaction with its event in the audit log, so that nobody who answers waits long.
    """
    due = select(Wave.id).where(Wave.delete_on <= clock.day_of(now)).order_by(Wave.id)
    total = 0
    for wave_id in session.scalars(due).all():
        removed = files.delete_kinds(session, wave_id, RESPONSE_KINDS)
        gone = retention.delete_some(session, wave_id)
        while gone or removed:
            record(
                session,
                at=now,
                staff_id=None,
                action="responses.deleted",
                subject=f"wave:{wave_id}",
                detail={"responses": gone, "files": removed},
            )
            session.commit()
            total += gone
            removed, gone = 0, retention.delete_some(session, wave_id)
    return total


def forget_codes(session: Session, now: datetime) -> int:
    """Delete the one-time codes of the waves that are over; how many."""
    return invitations.forget(session, over(session, clock.day_of(now)))


TASKS: dict[str, Callable[[Session, datetime], int]] = {
    "expire_drafts": expiry.expire,
    "expire_reporters": reporters.expire,
    "expire_sessions": sessions.expire,
    "erase_session_keys": session_keys.erase_idle,
    "close_waves": lambda session, now: close_due(session, clock.day_of(now)),
    "tell_flags": lambda session, now: telling.tell_flags(session, _settings(), now),
    "tell_overdue": lambda session, now: telling.tell_overdue(session, _settings(), now),
    "tell_waiting": lambda session, now: waiting.tell_waiting(session, _settings(), now),
    "tidy_batches": lambda session, now: batches.tidy(session, clock.day_of(now)),
    "refresh_due_figures": refresh_due,
    "delete_responses": delete_responses,
    "delete_files": lambda session, now: files.delete_due(session, clock.day_of(now)),
    "forget_jobs": lambda session, now: store.forget(session, now - FORGET_AFTER),
    "forget_leavers": lambda session, now: accounts.forget_leavers(session, clock.day_of(now)),
    "forget_audit": log.forget,
    "expire_reports": retention_run.expire,
    "forget_requests": requests.forget,
    "forget_order": lambda session, now: forget_order(session, clock.day_of(now)),
    "forget_codes": forget_codes,
    "remind_organisations": reminders.remind,
    "tidy_organisations": lambda session, now: reminders.tidy(session, clock.day_of(now)),
    "tend_events": events.tend,
    "remind_booked": attendance.remind,
    "forget_bookings": attendance.forget,
    "forget_messages": outbox.forget,
    "expire_signatures": signatures.expire,
    "forget_signatories": lambda session, now: signatures.forget(session, clock.day_of(now)),
    "forget_invalidations": forgetting.forget,
    "forget_campaigns": campaigns.forget,
    "renew_ward_figures": lambda session, now: ward_figures.renew(session, clock.day_of(now)),
    "fetch_failures": lambda session, now: later.fetch(
        session, notify(_settings()), clock.day_of(now)
    ),
    "forget_network_keys": lambda _session, now: forget_keys(
        _settings().instance_dir, clock.day_of(now)
    ),
    "tidy_lists": lambda session, now: lists.tidy(session, now, _settings()),
}
"""Regular task (see `engage.jobs.schedule`) to what it does, in the worker's transaction."""

HANDLERS: dict[str, Handler] = {
    "refresh_figures": lambda session, given, now: refresh(session, given["wave_id"], now),
    "make_file": lambda session, given, now: make(
        session, given, now, council=_settings().council_name
    ),
    "check_list": lambda session, given, now: lists.look_through(session, given, now, _settings()),
    "take_list": lambda session, given, now: lists.take(session, given, now, _settings()),
    FILL: lambda session, given, now: sending.fill(session, given["campaign_id"], now),
}
"""Kind of job to what does it. A handler may commit; what it leaves is committed with the job."""


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def handler_of(kind: str) -> Handler:
    """What does a kind of job; raises LookupError for a kind that nobody wrote."""
    if kind in TASKS:
        task = TASKS[kind]
        return lambda session, _payload, now: task(session, now)
    if kind not in HANDLERS:
        known = ", ".join(sorted({*HANDLERS, *TASKS}))
        raise LookupError(f"Nothing does jobs of kind {kind!r}. There are: {known}.")
    return HANDLERS[kind]


def turn(session: Session, now: datetime) -> bool:
    """Ask for the tasks that are due, then do one job; whether there was one."""
    for name in schedule.due(session, now):
        store.enqueue(session, name, {}, due_at=now, key=f"task:{name}")
    held = store.claim(session, now)
    session.commit()
    if held is None:
        return False
    _do(session, held, now)
    return True


def _do(session: Session, held: Held, now: datetime) -> None:
    started = time.monotonic()
    try:
        result = handler_of(held.kind)(session, held.payload, now)
        store.finish(session, held)
        session.commit()
    except Exception as error:  # noqa: BLE001  # whatever it is, the next job must not wait for it
        session.rollback()
        told = described(error)
        store.fail(session, held, clock.now(), told)
        session.commit()
        logger.error(  # noqa: TRY400  # a traceback could quote what people wrote
            "job=%d kind=%s attempt=%d failed=%r", held.id, held.kind, held.attempts, told
        )
        return
    count = f" count={result}" if isinstance(result, int) and result else ""
    seconds = time.monotonic() - started
    logger.info("job=%d kind=%s done seconds=%.2f%s", held.id, held.kind, seconds, count)


def postman() -> Postman | None:
    """Who hands over what waits in the outbox; None where the site has no way to send."""
    transport = way(_settings())
    return Postman(_settings(), transport, sending.words_for) if transport else None


def post(session: Session, carrier: Postman | None, stop: Callable[[], bool] = bool) -> bool:
    """Hand over some of what waits in the outbox; whether there was any."""
    handled = carrier.turn(session, stop) if carrier else 0
    if handled:
        sending.finish(session)
        session.commit()
    return handled > 0


@click.command("work")
@click.option("--once", is_flag=True, help="Do what is due, then end.")
@click.option(
    "--poll",
    type=click.FloatRange(0.05, 60),
    default=2.0,
    show_default=True,
    help="Seconds to wait when there is nothing to do.",
)
@with_appcontext
def work(*, once: bool, poll: float) -> None:
    """Run the worker. A signal to end lets it finish the job in hand."""
    leave_none()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    carrier = postman()
    logger.info("started")
    while not stop.is_set():
        try:
            worked = turn(db.session(), clock.now())
            worked = wanted.answer(db.session(), _settings(), clock.now()) > 0 or worked
            worked = post(db.session(), carrier, stop.is_set) or worked
        except SQLAlchemyError as error:
            # The database is away or busy, or lends us no connection: it will be back, and the
            # job's lease is kept in it.
            logger.error("database=%r", described(error))  # noqa: TRY400  # as above
            worked = False
        finally:
            db.session.remove()
        if once and not worked:
            break
        if not worked:
            stop.wait(poll)
    logger.info("stopped")
