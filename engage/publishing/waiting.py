"""Editions that wait for a second person's yes, for the staff home page, and their names."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.approvals.store import for_yes_of
from engage.approvals.told import Thing, wave_names
from engage.published.models import Publication, PublicationState
from engage.waves.models import Wave
from engage.waves.published import definition_of

KIND = "publication"


def asked_of(session: Session, viewer: int) -> list[str]:
    """A sentence for each edition that waits for a yes that this person may give."""
    asked = for_yes_of(session, KIND, viewer)
    numbers = (int(each.subject.partition(":")[2]) for each in asked)
    editions = (session.get(Publication, number) for number in numbers)
    return [
        f"The results of {_called(session.get_one(Wave, each.wave_id))} wait for a second person "
        "to agree that they are published."
        for each in editions
        if each and each.state == PublicationState.FROZEN
    ]


def about_editions(session: Session, numbers: Collection[int]) -> dict[int, Thing]:
    """What editions are called in the list of what was approved."""
    query = select(Publication.id, Publication.wave_id, Publication.edition)
    rows = session.execute(query.where(Publication.id.in_(numbers))).all()
    waves = wave_names(session, {row.wave_id for row in rows})
    return {
        row.id: Thing(
            f"Publishing results of {waves[row.wave_id]}, edition {row.edition}",
            {"wave_id": row.wave_id},
        )
        for row in rows
    }


def _called(wave: Wave) -> str:
    return f"{definition_of(wave.definition).title}, {wave.name},"
