"""Waves that wait for a second person's yes before they open."""

from engage.approvals.store import for_yes_of, standing, waiting, waiting_for
from engage.extensions import db
from engage.waves import store
from engage.waves.gates import standing_digest
from engage.waves.models import Wave, WaveState

KIND = "wave"


def waiting_waves() -> set[int]:
    """The numbers of the waves that wait."""
    return {int(each.subject.partition(":")[2]) for each in waiting(db.session(), KIND)}


def answer_of(wave: Wave) -> str:
    """How far a prepared wave is with a second person: "waits", "agreed", or empty for neither.

    What was asked or agreed of the wave before it was changed does not count.
    """
    if wave.state != WaveState.DRAFT:
        return ""
    session, subject = db.session(), f"{KIND}:{wave.id}"
    mark = standing_digest(wave, store.signed_of(session, wave.id))
    if standing(session, subject, mark):
        return "agreed"
    asked = waiting_for(session, subject)
    return "waits" if asked is not None and asked.digest == mark else ""


def asked_of(viewer: int) -> list[str]:
    """A sentence for each wave that waits for a yes that this person may give."""
    asked = for_yes_of(db.session(), KIND, viewer)
    waves = (store.get(db.session(), int(each.subject.partition(":")[2])) for each in asked)
    return [
        f"The wave {wave.name} waits for a second person to agree that it opens."
        for wave in waves
        if wave
    ]
