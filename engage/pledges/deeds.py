"""What staff did to signatures: after some years it is known that it was done, not by whom."""

from datetime import UTC, date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engage.pledges.models import Invalidation, SignatureBatch
from engage.pledges.years import years_before

INVALIDATION_YEARS = 2
BATCH_YEARS = 6
NOTHING = "{}"


def forget(session: Session, today: date) -> int:
    """Forget who took signatures out or brought them in, and when but for the year; how many.

    The conditions of an invalidation go too: they may hold a part of a name or an address. The
    caller commits.
    """
    taken_out = select(Invalidation).where(
        Invalidation.at < _start(years_before(today, INVALIDATION_YEARS)),
        or_(
            Invalidation.conditions != NOTHING,
            Invalidation.staff_id.is_not(None),
            Invalidation.undone_by.is_not(None),
        ),
    )
    total = 0
    for each in session.scalars(taken_out).all():
        each.conditions, each.staff_id, each.undone_by = NOTHING, None, None
        each.at = _year_of(each.at)
        each.undone_at = None if each.undone_at is None else _year_of(each.undone_at)
        total += 1
    brought_in = select(SignatureBatch).where(
        SignatureBatch.made_at < _start(years_before(today, BATCH_YEARS)),
        SignatureBatch.staff_id.is_not(None),
    )
    for batch in session.scalars(brought_in).all():
        batch.staff_id, batch.made_at = None, _year_of(batch.made_at)
        total += 1
    session.flush()
    return total


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _year_of(moment: datetime) -> datetime:
    """The beginning of a moment's year: which year it was is all that is left."""
    return datetime(moment.year, 1, 1, tzinfo=UTC)
