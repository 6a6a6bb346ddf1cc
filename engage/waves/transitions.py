"""The life of a wave: created, opened once, closed for good."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.core.statistics.sampling import SampleType
from engage.waves.catalogue import definition_file
from engage.waves.faults import (
    WaveError,
    WaveFault,
    WavePlan,
    another_is_open,
    as_seen,
    faults_of_opening,
    faults_of_plan,
    faults_of_state,
)
from engage.waves.gates import Site, gates_of, standing_digest
from engage.waves.models import PublishedDefinition, Wave, WaveGate, WaveState
from engage.waves.published import definition_of, publish
from engage.waves.store import signed_of


def create(
    session: Session,
    plan: WavePlan,
    today: date,
    own: Path | None = None,
    version: int | None = None,
) -> Wave:
    """A wave in preparation, with the definition of its questionnaire published: the newest.

    An older `version` is only for a wave of the past. `own` is the folder of the council's own
    definitions. Raises WaveError, or DefinitionError if the definition has faults. The caller
    commits. Of two equal waves created at the same moment the database lets one through.
    """
    plan = replace(plan, name=" ".join(plan.name.split()))
    faults = faults_of_plan(session, plan, today)
    try:
        file = definition_file(plan.questionnaire, version, own)
    except LookupError as error:
        raise WaveError(WaveFault("questionnaire", str(error)), *faults) from error
    if faults:
        raise WaveError(*faults)
    published = publish(session, file, today)
    wave = Wave(
        questionnaire=plan.questionnaire,
        name=plan.name,
        definition_id=published.id,
        state=WaveState.DRAFT,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        delete_on=plan.delete_on,
        made_up=plan.made_up,
        sample=sample_of(plan, published),
    )
    try:
        with session.begin_nested():
            session.add(wave)
    except IntegrityError as error:
        raise WaveError(*faults_of_plan(session, plan, today)) from error
    return wave


def sample_of(plan: WavePlan, published: PublishedDefinition) -> SampleType:
    """How people are asked: who comes by code was not drawn at random, whatever was planned."""
    return SampleType.OPEN_LINK if definition_of(published).invited else plan.sample


def open_to_answers(
    session: Session, wave_id: int, today: date, *, site: Site, agreed: Callable[[str], bool]
) -> Wave:
    """Let a wave take answers; raises WaveError with every reason against it.

    Every gate must be green, and `agreed` say of what stands now that a second person agreed to
    it, or that there is none. The caller commits. Of two waves opened at the same moment the
    database lets one through.
    """
    close_due(session, today)  # a wave whose time is over must not stand in the way of the next
    wave = locked(session, wave_id)
    faults = faults_of_opening(session, wave, today)
    if wave.state == WaveState.DRAFT:
        faults += faults_of_gates(wave, signed_of(session, wave_id), site, today, agreed)
    if faults:
        raise WaveError(*faults)
    name = wave.name
    try:
        with session.begin_nested():
            wave.state = WaveState.OPEN
    except IntegrityError as error:
        raise WaveError(another_is_open(name)) from error
    return wave


def faults_of_gates(
    wave: Wave,
    signed: Mapping[str, WaveGate],
    site: Site,
    today: date,
    agreed: Callable[[str], bool],
) -> list[WaveFault]:
    """What is missing at the gates of a wave, and whether a second person agreed to it."""
    faults = [
        WaveFault("wave", f"{gate.title}: {said}")
        for gate in gates_of(wave, signed, site, today)
        for said in gate.missing
    ]
    if not agreed(standing_digest(wave, signed)):
        said = "Nobody else has agreed to open the wave as it is now: ask on its page Opening."
        faults.append(WaveFault("wave", said))
    return faults


def close(session: Session, wave_id: int, today: date, *, seen: int | None = None) -> Wave:
    """End a wave for good; its last day becomes today if it was later. The caller commits.

    Raises WaveError if it is not open, ChangedElsewhereError if its version is not the one `seen`.
    """
    wave = locked(session, wave_id)
    faults = faults_of_state(wave, WaveState.OPEN, today)
    if faults:
        raise WaveError(*faults)
    as_seen(wave, seen)
    wave.state = WaveState.CLOSED
    wave.closes_on = min(wave.closes_on, today)
    session.flush()
    return wave


def close_due(session: Session, today: date) -> int:
    """Close every open wave whose last day is over, and say how many. The caller commits."""
    closed = session.execute(
        update(Wave)
        .where(Wave.state == WaveState.OPEN, Wave.closes_on < today)
        .values(state=WaveState.CLOSED)
        .returning(Wave.id)
    ).all()
    return len(closed)


def locked(session: Session, wave_id: int) -> Wave:
    """The wave as it is now, for nobody else to change until the caller commits."""
    wave = session.scalar(
        select(Wave)
        .filter_by(id=wave_id)
        .with_for_update(of=Wave)
        .execution_options(populate_existing=True)
    )
    if wave is None:
        said = f"There is no wave number {wave_id}: `waves list` shows those there are."
        raise WaveError(WaveFault("wave", said))
    return wave
