"""The versions of questionnaires: those that were published, and those whose file is there."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import parse_definition
from engage.core.definition.model import Definition
from engage.core.definition.schema_fault import read_utf8
from engage.core.definition.translation import Tally, translate
from engage.core.definition.yaml_text import read_yaml
from engage.waves.catalogue import definition_file, definition_files, is_numbered, survey_names
from engage.waves.models import PublishedDefinition, Wave
from engage.waves.published import definition_of
from engage.waves.translations import Spoken, definition_in, translations_of
from engage.web.language import ENGLISH, LANGUAGES, Language


class Content(NamedTuple):
    """What a version says, as plain data and as a definition."""

    raw: dict[str, Any]
    definition: Definition


@dataclass(frozen=True, slots=True)
class Version:
    """A version in the list; `fault` says why it cannot be read, `waves` which asked it."""

    name: str
    version: int
    title: str
    waves: tuple[Wave, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that a version can be tried in, and how far its translation is.

    `shown` is whether people can choose it; `tally` is of nothing for English.
    """

    language: Language
    shown: bool
    tally: Tally | None


def versions_of(session: Session, own: Path | None) -> list[Version]:
    """Every version of every survey, the newest of each first."""
    known = {
        (file.parent.name, int(file.stem.removeprefix("v")))
        for file in definition_files(own)
        if is_numbered(file) and file.parent.name in survey_names(own)
    }
    rows = select(PublishedDefinition.questionnaire, PublishedDefinition.version)
    known |= {(row.questionnaire, row.version) for row in session.execute(rows)}
    asked: dict[tuple[str, int], list[Wave]] = {}
    for wave in session.scalars(select(Wave).order_by(Wave.opens_on.desc(), Wave.id.desc())):
        asked.setdefault((wave.questionnaire, wave.definition.version), []).append(wave)
    ordered = sorted(known, key=lambda each: (each[0], -each[1]))
    return [_listed(session, *each, tuple(asked.get(each, ())), own) for each in ordered]


def content_of(session: Session, name: str, version: int, own: Path | None) -> Content:
    """What a version says: as it was published, else its file.

    Raises LookupError where there is none, DefinitionError for a file with faults.
    """
    rows = select(PublishedDefinition).filter_by(questionnaire=name, version=version)
    row = session.scalars(rows.order_by(PublishedDefinition.id.desc()).limit(1)).one_or_none()
    if row is not None:
        return Content(json.loads(row.content), definition_of(row))
    if name not in survey_names(own):
        raise LookupError(f"There is no survey {name!r}.")
    file = definition_file(name, version, own)
    return _read(file, file.stat().st_mtime_ns)


def tongues_of(content: Content, own: Path | None, *, demo: bool) -> list[Tongue]:
    """The languages of a version: also those that no native reader has looked through yet."""
    spoken = _spoken(content, own)
    told = [Tongue(ENGLISH, shown=True, tally=None)]
    for language in LANGUAGES:
        if language.code in spoken:
            translation = spoken[language.code]
            tally = translate(content.raw, translation)[1]
            told.append(Tongue(language, translation.reviewed or demo, tally))
    return told


def in_language(content: Content, code: str, own: Path | None) -> Definition:
    """A version in one of its languages; raises LookupError where it has no such one."""
    if code == ENGLISH.code:
        return content.definition
    spoken = _spoken(content, own)
    if code not in spoken:
        raise LookupError(f"This version is not there in {code!r}.")
    return definition_in(content.raw, spoken[code])


def _spoken(content: Content, own: Path | None) -> Spoken:
    definition = content.definition
    return translations_of(definition.id, definition.version, own, unreviewed=True)


def _listed(
    session: Session, name: str, version: int, waves: tuple[Wave, ...], own: Path | None
) -> Version:
    try:
        title = content_of(session, name, version, own).definition.title
    except DefinitionError as error:
        count = len(error.faults)
        return Version(name, version, name, waves, f"Its file has faults ({count}).")
    return Version(name, version, title, waves)


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> Content:
    """A file as it was when last changed, read once a process."""
    raw: dict[str, Any] = read_yaml(read_utf8(file), str(file))
    return Content(raw, parse_definition(raw, str(file)))
