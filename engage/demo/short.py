"""The short questionnaires of the demonstration: open, and waiting for their first answers."""

from datetime import date

from sqlalchemy.orm import Session

from engage.config import Settings
from engage.demo.plan import BEGAN, OPEN_LENGTH
from engage.demo.wave import KEPT
from engage.waves.faults import WavePlan
from engage.waves.transitions import create, open_to_answers

SHORT = (
    "pulse", "event_feedback", "payback_nomination", "victim_satisfaction", "hate_crime_pledge",
)  # fmt: skip


def open_short_waves(session: Session, settings: Settings, today: date) -> None:
    """Open a wave of each, without answers; the caller commits.

    Answers are not made up for them: nothing has been published that they could give back.
    """
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
        open_to_answers(
            session,
            wave.id,
            today,
            council_name=settings.council_name,
            privacy_contact=settings.privacy_contact,
        )
