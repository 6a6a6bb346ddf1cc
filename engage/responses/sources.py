"""How many answers each place brought."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.responses.store import TABLE


def by_source(session: Session, wave_id: int) -> dict[str, int]:
    """The number of responses of a wave by the place that brought them; none who came alone."""
    counted = (
        select(TABLE.c.source, func.count())
        .where(TABLE.c.wave_id == wave_id, TABLE.c.source.is_not(None))
        .group_by(TABLE.c.source)
    )
    return {str(source): int(number) for source, number in session.execute(counted)}
