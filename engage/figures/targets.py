"""What a survey has that a target can be set for, and loading targets from a file."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from engage.areas import store as areas
from engage.core.definition.load import load_definition
from engage.core.definition.model import Definition
from engage.core.indicators.goals import ALL, OVERALL
from engage.core.indicators.model import at_version
from engage.figures.breakdowns import AREA_GROUP, CONNECTION, WARD
from engage.figures.comparisons.make import compare_all
from engage.figures.indicators import indicator_file_of
from engage.figures.words import EVERYBODY
from engage.targets.known import Known
from engage.targets.read import read_targets
from engage.targets.store import Replaced, replace_targets
from engage.waves.catalogue import newest_file


def known_of(session: Session, questionnaire: str, own: Path | None = None) -> Known:
    """The indicators and groups of the newest version of a questionnaire.

    `own` is the folder of the council's own definitions. Raises LookupError naming the
    questionnaires there are, and DefinitionError for a file with faults.
    """
    definition = load_definition(newest_file(questionnaire, own))
    file = indicator_file_of(questionnaire)
    groups = {OVERALL: {ALL: EVERYBODY}} | _groups(session, definition)
    groups |= {each.id: {part.code: part.label for part in each.groups} for each in file.united}
    indicators = {each.id: at_version(each, definition.version) for each in file.indicators}
    return Known(indicators, groups)


def load_targets(
    session: Session,
    file: Path,
    today: date,
    *,
    questionnaire: str | None = None,
    own: Path | None = None,
) -> dict[str, Replaced]:
    """Put the targets of a CSV file on record, by questionnaire, and hold the figures to them.

    The targets of each questionnaire in the file take the place of all that it had; verdicts are
    made anew from the stored figures. The caller commits. Raises RefusedFileError with everything
    that is wrong with the file, and DefinitionError.
    """
    known: dict[str, Known] = {}

    def find(name: str) -> Known:
        if name not in known:
            known[name] = known_of(session, name, own)
        return known[name]

    found = read_targets(file, find, questionnaire)
    done = {}
    for name, goals in found.items():
        done[name] = replace_targets(session, name, goals, today)
        compare_all(session, name)
    return done


def _groups(session: Session, definition: Definition) -> dict[str, dict[str, str]]:
    """The groups of each breakdown of a questionnaire, as the figures have them."""
    found: dict[str, dict[str, str]] = {}
    connection = definition.role("connection")
    if connection:
        found[CONNECTION] = {
            each.connection: each.label for each in connection.options if each.connection
        }
    if definition.role("area"):
        found |= {AREA_GROUP: areas.groups(session), WARD: areas.ward_names(session)}
    for breakdown in definition.breakdowns:
        if breakdown.id != CONNECTION:
            found[breakdown.id] = {group.code: group.label for group in breakdown.groups}
    return found
