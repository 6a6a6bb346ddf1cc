"""Reminders before a promise is due or its year ends, and once after; and what is tidied away."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.contacts.models import Contact
from engage.organisations.commitments import OPEN, Status, status_of
from engage.organisations.models import Commitment, Organisation, Progress, Standing
from engage.organisations.years import ends_on
from engage.outbox.kinds import Kind
from engage.partners.mails import reminder_words, write
from engage.pledges.models import Signature

BEFORE = timedelta(days=30)
WITHIN = timedelta(days=7)
"""A reminder whose day nobody worked is still sent within a week, and then no more."""
UNCONFIRMED_FOR = timedelta(days=14)
REFUSED_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is reminded of, and the day that it is about; those of one day are one message."""

    kind: str
    day: date


SAID = {
    "due": lazy_gettext("In a month this is to be done:"),
    "late": lazy_gettext("This was to be done by now:"),
    "ends": lazy_gettext(
        "A promise holds for a year. In a month the year of these is over. You can renew them:"
    ),
    "ended": lazy_gettext(
        "The year of these promises is over. They hold again when you renew them:"
    ),
}
"""Kind of reminder to its first sentence."""


def reminder_of(commitment: Commitment, today: date) -> Reminder | None:
    """The reminder that a promise calls for on a day."""
    if commitment.progress == Progress.DROPPED:
        return None
    last = ends_on(commitment.renewed_on)
    if _within(last + timedelta(days=1), today):
        return Reminder("ended", last)
    if _within(last - BEFORE, today):
        return Reminder("ends", last)
    if commitment.progress in OPEN and status_of(commitment, today) is not Status.ENDED:
        if _within(commitment.due_on + timedelta(days=1), today):
            return Reminder("late", commitment.due_on)
        if _within(commitment.due_on - BEFORE, today):
            return Reminder("due", commitment.due_on)
    return None


def remind(session: Session, now: datetime) -> int:
    """Queue the reminders of a day; how many. One for each organisation, kind and day."""
    today = day_of(now)
    wanted: dict[tuple[int, Reminder], list[Commitment]] = defaultdict(list)
    listed = (
        select(Commitment)
        .join(Organisation, Organisation.id == Commitment.organisation_id)
        .where(Organisation.standing == Standing.APPROVED, Organisation.contact_id.is_not(None))
    )
    for commitment in session.scalars(listed.order_by(Commitment.id)):
        reminder = reminder_of(commitment, today)
        if reminder:
            wanted[commitment.organisation_id, reminder].append(commitment)
    queued = 0
    for (number, reminder), commitments in wanted.items():
        organisation = session.get_one(Organisation, number)
        # With the mailbox, as another organisation may get the number of one that was deleted.
        key = f"organisation-{reminder.kind}:{number}:{organisation.contact_id}:{reminder.day}"
        words = reminder_words(SAID[reminder.kind], commitments)
        queued += write(session, organisation, Kind.REMIND, words, key=key, now=now)
    return queued


def tidy(session: Session, today: date) -> int:
    """Delete organisations that nobody confirmed, and those refused a year ago; how many.

    One that staff typed has no mailbox and stays until they decide.
    """
    signed = exists().where(Signature.organisation_id == Organisation.id)
    unproven = exists().where(Contact.id == Organisation.contact_id, Contact.proven_on.is_(None))
    unconfirmed = (Organisation.standing == Standing.ASKED) & (
        Organisation.asked_on <= today - UNCONFIRMED_FOR
    )
    refused = (Organisation.standing == Standing.REFUSED) & (
        Organisation.refused_on <= today - REFUSED_FOR
    )
    mailbox = Organisation.contact_id.is_not(None)
    gone = refused | (unconfirmed & mailbox & (~signed | unproven))
    old = session.scalars(select(Organisation.id).where(gone)).all()
    session.execute(delete(Organisation).where(Organisation.id.in_(old)))
    return len(old)


def _within(first: date, today: date) -> bool:
    return first <= today < first + WITHIN
