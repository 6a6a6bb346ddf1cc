"""The short questionnaires of the demonstration: open, and waiting for their first answers."""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.config import Settings
from engage.demo.opening import sign_and_open
from engage.demo.plan import BEGAN, OPEN_LENGTH
from engage.demo.wave import KEPT
from engage.waves.faults import WavePlan
from engage.waves.transitions import create

SHORT = (
    "pulse", "event_feedback", "payback_nomination", "victim_satisfaction", "hate_crime_pledge",
)  # fmt: skip


def open_short_waves(session: Session, settings: Settings, now: datetime) -> None:
    """Open a wave of each, without answers; the caller commits.

    Answers are not made up for them: nothing has been published that they could give back.
    """
    today = day_of(now)
    opens = today - BEGAN
    for questionnaire in SHORT:
        plan = WavePlan(
            questionnaire=questionnaire,
            name=str(opens.year),
            opens_on=opens,
            closes_on=opens + OPEN_LENGTH,
            delete_on=today + KEPT,
            made_up=True,
        )
        wave = create(session, plan, opens)
        sign_and_open(session, settings, wave, now)
