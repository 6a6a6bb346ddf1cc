"""A pledge as people see it: its words in their language, and whether it can be signed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, select

from engage.extensions import table_of
from engage.pledges.models import Pledge, Signature, State
from engage.pledges.words import Words, words_in

TABLE = table_of(Pledge)
SIGNATURES = table_of(Signature)


class Stage(StrEnum):
    """Whether a pledge can be signed on a day."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ShownPledge:
    """A published pledge on a day, in one language (or in English, see `words.language`)."""

    id: int
    slug: str
    questionnaire: str | None
    opens_on: date
    closes_on: date | None
    stage: Stage
    words: Words


def stage_on(today: date, opens_on: date, closes_on: date | None) -> Stage:
    """Where a pledge stands on a day; the first and last day are both open."""
    if today < opens_on:
        return Stage.NOT_YET
    if closes_on is not None and today > closes_on:
        return Stage.CLOSED
    return Stage.OPEN


def shown_pledge(
    connection: Connection, slug: str, language: str, today: date
) -> ShownPledge | None:
    """A published pledge, open or not; None where nothing is published under that name."""
    row = connection.execute(_published().where(TABLE.c.slug == slug)).one_or_none()
    return None if row is None else _shown(connection, row, language, today)


def open_pledge(
    connection: Connection, slug: str, language: str, today: date
) -> ShownPledge | None:
    """A published pledge that can be signed today."""
    found = shown_pledge(connection, slug, language, today)
    return found if found is not None and found.stage is Stage.OPEN else None


def shown_pledges(connection: Connection, language: str, today: date) -> list[ShownPledge]:
    """All published pledges, the newest first."""
    rows = connection.execute(_published().order_by(TABLE.c.opens_on.desc(), TABLE.c.id.desc()))
    shown = (_shown(connection, row, language, today) for row in rows.all())
    return [each for each in shown if each is not None]


def names(
    connection: Connection, pledge_id: int, today: date, *, limit: int, offset: int = 0
) -> list[str]:
    """Names that people asked to be shown, in the order of the alphabet.

    From the day after they confirmed: a name that appeared with the next signature of a ward would
    tell where the person lives.
    """
    wanted = (
        select(SIGNATURES.c.name)
        .where(
            SIGNATURES.c.pledge_id == pledge_id,
            SIGNATURES.c.state == State.CONFIRMED,
            SIGNATURES.c.confirmed_on < today,
            SIGNATURES.c.show_name,
            ~SIGNATURES.c.under_18,
            SIGNATURES.c.name != "",
        )
        .order_by(SIGNATURES.c.name, SIGNATURES.c.id)
        .limit(limit)
        .offset(offset)
    )
    return list(connection.execute(wanted).scalars())


def _published() -> Select[tuple[object, ...]]:
    return select(TABLE).where(TABLE.c.published)


def _shown(
    connection: Connection, row: Row[tuple[object, ...]], language: str, today: date
) -> ShownPledge | None:
    """None for one without words: there is nothing to sign."""
    words = words_in(connection, row.id, language)
    if words is None:
        return None
    stage = stage_on(today, row.opens_on, row.closes_on)
    return ShownPledge(
        row.id, row.slug, row.questionnaire, row.opens_on, row.closes_on, stage, words
    )
