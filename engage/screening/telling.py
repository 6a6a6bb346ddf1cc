"""Mail to the safeguarding lead: that something is flagged, that something waits too long.

No mail holds a word that anybody wrote, or says of which survey it is: it leads to the page.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.clock import day_of
from engage.config import Settings
from engage.mail.send import MailError, compose, send
from engage.responses import screening

TELL_FLAGS = "tell_flags"

FLAGGED = """\
{name},

{count} for you on the page “What people wrote”:

{address}/staff/screening/flagged

Sign in there to read it. This message holds none of the words on purpose.
"""
OVERDUE = """\
{count} for somebody to look, for more than one working day:

{address}/staff/screening

People were told that somebody looks within one working day. This message comes once a day until
nothing waits too long.
"""


def tell_flags(session: Session, settings: Settings, now: datetime) -> int:
    """Tell the lead of the flags that they were not told of; of how many. Commits.

    Raises MailError if the message did not leave: the worker tries again, and goes on trying
    every ten minutes. It is sent outside any transaction, as nobody who answers should wait for a
    mail server; if the worker dies between the two, the lead is told twice.
    """
    lead = settings.safeguarding_lead
    new = screening.untold(session)
    session.commit()
    if not new or lead is None or not settings.smtp_url:
        return 0
    one = len(new) == 1
    text = FLAGGED.format(
        name=lead.name,
        count="One text was flagged" if one else f"{len(new)} texts were flagged",
        address=settings.public_url,
    )
    subject = "A text was flagged to you" if one else f"{len(new)} texts were flagged to you"
    send(settings, compose(settings, to=lead.email, subject=subject, text=text, now=now))
    screening.tell(session, new, now)
    session.commit()
    return len(new)


def tell_overdue(session: Session, settings: Settings, now: datetime) -> int:
    """Tell the lead and the survey managers that texts wait too long; how many were told.

    Raises MailError if nobody could be told. Commits, for the same reason.
    """
    count = screening.counts(session, day_of(now)).overdue
    managers = session.scalars(
        select(StaffMember.email).where(
            StaffMember.role == Role.SURVEY_MANAGER, StaffMember.active.is_(True)
        )
    ).all()
    session.commit()
    if not count or not settings.smtp_url:
        return 0
    lead = settings.safeguarding_lead
    people = sorted({*managers, *([lead.email] if lead else [])})
    waits = "One text waits" if count == 1 else f"{count} texts wait"
    text = OVERDUE.format(count=waits, address=settings.public_url)
    failed: list[MailError] = []
    for to in people:
        try:
            send(settings, compose(settings, to=to, subject=f"{waits}", text=text, now=now))
        except MailError as error:
            failed.append(error)
    if failed and len(failed) == len(people):
        raise failed[0]
    return len(people) - len(failed)
