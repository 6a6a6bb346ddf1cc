"""The worker: takes jobs one at a time, and asks for the regular ones when they are due.

It is the process that carries pandas. `flask --app run work` runs it; several may run at once.
"""

import logging
import signal
import time
from collections.abc import Callable
from datetime import datetime
from threading import Event

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from engage import clock
from engage.campaigns import sending
from engage.core_dumps import leave_none
from engage.extensions import db, site_settings
from engage.jobs import schedule, store
from engage.jobs.fault import described
from engage.jobs.progress import in_hand
from engage.jobs.store import Held
from engage.outbox.deliver import Postman
from engage.outbox.ways import way
from engage.signing import wanted
from engage.tasks import handler_of

logger = logging.getLogger("engage.worker")


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
        with in_hand(held.id):
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
    transport = way(site_settings())
    return Postman(site_settings(), transport, sending.words_for) if transport else None


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
            worked = wanted.answer(db.session(), site_settings(), clock.now()) > 0 or worked
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
