"""The questionnaires in other languages: their files, found and read."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.load import built
from engage.core.definition.model import Definition
from engage.core.definition.translation import (
    Translation,
    load_translation,
    translate,
)
from engage.waves.catalogue import SHIPPED, translation_files

logger = logging.getLogger("engage.languages")

Spoken = Mapping[str, Translation]
"""The translations of a version of a questionnaire, by the codes of their languages."""


def read_translation(file: Path) -> Translation:
    """The translation in a file that is named for it; raises DefinitionError."""
    found = load_translation(file)
    name, folder = f"v{found.version}.{found.language}.yaml", found.questionnaire
    faults = []
    if file.name != name:
        problem = f"it says version {found.version} in {found.language!r} but is {file.name}."
        faults.append(Fault(str(file), "language", problem, f"Call it {name}."))
    if file.parent.name != folder:
        problem = f"it says {folder!r} but lies in the folder {file.parent.name!r}."
        faults.append(Fault(str(file), "questionnaire", problem, "Give both the same name."))
    if faults:
        raise DefinitionError(faults)
    return found


def translations_of(
    questionnaire: str,
    version: int,
    own: Path | None = None,
    *,
    shipped: Path = SHIPPED,
    unreviewed: bool = False,
) -> Spoken:
    """Every language that a version of a questionnaire may be shown in, beside English.

    The council's own file takes the place of ours. One that cannot be read, or that no native
    reader has looked through, is left out; `unreviewed` ones only on request.
    """
    found: dict[str, Translation] = {}
    for file in translation_files(own, shipped):
        number, _, language = file.stem.partition(".")
        if file.parent.name == questionnaire and number == f"v{version}":
            found.pop(language, None)
            read = _usable(file)
            if read and (read.reviewed or unreviewed):
                found[language] = read
    return found


def _usable(file: Path) -> Translation | None:
    """The translation in a file; None, with a line in the log, if it has faults."""
    try:
        return read_translation(file)
    except (DefinitionError, OSError) as error:
        logger.error("%s is left out: %s", file, error)  # noqa: TRY400  the faults say it all
        return None


def definition_in(raw: Mapping[str, Any], translation: Translation) -> Definition:
    """A questionnaire that passed its checks, in the language: only its words are others."""
    return built(translate(raw, translation)[0])
