"""Checking every questionnaire and indicator file at once, as `check-definitions` does."""

from collections.abc import Iterator
from pathlib import Path

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.load import load_definition
from engage.core.definition.model import Definition
from engage.core.indicators.fit import faults_of_fit
from engage.core.indicators.load import load_indicators
from engage.waves.catalogue import SHIPPED, definition_files, is_numbered
from engage.waves.lock import LOCK, changed, marks, read_lock, unlocked

INDICATORS = SHIPPED / "indicators"


def faults_of_everything(
    own: Path | None = None,
    *,
    shipped: Path = SHIPPED,
    indicators: Path = INDICATORS,
    lock: Path = LOCK,
) -> list[Fault]:
    """Every fault in every file; `own` is the folder of the council's own questionnaires.

    Its `indicators` hold the council's own files of indicators, for its own questionnaires or in
    place of those that ship.
    """
    faults: list[Fault] = []
    definitions: dict[str, list[Definition]] = {}
    readable: list[Path] = []
    files = definition_files(own, shipped)
    for file in files:
        try:
            definition = load_definition(file)
        except DefinitionError as error:
            faults += error.faults
            continue
        readable.append(file)
        faults += _faults_of_place(file, definition)
        definitions.setdefault(definition.id, []).append(definition)
    faults += _twice(files)
    faults += _faults_of_lock([file for file in readable if shipped in file.parents], lock)
    for folder in [indicators, *([own / INDICATORS.name] if own else [])]:
        for file in sorted(folder.glob("*.yaml")):
            faults += _faults_of_indicators(file, definitions)
    return faults


def _faults_of_place(file: Path, definition: Definition) -> Iterator[Fault]:
    if file.parent.name != definition.id:
        problem = f"it says {definition.id!r} but lies in the folder {file.parent.name!r}."
        yield Fault(str(file), "id", problem, "Give both the same name.")
    if file.stem != f"v{definition.version}":
        problem = f"it says version {definition.version} but is called {file.name}."
        yield Fault(str(file), "version", problem, f"Call it v{definition.version}.yaml.")


def _twice(files: list[Path]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], Path] = {}
    for file in files:
        first = seen.setdefault((file.parent.name, file.name), file)
        if first is not file:
            problem = f"{first} is the same version of the same questionnaire."
            yield Fault(str(file), "the whole file", problem, "Give one another version or id.")


def _faults_of_lock(files: list[Path], lock: Path) -> list[Fault]:
    locked, found = read_lock(lock), marks(file for file in files if is_numbered(file))
    return [*changed(locked, found), *unlocked(locked, found)]


def _faults_of_indicators(file: Path, definitions: dict[str, list[Definition]]) -> list[Fault]:
    try:
        read = load_indicators(file)
    except DefinitionError as error:
        return list(error.faults)
    versions = definitions.get(read.questionnaire or "")
    if versions is None:
        problem = f"there is no usable questionnaire {read.questionnaire!r}."
        known = ", ".join(sorted(definitions)) or "none"
        return [Fault(str(file), "questionnaire", problem, f"There are: {known}.")]
    faults = faults_of_fit(read, versions, str(file))
    if file.stem != read.questionnaire:
        problem = f"it says {read.questionnaire!r} but is called {file.name}."
        remedy = f"Call it {read.questionnaire}.yaml."
        faults.append(Fault(str(file), "questionnaire", problem, remedy))
    return faults
