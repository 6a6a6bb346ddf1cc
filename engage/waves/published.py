"""Publishing a definition: its canonical JSON and hash are kept, whatever becomes of the file."""

import hashlib
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.load import load_definition, parse_definition
from engage.core.definition.model import Definition
from engage.core.definition.yaml_text import read_yaml
from engage.waves.models import PublishedDefinition


def canonical(data: Any) -> str:
    """The one way in which equal definitions are written: sorted keys, no spaces, plain UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: str) -> str:
    """SHA-256 of a canonical definition, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def publish(session: Session, file: Path, today: date) -> PublishedDefinition:
    """The published row of a definition file, made if it is new; raises DefinitionError.

    The caller commits. Published by two at the same moment, it is one row for both.
    """
    definition = load_definition(file)
    if definition.sealed:
        problem = "a report is stored sealed, and no wave may ask it."
        raise DefinitionError([Fault(str(file), "sealed", problem, "Choose a survey.")])
    content = canonical(read_yaml(file.read_text("utf-8"), str(file)))
    mark = digest(content)
    this = {"questionnaire": definition.id, "version": definition.version}
    same = select(PublishedDefinition).filter_by(**this, digest=mark)
    row = session.scalar(same)
    if row is not None:
        return row
    _refuse_change(session, definition, mark, file)
    row = PublishedDefinition(**this, digest=mark, content=content, published_on=today)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return session.scalars(same).one()
    return row


def _refuse_change(session: Session, definition: Definition, mark: str, file: Path) -> None:
    """A version that was published with other content stays as it was; raises DefinitionError."""
    other = select(PublishedDefinition.id).where(
        PublishedDefinition.questionnaire == definition.id,
        PublishedDefinition.version == definition.version,
        PublishedDefinition.digest != mark,
    )
    if session.scalar(other.limit(1)) is not None:
        problem = f"version {definition.version} was published with other content."
        remedy = f"Undo the change, or make it version {definition.version + 1}."
        raise DefinitionError([Fault(str(file), "version", problem, remedy)])


def definition_of(row: PublishedDefinition) -> Definition:
    """The definition of a published row; parsed once a process for each content."""
    return _parsed(row.content)


def definition_by_id(connection: Connection, definition_id: int) -> Definition:
    """The definition of a published row by its number; raises LookupError."""
    return _parsed(_content(connection, definition_id))


def data_by_id(connection: Connection, definition_id: int) -> dict[str, Any]:
    """The plain data of a published row by its number; raises LookupError."""
    data: dict[str, Any] = json.loads(_content(connection, definition_id))
    return data


def _content(connection: Connection, definition_id: int) -> str:
    content = connection.execute(
        select(PublishedDefinition.content).where(PublishedDefinition.id == definition_id)
    ).scalar_one_or_none()
    if content is None:
        raise LookupError(f"No definition was published under the number {definition_id}.")
    return content


@lru_cache(maxsize=64)
def _parsed(content: str) -> Definition:
    return parse_definition(json.loads(content), "a published definition", checked=False)
