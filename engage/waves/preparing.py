"""Changing and deleting a wave while it is prepared: nobody has been told of it yet."""

from dataclasses import replace
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.waves.faults import WaveError, WavePlan, as_seen, faults_of_plan, faults_of_state
from engage.waves.models import Wave, WaveState
from engage.waves.transitions import locked, sample_of


def change(
    session: Session, wave_id: int, plan: WavePlan, today: date, *, seen: int | None = None
) -> Wave:
    """Give a prepared wave the name, the days and the sample of a plan; its survey stays.

    `seen` is the version of the wave that was shown to whoever changes it, where somebody was
    shown one. Raises ChangedElsewhereError where it is another by now, and WaveError with every
    reason against the plan. The caller commits.
    """
    wave = _prepared(session, wave_id, today, "changed")
    as_seen(wave, seen)
    name = " ".join(plan.name.split())
    plan = replace(plan, name=name, questionnaire=wave.questionnaire)
    faults = faults_of_plan(session, plan, today, wave_id=wave_id)
    if faults:
        raise WaveError(*faults)
    try:
        with session.begin_nested():
            wave.name, wave.opens_on = plan.name, plan.opens_on
            wave.closes_on, wave.delete_on = plan.closes_on, plan.delete_on
            wave.sample = sample_of(plan, wave.definition)
            wave.version += 1
    except IntegrityError as error:
        raise WaveError(*faults_of_plan(session, plan, today, wave_id=wave_id)) from error
    return wave


def delete(session: Session, wave_id: int, today: date, *, seen: int | None = None) -> Wave:
    """Delete a prepared wave, and give back what it was; raises WaveError. The caller commits.

    `seen` is as it is for `change`.
    """
    wave = _prepared(session, wave_id, today, "deleted")
    as_seen(wave, seen)
    session.delete(wave)
    session.flush()
    return wave


def _prepared(session: Session, wave_id: int, today: date, step: str) -> Wave:
    wave = locked(session, wave_id)
    faults = faults_of_state(wave, WaveState.DRAFT, today, step)
    if faults:
        raise WaveError(*faults)
    return wave
