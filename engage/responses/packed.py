"""Whether the packed codes and the ward of every stored response say what its answers say."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Row, bindparam, column, select, table, update

from engage.core.definition.codebook import pack
from engage.core.definition.load import parse_definition
from engage.core.definition.model import Definition
from engage.core.definition.routing import Answers, ward_of
from engage.extensions import table_of
from engage.responses.models import Response

RESPONSES = table_of(Response)
# Tables of another room, by name: responses know which definition they answer, and no more.
DEFINITIONS = table("published_definitions", column("id"), column("content"))
WAVES = table("waves", column("id"), column("questionnaire"), column("name"))
AT_ONCE = 1000
CHANGE = (
    update(RESPONSES)
    .where(RESPONSES.c.id == bindparam("response"))
    .values(codes=bindparam("packed"), ward=bindparam("place"))
)


@dataclass(slots=True)
class Checked:
    """One wave: how many responses it has, and how many have other codes than their answers."""

    wave: str
    responses: int = 0
    different: int = 0


def check(connection: Connection) -> list[Checked]:
    """Every wave with responses, in the order of their numbers."""
    names = {row.id: f"{row.questionnaire} {row.name}" for row in connection.execute(select(WAVES))}
    waves: dict[int, Checked] = {}
    for row, packed, ward in _repacked(connection):
        found = waves.setdefault(row.wave_id, Checked(names[row.wave_id]))
        found.responses += 1
        found.different += (packed, ward) != (row.codes, row.ward)
    return [waves[number] for number in sorted(waves)]


def rebuild(engine: Engine) -> int:
    """Pack every response anew that needs it; how many did.

    Some at a time, each part a transaction of its own, so that nobody who answers waits long. If
    it is broken off, what is packed stays, and the next time does the rest.
    """
    count = 0
    with engine.connect().execution_options(read_only=True) as reading:
        for part in _parts(_wrong(reading)):
            with engine.connect().execution_options(read_only=False) as writing, writing.begin():
                writing.execute(CHANGE, part)
            count += len(part)
    return count


def _wrong(connection: Connection) -> Iterator[dict[str, Any]]:
    for row, packed, ward in _repacked(connection):
        if (packed, ward) != (row.codes, row.ward):
            yield {"response": row.id, "packed": packed, "place": ward}


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while part := list(islice(rows, AT_ONCE)):
        yield part


def _repacked(connection: Connection) -> Iterator[tuple[Row[*tuple[Any, ...]], bytes, str | None]]:
    """Every response with the codes and the ward that its answers give."""
    contents = {row.id: row.content for row in connection.execute(select(DEFINITIONS))}
    wanted = select(
        RESPONSES.c.id,
        RESPONSES.c.wave_id,
        RESPONSES.c.definition_id,
        RESPONSES.c.answers,
        RESPONSES.c.codes,
        RESPONSES.c.ward,
    )
    for row in connection.execute(wanted.execution_options(yield_per=AT_ONCE)):
        definition = _definition(contents[row.definition_id])
        answers = _answers(row.answers)
        yield row, pack(definition, answers), ward_of(definition, answers)


def _answers(stored: str) -> Answers:
    """Stored answers as they were given: what was ticked is a list in JSON and a tuple here."""
    return {
        name: tuple(answer) if isinstance(answer, list) else answer
        for name, answer in orjson.loads(stored).items()
    }


@lru_cache(maxsize=64)
def _definition(content: str) -> Definition:
    return parse_definition(json.loads(content), "a published definition", checked=False)
