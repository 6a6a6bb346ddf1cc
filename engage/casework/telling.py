"""Mail to keyholders that something waits: no word of what, of whom, or of how many.

It leaves in the hours given below and not when a report comes in: a mailbox would else keep the
moment at which somebody reported. Of what is overdue the safeguarding leads hear besides.
"""

from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.clock import LONDON, day_of
from engage.config import Settings
from engage.core.working_days import next_working_day
from engage.keyring.models import StaffKey
from engage.mail.send import MailError, compose, send
from engage.reports import clocks

FROM, UNTIL = time(8), time(18)
"""The hours of London in which mail leaves, on working days and others alike."""

WAITING = """\
Something waits for you:

{address}/staff/reports

Sign in there to see it. This message says no more on purpose.
"""
OVERDUE = """\
Something has waited for longer than it should, and nobody has dealt with it:

{address}/staff/reports

You get this message as a safeguarding lead. Sign in there to see it, and see who can take it on.
It comes once a day until nothing is overdue. It says no more on purpose.
"""


def tell_waiting(session: Session, settings: Settings, now: datetime) -> int:
    """Tell keyholders that something is due, and the leads that it is overdue; how many messages.

    Raises MailError if none could leave. Commits before any of it is sent, and afterwards: nobody
    waits for a mail server, and if the worker dies between the two, people are told twice.
    """
    today = day_of(now)
    connection = session.connection()
    due, late = clocks.to_tell(connection, today, next_working_day(today))
    people = {role: _addresses(session, role) for role in (Role.CASEWORKER, Role.SAFEGUARDING_LEAD)}
    session.commit()
    hour = now.astimezone(LONDON).time()
    if not (due or late) or not settings.smtp_url or not FROM <= hour < UNTIL:
        return 0
    leads = set(people[Role.SAFEGUARDING_LEAD])
    plain = {*people[Role.CASEWORKER]} | (set() if late else leads)
    letters = [(to, "Something waits", WAITING) for to in plain]
    letters += [(to, "Something is overdue", OVERDUE) for to in leads if late]
    sent = _send(settings, sorted(letters), now)
    clocks.told(session.connection(), [*due, *late], today)
    session.commit()
    return sent


def _send(settings: Settings, letters: list[tuple[str, str, str]], now: datetime) -> int:
    """Send them; how many left. Raises MailError when none did."""
    failed: list[MailError] = []
    for to, subject, text in letters:
        body = text.format(address=settings.public_url)
        try:
            send(settings, compose(settings, to=to, subject=subject, text=body, now=now))
        except MailError as error:
            failed.append(error)
    if failed and len(failed) == len(letters):
        raise failed[0]
    return len(letters) - len(failed)


def _addresses(session: Session, role: Role) -> list[str]:
    """Where those who hold keys in a role get their mail."""
    return list(
        session.scalars(
            select(StaffMember.email)
            .join(StaffKey, StaffKey.staff_id == StaffMember.id)
            .where(StaffMember.role == role, StaffMember.active.is_(True))
        )
    )
