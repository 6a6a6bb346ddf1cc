"""Whether the translations still say what the questionnaires say."""

from pathlib import Path
from typing import Any, NamedTuple

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.load import parse_definition
from engage.core.definition.schema_fault import read_utf8
from engage.core.definition.translation import Tally, Translation, faults_of, translate
from engage.core.definition.yaml_text import read_yaml
from engage.waves.catalogue import SHIPPED, definition_file, translation_files
from engage.waves.translations import read_translation


class Line(NamedTuple):
    """How far a translation is."""

    file: Path
    translation: Translation
    tally: Tally


def check_translations(
    own: Path | None = None, *, shipped: Path = SHIPPED
) -> tuple[list[Line], list[Fault]]:
    """A line for every translation that can be read, and every fault in them all.

    A text that is not there yet is no fault; one that was made from another English is.
    """
    lines: list[Line] = []
    faults: list[Fault] = []
    for file in translation_files(own, shipped):
        try:
            translation = read_translation(file)
            raw = raw_of(translation.questionnaire, translation.version, own, shipped=shipped)
        except DefinitionError as error:
            faults += error.faults
        except LookupError as error:
            faults.append(Fault(str(file), "questionnaire", str(error), "Name one of them."))
        else:
            told, tally = translate(raw, translation)
            lines.append(Line(file, translation, tally))
            faults += faults_of(raw, translation, str(file)) or faults_of_words(told, file)
    return lines, faults


def faults_of_words(told: dict[str, Any], file: Path) -> list[Fault]:
    """What the checks of questionnaires say of one in another language."""
    try:
        parse_definition(told, str(file))
    except DefinitionError as error:
        return list(error.faults)
    return []


def raw_of(
    questionnaire: str, version: int | None, own: Path | None = None, *, shipped: Path = SHIPPED
) -> dict[str, Any]:
    """The sound data of a questionnaire, of its newest version without a number.

    Raises LookupError where there is none, DefinitionError where it has faults.
    """
    file = definition_file(questionnaire, version, own, shipped)
    raw: dict[str, Any] = read_yaml(read_utf8(file), str(file))
    parse_definition(raw, str(file))
    return raw
