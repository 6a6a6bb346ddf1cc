"""Reading a YAML file that a council may write, against its schema."""

from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.schema_fault import place_of, read_utf8, remedy_of
from engage.core.definition.yaml_text import read_yaml


def read_checked(file: Path, schema: Draft202012Validator, see: str) -> dict[str, Any]:
    """What the file says; raises DefinitionError with every fault that its schema finds.

    `see` is what to do about a fault of which nothing more exact is known.
    """
    try:
        data = read_yaml(read_utf8(file), str(file))
    except OSError as error:
        problem, remedy = f"it cannot be read ({error.strerror}).", "Check the path and its rights."
        raise DefinitionError([Fault(str(file), "the whole file", problem, remedy)]) from error
    faults = [
        Fault(str(file), place_of(error), f"{error.message}.", remedy_of(error, see))
        for error in schema.iter_errors(data)
    ]
    if faults:
        raise DefinitionError(sorted(faults, key=lambda fault: fault.path))
    found: dict[str, Any] = data
    return found
