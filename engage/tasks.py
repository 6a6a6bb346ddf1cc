"""What the worker can do: each regular task, and each kind of job that somebody asks for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import clock
from engage.answering import expiry
from engage.approvals import store as approvals
from engage.audit import log
from engage.audit.log import record
from engage.campaigns import sending, store as campaigns
from engage.campaigns.store import FILL
from engage.casework import telling as waiting
from engage.coding.table_views import MAKE_THEMES
from engage.crosstabs.make import make as make_table
from engage.crosstabs.store import JOB as CROSS_TABLE
from engage.crosstabs.treated import make as wards, store as treated
from engage.downloads import requests, store as files
from engage.downloads.kinds import RESPONSE_KINDS
from engage.downloads.make import make
from engage.entry import batches
from engage.events import attendance, service as events
from engage.extensions import site_settings
from engage.figures.refresh import refresh, refresh_due
from engage.figures.themes import make_themes
from engage.invitations import store as invitations
from engage.jobs import schedule, store
from engage.keyring import held as session_keys
from engage.legacy import lists
from engage.network import forget_keys
from engage.outbox import later, tidy as outbox
from engage.outbox.ways import notify
from engage.oversight import checks
from engage.partners import reminders
from engage.people import alarm, links as staff_links
from engage.people.forgotten import forget_accounts
from engage.pledges import expiry as signatures, ward_figures
from engage.published import freeze as publishing, release, service as editions
from engage.register import forgetting
from engage.reports import expiry as reporters, retention_run
from engage.responses import retention
from engage.responses.order import forget_order
from engage.screening import telling
from engage.sessions import break_glass, store as sessions
from engage.waves.models import Wave
from engage.waves.store import over
from engage.waves.transitions import close_due

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
    "tell_flags": lambda session, now: telling.tell_flags(session, site_settings(), now),
    "tell_overdue": lambda session, now: telling.tell_overdue(session, site_settings(), now),
    "tell_waiting": lambda session, now: waiting.tell_waiting(session, site_settings(), now),
    "tidy_batches": lambda session, now: batches.tidy(session, clock.day_of(now)),
    "refresh_due_figures": refresh_due,
    "delete_responses": delete_responses,
    "delete_files": files.delete_due,
    "forget_jobs": lambda session, now: store.forget(session, now - FORGET_AFTER),
    "tidy_staff_links": staff_links.tidy,
    "tidy_break_glass": break_glass.tidy,
    "forget_leavers": lambda session, now: forget_accounts(session, clock.day_of(now)),
    "forget_audit": lambda session, now: log.forget(session, now) + checks.forget(session, now),
    "forget_approvals": approvals.forget,
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
        session, notify(site_settings()), clock.day_of(now)
    ),
    "forget_network_keys": lambda _session, now: forget_keys(
        site_settings().instance_dir, clock.day_of(now)
    ),
    "publish_results": lambda session, now: release.publish_due(
        session, now, council=site_settings().council_name
    ),
    "tidy_lists": lambda session, now: lists.tidy(session, now, site_settings()),
}
"""Regular task (see `engage.jobs.schedule`) to what it does, in the worker's transaction."""

HANDLERS: dict[str, Handler] = {
    CROSS_TABLE: lambda session, given, now: make_table(session, given["table_id"], now),
    "refresh_figures": lambda session, given, now: refresh(session, given["wave_id"], now),
    "make_file": lambda session, given, now: make(
        session,
        given,
        now,
        council=site_settings().council_name,
        folder=site_settings().instance_dir,
    ),
    treated.JOB: lambda session, given, now: wards.make(session, given["comparison_id"], now),
    "check_list": lambda session, given, now: lists.look_through(
        session, given, now, site_settings()
    ),
    "take_list": lambda session, given, now: lists.take(session, given, now, site_settings()),
    editions.JOB: lambda session, given, now: publishing.freeze(
        session, given["publication_id"], now
    ),
    checks.JOB: lambda session, given, now: checks.verify_log(session, given["staff"], now),
    MAKE_THEMES: lambda session, given, now: make_themes(
        session, given["wave_id"], given["question"], now
    ),
    staff_links.JOB: lambda session, given, now: staff_links.deliver(
        session, given["staff_id"], now, site_settings()
    ),
    alarm.JOB: lambda session, given, now: alarm.tell(
        session, given["number"], now, site_settings()
    ),
    FILL: lambda session, given, now: sending.fill(session, given["campaign_id"], now),
}
"""Kind of job to what does it. A handler may commit; what it leaves is committed with the job."""


def handler_of(kind: str) -> Handler:
    """What does a kind of job; raises LookupError for a kind that nobody wrote."""
    if kind in TASKS:
        task = TASKS[kind]
        return lambda session, _payload, now: task(session, now)
    if kind not in HANDLERS:
        known = ", ".join(sorted({*HANDLERS, *TASKS}))
        raise LookupError(f"Nothing does jobs of kind {kind!r}. There are: {known}.")
    return HANDLERS[kind]
