"""Mail to every administrator and auditor, at once, when somebody breaks the glass."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.clock import LONDON
from engage.config import Settings
from engage.mail.send import MailError, compose, send
from engage.sessions.models import BreakGlass

JOB = "tell_break_glass"
TEXT = """\
{name} is administrator of the survey site of {council} until {until}, in an emergency.

What they do stands in the audit log. Somebody other than {name} has to look at it afterwards:

{address}/staff/people/break-glass/{number}

You get this message as an administrator or auditor. If this should not be, end their sessions:

{address}/staff/people/{staff_id}
"""


def tell(session: Session, number: int, now: datetime, settings: Settings) -> int:
    """Send it, in the worker; how many messages left. Raises MailError when none did.

    Commits before it sends. If the worker dies in between, people are told twice.
    """
    hour = session.get(BreakGlass, number)
    if hour is None or hour.told_at is not None or not settings.smtp_url:
        return 0
    person = session.get(StaffMember, hour.staff_id)
    name = person.name if person else f"Account {hour.staff_id}"
    told = select(StaffMember.email).where(
        StaffMember.active.is_(True),
        StaffMember.role.in_((Role.ADMINISTRATOR, Role.AUDITOR)),
        StaffMember.id != hour.staff_id,
    )
    addresses = session.scalars(told.order_by(StaffMember.id)).all()
    text = TEXT.format(
        name=name,
        council=settings.council_name,
        until=f"{hour.ends_at.astimezone(LONDON):%H:%M}",
        address=settings.public_url,
        number=number,
        staff_id=hour.staff_id,
    )
    session.commit()
    failed: list[MailError] = []
    for to in addresses:
        try:
            subject = "Somebody acts as administrator"
            send(settings, compose(settings, to=to, subject=subject, text=text, now=now))
        except MailError as error:
            failed.append(error)
    if failed and len(failed) == len(addresses):
        raise failed[0]
    session.get_one(BreakGlass, number).told_at = now
    return len(addresses) - len(failed)
