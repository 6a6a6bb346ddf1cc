"""What the figures of a survey are called in the reader's language, for pages for everyone."""

import logging
from functools import lru_cache
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.core.definition.faults import DefinitionError
from engage.core.definition.names import ENGLISH, Names, answers_in, load_names
from engage.extensions import site_settings
from engage.waves.catalogue import SHIPPED
from engage.waves.models import PublishedDefinition
from engage.waves.published import data_by_id
from engage.waves.translations import translations_of
from engage.web.language import ENGLISH as PLAIN, language

FOLDER = "names"
logger = logging.getLogger("engage.languages")


def names_of(session: Session, questionnaire: str, version: int) -> Names:
    """The names that a version of a questionnaire and its figures have for the reader.

    Neither a published definition nor, while a process runs, what is translated ever changes.
    """
    if language().tag == PLAIN.tag:  # what figures are called is the same in Easy Read
        return ENGLISH
    kept: dict[tuple[str, int, str], Names] = current_app.extensions.setdefault("names", {})
    key = (questionnaire, version, language().code)
    if key not in kept:
        kept[key] = _read(session, *key)
    return kept[key]


def _read(session: Session, questionnaire: str, version: int, code: str) -> Names:
    settings = site_settings()
    wanted = select(PublishedDefinition.id).filter_by(questionnaire=questionnaire, version=version)
    number = session.scalar(wanted.limit(1))
    spoken = translations_of(
        questionnaire, version, settings.definitions_dir, unreviewed=settings.demo
    ).get(code)
    answers = (
        answers_in(data_by_id(session.connection(), number), spoken) if spoken and number else {}
    )
    own: dict[str, str] = {}
    for folder in (SHIPPED, settings.definitions_dir):
        file = folder / FOLDER / f"{code}.yaml" if folder else None
        if file and file.is_file():
            own |= _names_in(file, file.stat().st_mtime_ns, unreviewed=settings.demo)
    return Names(code, own, answers)


@lru_cache(maxsize=16)
def _names_in(file: Path, _changed: int, *, unreviewed: bool) -> dict[str, str]:
    """The names in a file; none, with a line in the log, if it has faults."""
    try:
        found = load_names(file)
    except (DefinitionError, OSError) as error:
        logger.error("%s is left out: %s", file, error)  # noqa: TRY400  the faults say it all
        return {}
    return dict(found.names) if found.reviewed or unreviewed else {}
