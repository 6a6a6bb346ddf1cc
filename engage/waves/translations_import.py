"""A translator's table taken over: read, checked and written as one, or not at all."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.translation import (
    Tally,
    Translation,
    parse_translation,
    translate,
)
from engage.core.definition.translation_csv import read_sheet
from engage.core.definition.translation_merge import merged
from engage.core.definition.translation_yaml import yaml_of
from engage.core.definition.yaml_text import read_yaml
from engage.waves.catalogue import definition_file, translation_file
from engage.waves.translations import read_translation
from engage.waves.translations_check import faults_of_words, raw_of

LARGEST = 5_000_000
"""Bytes of a table: a hundred times what a questionnaire needs."""


class Taken(NamedTuple):
    """What became of a table: the file that was written, and how much of it is translated."""

    file: Path
    tally: Tally


def so_far(questionnaire: str, version: int, language: str, own: Path | None) -> Translation:
    """What there is of a translation; one without texts where there is nothing.

    Raises DefinitionError where its file has faults, or the code of the language is none.
    """
    file = translation_file(questionnaire, version, language, own)
    if file:
        return read_translation(file)
    data = {"questionnaire": questionnaire, "version": version, "language": language}
    return parse_translation(data | {"reviewed": False, "texts": {}}, "the translation")


def take(table: Path, own: Path | None, *, reviewed: bool) -> Taken:
    """Write the translation that a table makes; raises LookupError, DefinitionError or OSError."""
    if table.stat().st_size > LARGEST:
        problem = "it is larger than any table of texts."
        raise DefinitionError([Fault(str(table), "the whole file", problem, "Export it again.")])
    sheet = read_sheet(table.read_bytes(), str(table))
    raw = raw_of(sheet.questionnaire, sheet.version, own)
    before = so_far(sheet.questionnaire, sheet.version, sheet.language, own)
    made = merged(sheet, raw, before, str(table), reviewed=reviewed)
    told, tally = translate(raw, made)
    faults = faults_of_words(told, table)
    if faults:
        raise DefinitionError(faults)
    return Taken(_write(made, own), tally)


def _write(made: Translation, own: Path | None) -> Path:
    """Put a translation where the council keeps its own, else beside the questionnaire.

    It is written beside its place and moved there, so that no file is ever half a translation.
    """
    beside = definition_file(made.questionnaire, made.version, own).parent
    folder = own / made.questionnaire if own else beside
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"v{made.version}.{made.language}.yaml"
    text = yaml_of(made)
    parse_translation(read_yaml(text, str(place)), str(place))
    with NamedTemporaryFile("w", dir=folder, encoding="utf-8", delete=False) as file:
        file.write(text)
    whole = Path(file.name)
    try:
        whole.chmod(0o644)
        whole.replace(place)
    finally:
        whole.unlink(missing_ok=True)
    return place
