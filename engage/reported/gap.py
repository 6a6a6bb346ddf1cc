"""What the surveys found about reporting, to stand beside what came in as reports."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.core.statistics.estimate import Estimate
from engage.figures.store import figures_of, newest_run
from engage.figures.words import OVERALL
from engage.waves.models import Wave, WaveState

WOULD_REPORT = "would_report"


@dataclass(frozen=True, slots=True)
class Said:
    """The share who say that they would report a crime, by the newest survey that tells."""

    wave: str
    made_up: bool
    estimate: Estimate


def would_report(session: Session) -> Said | None:
    """What people said in the survey that closed last; None if none has a figure to show."""
    closed = select(Wave).filter_by(state=WaveState.CLOSED).order_by(Wave.closes_on.desc(), Wave.id)
    for wave in session.scalars(closed):
        run = newest_run(session, wave.id)
        rows = figures_of(session, run.id, [OVERALL], WOULD_REPORT) if run else ()
        for row in rows:
            if not (row.estimate.hidden or row.estimate.empty):
                return Said(wave.name, wave.made_up, row.estimate)
    return None
