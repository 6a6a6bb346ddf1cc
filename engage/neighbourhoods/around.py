"""What a ward's page tells besides figures: what was done, who backs a pledge, what can be said."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from engage.actions.store import published_actions
from engage.actions.words import STATES
from engage.areas.store import ward_names
from engage.pledges import counts, ward_figures
from engage.pledges.pledge import shown_pledges
from engage.waves.published import definition_by_id
from engage.waves.store import offered_waves

MOST_ACTIONS = 6


@dataclass(frozen=True, slots=True)
class Done:
    """An action of the ward, or of the whole borough, in the words that two people agreed to."""

    title: str
    said: str
    did: str
    state: str
    everywhere: bool
    address: str


@dataclass(frozen=True, slots=True)
class Backing:
    """A pledge: how many signed it here at least, none where that is not shown, and in all."""

    title: str
    language: str
    slug: str
    here: int | None
    as_of: date | None
    total: int


@dataclass(frozen=True, slots=True)
class Asking:
    """A survey that anyone may answer today."""

    title: str
    address: str
    minutes: int
    closes_on: date


def done(session: Session, ward: str) -> list[Done]:
    """The newest actions, those that name the ward before those for the whole borough."""
    found = sorted(published_actions(session, ward), key=lambda each: not each.wards)
    return [
        Done(
            title=each.title,
            said=each.content.said,
            did=each.content.did,
            state=str(STATES.get(each.state, each.state)),
            everywhere=not each.wards,
            address=f"/you-said-we-did?ward={ward}#{each.anchor}",
        )
        for each in found[:MOST_ACTIONS]
    ]


def backing(connection: Connection, ward: str, language: str, today: date) -> list[Backing]:
    """The pledges of which figures by ward may be shown."""
    wards, totals = ward_names(connection), counts.totals(connection)
    made = []
    for each in shown_pledges(connection, language, today):
        shown = ward_figures.shown(connection, each.id, wards)
        if shown.by_ward:
            made.append(
                Backing(
                    title=each.words.title,
                    language=each.words.language,
                    slug=each.slug,
                    here=shown.by_ward.get(ward),
                    as_of=shown.as_of,
                    total=totals.get(each.id, 0),
                )
            )
    return made


def asking(connection: Connection, today: date) -> list[Asking]:
    """The surveys that the home page offers; a sensitive one is named in no address."""
    found = [
        (wave, definition_by_id(connection, wave.definition_id))
        for wave in offered_waves(connection, today)
    ]
    return [
        Asking(
            title=asked.title,
            address=f"/surveys/{wave.id if asked.sensitive else wave.slug}",
            minutes=asked.minutes,
            closes_on=wave.closes_on,
        )
        for wave, asked in found
        if not asked.invited
    ]
