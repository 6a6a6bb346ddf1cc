"""A file of indicators to frozen objects: YAML, the schema, then what a schema cannot say."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.schema_fault import place_of, read_utf8, remedy_of
from engage.core.definition.yaml_text import read_yaml
from engage.core.indicators.check import check
from engage.core.indicators.model import (
    Areas,
    Better,
    BreakKind,
    Comparisons,
    DeclaredBreak,
    GroupPair,
    Headline,
    Indicator,
    IndicatorFile,
    Kind,
    Revision,
    United,
    UnitedGroup,
)
from engage.core.statistics.target import Operator, Target

_SCHEMA = Draft202012Validator(
    json.loads(files("engage.core.indicators").joinpath("schema.json").read_text("utf-8"))
)


def load_indicators(path: Path) -> IndicatorFile:
    """The indicators in a YAML file; raises DefinitionError with every fault in it."""
    return parse_indicators(read_utf8(path), str(path))


def parse_indicators(text: str, file: str) -> IndicatorFile:
    """The indicators in YAML text from `file`; raises DefinitionError with every fault."""
    data = read_yaml(text, file)
    faults = [_fault(error, file) for error in _SCHEMA.iter_errors(data)]
    faults = sorted(faults, key=lambda fault: fault.path) or check(data, file)
    if faults:
        raise DefinitionError(faults)
    return IndicatorFile(
        data.get("questionnaire"),
        tuple(_indicator(each) for each in data["indicators"]),
        _comparisons(data.get("comparisons", {})),
        tuple(Headline(**each) for each in data.get("headlines", ())),
        tuple(_united(each) for each in data.get("united", ())),
    )


def _fault(error: ValidationError, file: str) -> Fault:
    shape = "Correct it; the shape of the file is in engage/core/indicators/schema.json."
    remedy = "Add it." if error.validator == "required" else remedy_of(error, shape)
    return Fault(file, place_of(error), f"{error.message}.", remedy)


def _indicator(data: dict[str, Any]) -> Indicator:
    return Indicator(
        id=data["id"],
        name=data["name"],
        kind=Kind(data["kind"]),
        **_made_of(data),
        better=Better(data["better"]),
        sensitive=data.get("sensitive", False),
        question=data.get("question", ""),
        note=data.get("note", ""),
        target=_target(data["target"]) if "target" in data else None,
        breaks=tuple(_break(each) for each in data.get("breaks", ())),
        revisions=tuple(
            Revision(version=each["from_version"], **_made_of(each))
            for each in data.get("revisions", ())
        ),
    )


def _made_of(data: dict[str, Any]) -> dict[str, Any]:
    """What an indicator, or a revision of one, is made of."""
    variables = data.get("variables") or ([data["variable"]] if "variable" in data else [])
    return {
        "variables": tuple(variables),
        "numerator": tuple(data.get("numerator", ())),
        "base": tuple(data.get("base", ())),
        "outside": tuple(data["outside"]) if "outside" in data else None,
        "scores": {code: float(score) for code, score in data.get("scores", {}).items()},
        "threshold": data.get("threshold"),
    }


def _break(data: dict[str, Any]) -> DeclaredBreak:
    return DeclaredBreak(data["from_version"], BreakKind(data["kind"]), data["says"])


def _united(data: dict[str, Any]) -> United:
    groups = [
        UnitedGroup(each["code"], each["label"], tuple(each["parts"])) for each in data["groups"]
    ]
    return United(data["id"], data["title"], data["of"], tuple(groups))


def _target(data: dict[str, Any]) -> Target:
    operator, value = Operator(data["operator"]), float(data["value"])
    return Target(operator, value, data.get("year", ""), data.get("source", ""))


def _comparisons(data: dict[str, Any]) -> Comparisons:
    areas = data.get("areas")
    return Comparisons(
        groups=tuple(GroupPair(**each) for each in data.get("groups", ())),
        areas=Areas(areas["breakdown"], frozenset(areas["treated"]), frozenset(areas["control"]))
        if areas
        else None,
    )
