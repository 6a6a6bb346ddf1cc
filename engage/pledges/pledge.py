"""A pledge as people see it: its words in their language, and whether it can be signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, Row, bindparam, func, select

from engage.extensions import table_of
from engage.pledges.models import NameState, Pledge, Signature, State
from engage.pledges.words import FIRST_LANGUAGE, TABLE as WORDS, Words

TABLE = table_of(Pledge)
SIGNATURES = table_of(Signature)

VERSIONS = WORDS.alias("versions")
NEWEST = select(func.max(VERSIONS.c.version)).where(VERSIONS.c.pledge_id == TABLE.c.id)
PUBLISHED = (
    select(TABLE, *(WORDS.c[name].label(f"words_{name}") for name in Words.__slots__))
    .join(WORDS, WORDS.c.pledge_id == TABLE.c.id)
    .where(
        TABLE.c.published,
        WORDS.c.version == NEWEST.scalar_subquery(),
        WORDS.c.language.in_([bindparam("language"), FIRST_LANGUAGE]),
    )
)
"""Every published pledge with its words in a language and in English; one without words has
nothing to sign."""
ALL = PUBLISHED.order_by(TABLE.c.opens_on.desc(), TABLE.c.id.desc())
ONE = PUBLISHED.where(TABLE.c.slug == bindparam("slug"))


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
    rows = connection.execute(ONE, {"slug": slug, "language": language})
    return next(iter(_shown(rows, language, today)), None)


def shown_pledges(connection: Connection, language: str, today: date) -> list[ShownPledge]:
    """All published pledges, the newest first."""
    return _shown(connection.execute(ALL, {"language": language}), language, today)


def names(
    connection: Connection, pledge_id: int, today: date, *, limit: int, offset: int = 0
) -> list[str]:
    """Names that people asked to be shown and that staff have looked at, as in the alphabet.

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
            SIGNATURES.c.name_state == NameState.SHOWN,
            ~SIGNATURES.c.under_18,
            SIGNATURES.c.name != "",
        )
        .order_by(SIGNATURES.c.name, SIGNATURES.c.id)
        .limit(limit)
        .offset(offset)
    )
    return list(connection.execute(wanted).scalars())


def _shown(
    rows: Iterable[Row[tuple[object, ...]]], language: str, today: date
) -> list[ShownPledge]:
    """Each pledge in the language that was asked for; in English where it is not translated."""
    chosen: dict[int, Row[tuple[object, ...]]] = {}
    for row in rows:
        if row.words_language == language or row.id not in chosen:
            chosen[row.id] = row
    return [
        ShownPledge(
            row.id,
            row.slug,
            row.questionnaire,
            row.opens_on,
            row.closes_on,
            stage_on(today, row.opens_on, row.closes_on),
            Words(*(getattr(row, f"words_{name}") for name in Words.__slots__)),
        )
        for row in chosen.values()
    ]
