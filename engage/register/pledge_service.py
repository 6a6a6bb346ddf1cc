"""Making and wording pledges, and what staff see of each. The caller commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, func, select

from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import load_definition
from engage.extensions import table_of
from engage.pledges import counts
from engage.pledges.models import Pledge, Signature, State
from engage.pledges.pledge import Stage, stage_on
from engage.pledges.titles import titles
from engage.pledges.words import (
    FIRST_LANGUAGE,
    NewWords,
    WordsSignedError,
    add_version,
    languages,
    newest,
    set_words,
    words_in,
)

PLEDGES, SIGNATURES = table_of(Pledge), table_of(Signature)
STAGES = {Stage.NOT_YET: "Not open yet", Stage.OPEN: "Open", Stage.CLOSED: "Closed"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A pledge as the page of all of them lists it."""

    id: int
    slug: str
    title: str
    standing: str
    opens_on: date
    closes_on: date | None
    signed: int


def all_pledges(connection: Connection, today: date) -> list[Seen]:
    """Every pledge, the newest first."""
    titled, totals = titles(connection), counts.totals(connection)
    rows = connection.execute(select(PLEDGES).order_by(PLEDGES.c.id.desc())).all()
    return [
        Seen(
            id=row.id,
            slug=row.slug,
            title=titled[row.id],
            standing=STAGES[stage_on(today, row.opens_on, row.closes_on)]
            if row.published
            else "Not on the site",
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            signed=totals.get(row.id, 0),
        )
        for row in rows
    ]


def by_state(connection: Connection, pledge_id: int) -> dict[str, int]:
    """State to how many signatures are in it."""
    counted = (
        select(SIGNATURES.c.state, func.count())
        .where(SIGNATURES.c.pledge_id == pledge_id)
        .group_by(SIGNATURES.c.state)
    )
    found = {row[0]: int(row[1]) for row in connection.execute(counted)}
    return {state.value: found.get(state.value, 0) for state in State}


def write_words(
    connection: Connection, pledge_id: int, language: str, new: NewWords, today: date
) -> int:
    """Word a pledge in a language; the number of the version.

    Words that nobody has signed are corrected where they stand. Signed ones stay, and a new
    version follows: anew in English it has no translations yet, since they would say something
    else; anew in another language it takes the others along.
    """
    version = newest(connection, pledge_id)
    if not version:
        return add_version(connection, pledge_id, {FIRST_LANGUAGE: new}, today)
    try:
        set_words(connection, pledge_id, version, language, new, today=today)
    except WordsSignedError:
        kept = {} if language == FIRST_LANGUAGE else _texts(connection, pledge_id)
        return add_version(connection, pledge_id, {**kept, language: new}, today)
    return version


def _texts(connection: Connection, pledge_id: int) -> Mapping[str, NewWords]:
    found = {
        language: words_in(connection, pledge_id, language)
        for language in languages(connection, pledge_id)
    }
    return {
        language: NewWords(words.title, words.summary, words.words, words.reviewed)
        for language, words in found.items()
        if words is not None
    }


@lru_cache(maxsize=64)
def title_in(file: Path, _changed: int) -> str:
    """The title of a questionnaire's file, read again when it has changed."""
    try:
        return load_definition(file).title
    except DefinitionError:
        return file.parent.name
