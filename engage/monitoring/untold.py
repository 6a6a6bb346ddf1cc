"""Whether anything was made of a wave with which later figures of it could be compared."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.crosstabs.models import CrossTable
from engage.figures.models import FigureRun
from engage.published.models import Publication


def untold(session: Session, wave_id: int) -> bool:
    """Whether there are no final figures of a wave, no table of two questions and no edition."""
    made = (
        select(FigureRun.id).filter_by(wave_id=wave_id, interim=False),
        select(CrossTable.id).filter_by(wave_id=wave_id),
        select(Publication.id).filter_by(wave_id=wave_id),
    )
    return not any(session.scalar(each.limit(1)) for each in made)
