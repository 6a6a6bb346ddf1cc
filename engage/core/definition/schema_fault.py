"""What to do about a fault that a JSON Schema found, in words that every kind of file shares."""

from pathlib import Path

from jsonschema.exceptions import ValidationError

from engage.core.definition.faults import DefinitionError, Fault

DATE = "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"
"""The pattern of dates, as the schema has it."""


def read_utf8(path: Path) -> str:
    """The text of a file; raises DefinitionError when it is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DefinitionError(
            [Fault(str(path), "the whole file", "it is not UTF-8.", "Save it as UTF-8.")]
        ) from error


def place_of(error: ValidationError) -> str:
    """Where in the file the fault is."""
    return "/".join(str(part) for part in error.absolute_path) or "the top of the file"


def remedy_of(error: ValidationError, otherwise: str) -> str:
    """What to do about the fault; `otherwise` where nothing more exact is known."""
    if error.validator == "type" and error.validator_value == "string":
        return "Put quotes round it: YAML reads a bare no, 01 or 1 as something else."
    if error.validator_value == DATE:
        return 'Write a day as "2026-03-05", a month as "2026-03", and a number without quotes.'
    if error.validator == "enum":
        return f"Use one of: {', '.join(str(each) for each in _values(error))}."
    if error.validator == "additionalProperties":
        return "Remove it or correct its spelling."
    return otherwise


def _values(error: ValidationError) -> list[object]:
    values = error.validator_value
    return list(values) if isinstance(values, list) else []
