"""What people sign at the gates of a wave, as it is stored. The caller commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.waves.faults import WaveError, WaveFault, faults_of_state
from engage.waves.gates import GateName
from engage.waves.models import WaveGate, WaveState
from engage.waves.published import canonical
from engage.waves.store import signed_of
from engage.waves.transitions import locked


class SignedElsewhereError(WaveError):
    """Somebody else signed the same gate since the page was shown."""


def sign(
    session: Session,
    wave_id: int,
    gate: GateName,
    facts: Mapping[str, Any],
    *,
    by: int,
    now: datetime,
    seen: int,
) -> WaveGate:
    """Sign a gate of a prepared wave, in place of what was signed before.

    `seen` is the version of it that the page showed, 0 for none. Raises SignedElsewhereError where
    it is another now, WaveError where the wave is not prepared any more. Waits for whoever
    changes the wave at this moment.
    """
    wave = locked(session, wave_id)
    faults = faults_of_state(wave, WaveState.DRAFT, day_of(now), "changed")
    if faults:
        raise WaveError(*faults)
    row = signed_of(session, wave_id).get(gate)
    if seen != (row.version if row else 0):
        said = "Somebody else signed this since you opened the page. Look at it, then sign again."
        raise SignedElsewhereError(WaveFault("wave", said))
    if row is None:
        row = WaveGate(wave_id=wave_id, gate=gate, version=0)
        session.add(row)
    row.facts, row.signed_by, row.signed_at = canonical(dict(facts)), by, now
    row.version += 1
    session.flush()
    return row
