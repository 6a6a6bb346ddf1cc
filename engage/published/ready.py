"""Whether a wave's figures may be published: closed, final, and of all answers that came in."""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.core.words.tens import count
from engage.figures.store import StoredRun, newest_run
from engage.responses.store import received
from engage.responses.taking_up import last_use
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of


class NotReadyError(ValueError):
    """Figures that must not be published; the message says why and what to do."""


def final_run(session: Session, wave: Wave, now: datetime) -> StoredRun:
    """The newest figures of a wave, if they may be published; raises NotReadyError."""
    if wave.state != WaveState.CLOSED:
        raise NotReadyError(
            f"The wave takes answers until {wave.closes_on:%-d %B %Y}, so its figures will change. "
            "Publish them after it has closed."
        )
    run = newest_run(session, wave.id)
    if run is None:
        raise NotReadyError("There are no figures of this wave yet. Make them, then come back.")
    if run.interim:
        raise NotReadyError(
            "The figures were made while the wave was open. Make them anew now that it is closed."
        )
    refuse_new_answers(session, wave, run.flow.received, now)
    used = last_use(session, wave.id)
    if used is not None and used > run.made_at:
        raise NotReadyError(
            "Decisions about marked answers were used after the figures were made. Make the "
            "figures anew, then come back."
        )
    return run


def refuse_new_answers(session: Session, wave: Wave, counted: int, now: datetime) -> None:
    """Raise NotReadyError where answers came in, or went, since so many were counted.

    Once answers are deleted on their day, the last figures stand.
    """
    there = received(session, wave.id)
    if wave.delete_on > day_of(now) and there != counted:
        invited = definition_of(wave.definition).invited
        raise NotReadyError(
            "Answers came in after the figures were made, or were taken out: "
            f"{count(counted, invited=invited)} then, {count(there, invited=invited)} now. Make "
            "the figures anew, then come back."
        )
