"""A definition file to frozen objects: YAML, the schema, then what a schema cannot say."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from engage.core.definition.check import check
from engage.core.definition.check_data import check_data
from engage.core.definition.condition import Condition
from engage.core.definition.condition_data import calculated_of, condition_of, with_calculated
from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.model import Breakdown, Definition, Group
from engage.core.definition.own_cleaning import Cleaning, Conflict
from engage.core.definition.question import Question, Service
from engage.core.definition.question_data import options_of, section_of
from engage.core.definition.schema_fault import place_of, read_utf8, remedy_of
from engage.core.definition.yaml_text import read_yaml

_SCHEMA = Draft202012Validator(
    json.loads(files("engage.core.definition").joinpath("schema.json").read_text("utf-8"))
)


def load_definition(path: Path) -> Definition:
    """The definition in a YAML file; raises DefinitionError with every fault in it."""
    return parse_definition(read_yaml(read_utf8(path), str(path)), str(path))


def parse_definition(data: Any, file: str, *, checked: bool = True) -> Definition:
    """The definition in plain data (from YAML or stored JSON); raises DefinitionError.

    What was published is loaded without being `checked` anew: it met the checks of its day, and
    people answered it. Checks may become stricter; the schema may only come to allow more.
    """
    faults = [_schema_fault(error, file) for error in _SCHEMA.iter_errors(data)]
    if faults:
        raise DefinitionError(sorted(faults, key=lambda fault: fault.path))
    unknown = _unknown_scales(data, file)
    if unknown:
        raise DefinitionError(unknown)
    definition = built(data)
    if checked:
        faults = [Fault(file, *problem) for problem in check_data(data)]
        faults += check(definition, file)
    if faults:
        raise DefinitionError(faults)
    return definition


def _schema_fault(error: ValidationError, file: str) -> Fault:
    """One fault from the schema, told at the deepest place that explains it."""
    deepest = best_match(error.context) if error.context else None
    told = deepest or error
    remedy = remedy_of(told, "See docs/definitions.md.")
    return Fault(file, place_of(told), f"{told.message}.", remedy)


def _unknown_scales(data: dict[str, Any], file: str) -> list[Fault]:
    known = data.get("scales", {})
    return [
        Fault(
            file,
            f"sections/{s}/questions/{q}/scale",
            f"there is no scale {question['scale']!r}.",
            f"Define it under scales, or use one of: {', '.join(known) or '(none)'}.",
        )
        for s, section in enumerate(data["sections"])
        for q, question in enumerate(section.get("questions", []))
        if "scale" in question and question["scale"] not in known
    ]


def built(data: dict[str, Any]) -> Definition:
    """The definition of plain data that has passed the checks already."""
    data = with_calculated(data)
    scales = {name: options_of(options) for name, options in data.get("scales", {}).items()}
    sections = tuple(section_of(section, scales) for section in data["sections"])
    questions = {question.id: question for section in sections for question in section.questions}
    return Definition(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        audience=data["audience"],
        minutes=data["minutes"],
        start=data["start"],
        thanks=data["thanks"],
        ineligible=data["ineligible"],
        sections=sections,
        help=tuple(Service(**service) for service in data.get("help", [])),
        roles=data.get("roles", {}),
        population=data.get("weighting", {}).get("population", "none"),
        invited=data.get("invited", False),
        sealed=data.get("sealed", False),
        keeps_day=data.get("keeps_day", True),
        smallest_base=data.get("smallest_base"),
        breakdowns=tuple(_breakdown(each, questions) for each in data.get("breakdowns", [])),
        cleaning=_cleaning(data.get("cleaning", {})),
        calculated=tuple(calculated_of(each) for each in data.get("calculated", [])),
    )


def _cleaning(data: dict[str, Any]) -> Cleaning:
    return Cleaning(
        actions=data.get("actions", {}),
        limits={name: value for name, value in data.items() if isinstance(value, int | float)},
        reversed_items=frozenset(data.get("reversed", [])),
        conflicts=tuple(
            Conflict(each["id"], condition_of(each["first"]), condition_of(each["second"]))
            for each in data.get("conflicts", [])
        ),
    )


def _breakdown(data: dict[str, Any], questions: dict[str, Question]) -> Breakdown:
    if "groups" in data:
        groups = tuple(
            Group(group["code"], group["label"], condition_of(group["when"]))
            for group in data["groups"]
        )
        return Breakdown(data["id"], data["title"], groups)
    question = questions.get(data["question"])
    if question is None:  # its name stays, for the checks to say that it is not there
        missing = Condition(question=data["question"], answered=True)
        return Breakdown(data["id"], data["title"], (Group("missing", "Missing", missing),))
    options = [option for option in question.options if option.means is None]
    codes: dict[tuple[str, str], list[str]] = {}
    for option in options:
        if not option.eligible:
            continue
        if data.get("by") == "group" and option.group:
            name = (option.group.lower().replace(" ", "_").replace(",", ""), option.group)
        else:
            name = (option.code, option.label)
        codes.setdefault(name, []).append(option.code)
    return Breakdown(
        data["id"],
        data["title"],
        tuple(
            Group(code, label, Condition(question=data["question"], codes=frozenset(members)))
            for (code, label), members in codes.items()
        ),
    )
