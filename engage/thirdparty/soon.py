"""What staff should see to at centres: training that runs out, agreements to look at again."""

from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from engage.centres.models import Standing
from engage.centres.store import CENTRES, STAFF, WORKERS

AHEAD = timedelta(days=30)


def notices(connection: Connection, today: date) -> list[str]:
    """A sentence for each of the two, with numbers and no names."""
    going = CENTRES.c.standing != Standing.ENDED
    untrained = connection.execute(
        select(func.count())
        .select_from(WORKERS)
        .join(CENTRES, CENTRES.c.id == WORKERS.c.centre_id)
        .join(STAFF, STAFF.c.id == WORKERS.c.staff_id)
        .where(going, STAFF.c.active.is_(True), WORKERS.c.training_ends_on <= today + AHEAD)
    ).scalar_one()
    unseen = connection.execute(
        select(func.count()).select_from(CENTRES).where(going, CENTRES.c.review_on <= today)
    ).scalar_one()
    said = []
    if untrained:
        said.append(f"Training of centre workers that ran out, or will within 30 days: {untrained}")
    if unseen:
        said.append(f"Agreements with centres to be looked at again: {unseen}")
    return said
