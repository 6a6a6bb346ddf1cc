"""What staff of the demonstration did in the last weeks: pages of the audit log to read."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.audit.log import Fact, record
from engage.waves.models import Wave

DAYS = 21
MANAGER, ANALYST, LEAD = Role.SURVEY_MANAGER, Role.ANALYST, Role.SAFEGUARDING_LEAD

# An hour and minute in UTC, who, what, about what, and the facts of it.
A_DAY: tuple[tuple[tuple[int, int], Role, str, str, dict[str, Fact]], ...] = (
    ((8, 51), MANAGER, "staff.signed_in", "staff", {}),
    ((9, 2), MANAGER, "texts.seen", "texts:all", {"rows": 14}),
    ((9, 40), LEAD, "staff.signed_in", "staff", {}),
    ((9, 44), LEAD, "texts.seen", "texts:all", {"rows": 3}),
    ((10, 15), MANAGER, "names.seen", "names:all", {"rows": 8}),
    ((11, 5), ANALYST, "staff.signed_in", "staff", {}),
    ((11, 21), ANALYST, "figures.asked", "wave", {}),
    ((11, 32), ANALYST, "file.downloaded", "file:1", {"kind": "figures_bundle"}),
    ((13, 47), MANAGER, "signatures.seen", "pledge:1", {"rows": 50}),
    ((14, 10), MANAGER, "organisation.seen", "organisation:1", {}),
    ((15, 30), MANAGER, "event.list_opened", "event:1", {"names": 11}),
)


def load_oversight(session: Session, now: datetime) -> None:
    """Record the days before now, in the caller's transaction."""
    staff = {each.role: each.id for each in session.scalars(select(StaffMember))}
    wave = session.scalar(select(Wave.id).order_by(Wave.id.desc()).limit(1))
    for back in range(DAYS, 0, -1):
        day = now - timedelta(days=back)
        if day.weekday() > 4:  # nobody works on Saturdays and Sundays
            continue
        for number, ((hour, minute), role, action, about, facts) in enumerate(A_DAY):
            if (number + back) % 4 == 0:
                continue  # no two days are alike
            subject = {"staff": f"staff:{staff[role]}", "wave": f"wave:{wave}"}.get(about, about)
            at = day.replace(hour=hour, minute=(minute + 7 * back) % 60, second=0, microsecond=0)
            record(
                session, at=at, staff_id=staff[role], action=action, subject=subject, detail=facts
            )
