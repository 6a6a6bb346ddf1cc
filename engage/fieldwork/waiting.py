"""Waves that wait for a second person's yes before they open."""

from engage.approvals.store import waiting
from engage.extensions import db
from engage.waves import store

KIND = "wave"


def waiting_waves() -> set[int]:
    """The numbers of the waves that wait."""
    return {int(each.subject.partition(":")[2]) for each in waiting(db.session(), KIND)}


def asked_of(viewer: int) -> list[str]:
    """A sentence for each wave that waits for somebody else than who asked."""
    asked = [each for each in waiting(db.session(), KIND) if each.asked_by != viewer]
    waves = (store.get(db.session(), int(each.subject.partition(":")[2])) for each in asked)
    return [
        f"The wave {wave.name} waits for a second person to agree that it opens."
        for wave in waves
        if wave
    ]
