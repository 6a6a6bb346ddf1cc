"""Regular tasks: when each is next due, so that it runs once however many workers there are."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage.jobs.models import ScheduledTask

A_DAY = timedelta(days=1)

PERIODS: dict[str, timedelta] = {
    "expire_drafts": timedelta(minutes=5),
    "expire_reporters": timedelta(minutes=1),
    "expire_sessions": timedelta(hours=1),
    "erase_session_keys": timedelta(minutes=1),
    "close_waves": timedelta(hours=1),
    "tell_flags": timedelta(minutes=10),
    "tell_overdue": A_DAY,
    "tell_waiting": timedelta(hours=1),
    "tidy_batches": timedelta(hours=1),
    "refresh_due_figures": A_DAY,
    "delete_responses": A_DAY,
    "delete_files": A_DAY,
    "forget_jobs": A_DAY,
    "tidy_staff_links": timedelta(hours=1),
    "tidy_break_glass": timedelta(hours=1),
    "forget_leavers": A_DAY,
    "forget_audit": A_DAY,
    "forget_approvals": A_DAY,
    "expire_reports": A_DAY,
    "forget_requests": A_DAY,
    "forget_order": A_DAY,
    "forget_codes": A_DAY,
    "remind_organisations": A_DAY,
    "tidy_organisations": A_DAY,
    "tend_events": timedelta(minutes=10),
    "remind_booked": timedelta(hours=1),
    "forget_bookings": A_DAY,
    "forget_messages": A_DAY,
    "expire_signatures": timedelta(hours=1),
    "forget_signatories": A_DAY,
    "publish_results": timedelta(minutes=1),
    "tidy_lists": timedelta(hours=1),
    "forget_invalidations": A_DAY,
    "forget_campaigns": A_DAY,
    "renew_ward_figures": A_DAY,
    "forget_network_keys": timedelta(hours=1),
    "fetch_failures": timedelta(hours=1),
}
"""Task to how often it runs. Daily ones are due just after midnight UTC, when a day is over."""

_START = datetime(2026, 1, 1, tzinfo=UTC)


def due(session: Session, now: datetime) -> list[str]:
    """The tasks that are due, in the order of the table, each put off to its next time.

    Reading and putting off are one transaction (the caller's, who commits): of two workers, one
    gets a task. A task that is new to the table is due at once; one that was missed, while no
    worker ran, is due once and not once for every time it was missed.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = [{"name": name, "next_at": now} for name in sorted(PERIODS)]
    session.execute(insert(ScheduledTask).values(new).on_conflict_do_nothing())
    ready = (
        select(ScheduledTask)
        .where(ScheduledTask.next_at <= now, ScheduledTask.name.in_(PERIODS))
        .order_by(ScheduledTask.name)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    tasks = {task.name: task for task in session.scalars(ready)}
    for name, task in tasks.items():
        task.next_at = after(now, PERIODS[name])
    session.flush()
    return [name for name in PERIODS if name in tasks]


def put_off(session: Session, name: str, now: datetime) -> None:
    """Let a task wait for its next time, as its work has just been done. The caller commits."""
    session.merge(ScheduledTask(name=name, next_at=after(now, PERIODS[name])))


def after(now: datetime, period: timedelta) -> datetime:
    """The first whole period, counted from a midnight, that is later than `now`."""
    return _START + ((now - _START) // period + 1) * period
