"""Editions that wait for a second person's yes, for the staff home page."""

from sqlalchemy.orm import Session

from engage.approvals.store import waiting
from engage.published.models import Publication, PublicationState
from engage.waves.models import Wave
from engage.waves.published import definition_of

KIND = "publication"


def asked_of(session: Session, viewer: int) -> list[str]:
    """A sentence for each edition that waits for somebody else than who asked."""
    asked = [each for each in waiting(session, KIND) if each.asked_by != viewer]
    numbers = (int(each.subject.partition(":")[2]) for each in asked)
    editions = (session.get(Publication, number) for number in numbers)
    return [
        f"The results of {_called(session.get_one(Wave, each.wave_id))} wait for a second person "
        "to agree that they are published."
        for each in editions
        if each and each.state == PublicationState.FROZEN
    ]


def _called(wave: Wave) -> str:
    return f"{definition_of(wave.definition).title}, {wave.name},"
