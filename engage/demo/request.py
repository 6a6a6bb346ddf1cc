"""A request of the demonstration for the responses in full, which waits for a second person."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role
from engage.clock import day_of
from engage.demo.acts import AskInFull
from engage.demo.words import staff_in
from engage.waves.models import Wave, WaveState

SURVEY = "fear_of_crime"
PURPOSE = "To compare our answers with those of the university's study of fear after dark."
KEPT = timedelta(days=90)


def load_request(session: Session, now: datetime, ask: AskInFull) -> None:
    """Let the analyst ask for last year's responses; the caller commits."""
    closed = select(Wave.id).filter_by(questionnaire=SURVEY, state=WaveState.CLOSED)
    wave = session.scalars(closed.order_by(Wave.opens_on.desc()).limit(1)).one()
    ask(
        session,
        wave,
        staff_id=staff_in(session, Role.ANALYST),
        now=now,
        purpose=PURPOSE,
        delete_on=day_of(now + KEPT),
    )
