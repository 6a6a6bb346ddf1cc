"""What survey managers do to waves, each with its entry in the audit log. The caller commits."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from engage.approvals.store import agreed
from engage.audit.log import Fact, record
from engage.clock import day_of
from engage.config import Settings
from engage.jobs.store import enqueue
from engage.waves import preparing, transitions
from engage.waves.faults import WavePlan
from engage.waves.gates import site_of
from engage.waves.models import Wave


def create(
    session: Session, plan: WavePlan, *, staff_id: int, now: datetime, own: Path | None
) -> Wave:
    """A wave in preparation; raises WaveError or DefinitionError."""
    wave = transitions.create(session, plan, day_of(now), own)
    _log(session, "wave.created", wave, staff_id, now)
    return wave


def change_wave(
    session: Session,
    wave_id: int,
    *,
    plan: WavePlan,
    staff_id: int,
    now: datetime,
    seen: int | None = None,
) -> Wave:
    """Give a prepared wave another name, other days or another sample; raises WaveError.

    `seen` is the version of it that the page showed; ChangedElsewhereError where it is another now.
    """
    before = transitions.locked(session, wave_id)
    name, planned = before.name, _planned(before)
    wave = preparing.change(session, wave_id, plan, day_of(now), seen=seen)
    were: dict[str, Fact] = {
        f"{which}_was": value for which, value in planned.items() if value != _planned(wave)[which]
    }
    _log(session, "wave.changed", wave, staff_id, now, more=were | {"renamed": wave.name != name})
    return wave


def delete_wave(
    session: Session, wave_id: int, *, staff_id: int, now: datetime, seen: int | None = None
) -> Wave:
    """Delete a prepared wave as it was `seen`; raises WaveError."""
    wave = preparing.delete(session, wave_id, day_of(now), seen=seen)
    _log(session, "wave.deleted", wave, staff_id, now)
    return wave


def open_wave(
    session: Session, wave_id: int, *, staff_id: int, now: datetime, settings: Settings
) -> Wave:
    """Let a wave take answers, once its gates are green and somebody else agreed; or WaveError."""
    wave = transitions.open_to_answers(
        session,
        wave_id,
        day_of(now),
        site=site_of(settings),
        agreed=agreed(session, f"wave:{wave_id}"),
    )
    _log(session, "wave.opened", wave, staff_id, now)
    return wave


def close_wave(
    session: Session, wave_id: int, *, staff_id: int, now: datetime, seen: int | None = None
) -> Wave:
    """End a wave as it was `seen`, and have its figures made once more: they are final now.

    Raises WaveError.
    """
    wave = transitions.close(session, wave_id, day_of(now), seen=seen)
    enqueue(session, "refresh_figures", {"wave_id": wave_id}, due_at=now, key=f"figures-{wave_id}")
    _log(session, "wave.closed", wave, staff_id, now)
    return wave


def _log(
    session: Session,
    action: str,
    wave: Wave,
    staff_id: int,
    now: datetime,
    *,
    more: Mapping[str, Fact] | None = None,
) -> None:
    detail: dict[str, Fact] = {
        "questionnaire": wave.questionnaire,
        "definition": wave.definition_id,
        **_planned(wave),
        **(more or {}),
    }
    record(
        session, at=now, staff_id=staff_id, action=action, subject=f"wave:{wave.id}", detail=detail
    )


def _planned(wave: Wave) -> dict[str, str]:
    """What may change while a wave is prepared, but for its name."""
    return {
        "sample": wave.sample,
        "opens_on": wave.opens_on.isoformat(),
        "closes_on": wave.closes_on.isoformat(),
        "delete_on": wave.delete_on.isoformat(),
    }
