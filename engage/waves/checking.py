"""Checking every questionnaire and indicator file at once, as `check-definitions` does."""

from collections.abc import Iterator
from pathlib import Path

from engage.core.definition.codebook import Variable, variables
from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.load import load_definition
from engage.core.definition.model import Definition
from engage.core.indicators.load import load_indicators
from engage.core.indicators.model import Indicator
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
    """Every fault in every file; `own` is the folder of the council's own questionnaires."""
    faults: list[Fault] = []
    definitions: dict[str, Definition] = {}
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
        best = definitions.get(definition.id)
        if best is None or best.version < definition.version:
            definitions[definition.id] = definition
    faults += _twice(files)
    faults += _faults_of_lock([file for file in readable if shipped in file.parents], lock)
    for file in sorted(indicators.glob("*.yaml")):
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


def _faults_of_indicators(file: Path, definitions: dict[str, Definition]) -> list[Fault]:
    try:
        read = load_indicators(file)
    except DefinitionError as error:
        return list(error.faults)
    definition = definitions.get(read.questionnaire or "")
    if definition is None:
        problem = f"there is no usable questionnaire {read.questionnaire!r}."
        known = ", ".join(sorted(definitions)) or "none"
        return [Fault(str(file), "questionnaire", problem, f"There are: {known}.")]
    known_variables = {variable.name: variable for variable in variables(definition)}
    return [
        Fault(str(file), f"indicators/{each.id}", problem, remedy)
        for each in read.indicators
        for problem, remedy in _strangers(each, known_variables)
    ]


def _strangers(indicator: Indicator, known: dict[str, Variable]) -> Iterator[tuple[str, str]]:
    """What an indicator counts that its questionnaire does not ask."""
    for name in indicator.variables:
        variable = known.get(name)
        if variable is None:
            yield f"the questionnaire has no variable {name!r}.", "Correct its spelling."
            continue
        for code in indicator.codes:
            if code not in variable.categories:
                yield (
                    f"{name!r} has no answer {code!r}.",
                    f"Use some of: {', '.join(variable.categories[2:])}.",
                )
