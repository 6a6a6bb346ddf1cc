"""What survey managers and analysts see of the demonstration's open waves while they run."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.answering.models import LeftDrafts
from engage.clock import day_of
from engage.responses import reviews, taking_up
from engage.responses.review_models import Decision
from engage.responses.store import received
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of

SHARES = (0.08, 0.05, 0.02)
"""How many left before the first page, after it and after each later one, by those who sent."""
DAYS = 14
DECIDED = (
    (Decision.KEEP, "Quick, but the answers fit together"),
    (Decision.LEAVE_OUT, "The same answer all the way down, and it contradicts itself"),
    (Decision.KEEP, "A short walk through the survey: little was asked"),
)


def load_watched(session: Session, now: datetime) -> None:
    """Let people have left the open waves, and an analyst have looked at marked answers.

    After the figures, since these list what is marked. The caller commits.
    """
    analyst = session.scalar(select(StaffMember.id).filter_by(role=Role.ANALYST).limit(1))
    waves = select(Wave).filter_by(made_up=True, state=WaveState.OPEN).order_by(Wave.id)
    for wave in session.scalars(waves).all():
        _left(session, wave, now)
        for decision, reason in DECIDED if analyst else ():
            review = reviews.next_open(session, wave.id)
            if review is not None and analyst is not None:
                reviews.decide(
                    session,
                    review.id,
                    decision,
                    seen=review.version,
                    reason=reason,
                    staff_id=analyst,
                    now=now,
                )
        taking_up.take_up(session, wave.id, first=True, now=now)


def _left(session: Session, wave: Wave, now: datetime) -> None:
    """Sums of those who left, over the last days; the first day of the wave where none are kept."""
    definition = definition_of(wave.definition)
    sent, today = received(session, wave.id), day_of(now)
    pages = ["", *definition.section_ids]
    for place, section in enumerate(pages):
        number = int(sent * SHARES[min(place, len(SHARES) - 1)])
        on = today - timedelta(days=place % DAYS) if definition.keeps_day else wave.opens_on
        if number:
            row = {"wave_id": wave.id, "day": max(on, wave.opens_on), "section": section}
            session.merge(LeftDrafts(**row, drafts=number))
