"""Reading the reporting policy: what ships, with the council's own file laid over it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from engage.core.definition.checked import read_checked
from engage.core.definition.faults import DefinitionError, Fault, Problem
from engage.core.reporting.policy import (
    Agency,
    Asked,
    Clocks,
    Coded,
    Policy,
    Reason,
    Retention,
    Strand,
    Wording,
)

_SCHEMA = Draft202012Validator(
    json.loads(files("engage.core.reporting").joinpath("policy_schema.json").read_text("utf-8"))
)
KEYED = ("texts", "clocks", "retention", "contact_rules")
"""What a council's file changes key by key; everything else that it names it replaces whole."""
LISTS = {
    "agencies": "id",
    "override_reasons": "code",
    "lawful_bases": "code",
    "not_told": "code",
    "strands": "code",
}
SEE = "See docs/handover.md."


def load_policy(shipped: Path, own: Path | None = None) -> Policy:
    """The policy that ships under a council's own; raises DefinitionError with every fault."""
    data = read_checked(shipped, _SCHEMA, SEE)
    file = shipped
    if own is not None:
        file, given = own, read_checked(own, _SCHEMA, SEE)
        data |= {name: value for name, value in given.items() if name not in KEYED}
        for name in KEYED:
            data[name] = data[name] | given.get(name, {})
    faults = [Fault(str(file), *problem) for problem in _problems(data)]
    if faults:
        raise DefinitionError(faults)
    return _policy(data)


def _problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    for name, key in LISTS.items():
        counted = Counter(each[key] for each in data[name])
        for twice in sorted(each for each, times in counted.items() if times > 1):
            yield name, f"{twice!r} is there twice.", "Keep one of them."
    for wish in (Asked.POLICE, Asked.SUPPORT):
        if not any(each["asked"] == wish for each in data["agencies"]):
            yield (
                "agencies",
                f"none of them is asked of as {wish.value!r}.",
                "The form asks for that wish: name an agency that it is about.",
            )
    if not any(each.get("immediate") for each in data["override_reasons"]):
        yield (
            "override_reasons",
            "none of them is immediate.",
            "Mark the one for danger to life: nobody may have to wait for a second person then.",
        )
    kept = [data["retention"][name] for name in ("identity", "narrative", "facts")]
    if sorted(set(kept)) != kept:
        yield (
            "retention",
            f"identity, narrative and facts ({kept}) must go one after the other.",
            "Keep identity shorter than narrative, and narrative shorter than facts.",
        )
    yield from _problems_of_texts(data["texts"])


def _problems_of_texts(texts: Mapping[str, Any]) -> Iterator[Problem]:
    for name, wordings in texts.items():
        days = Counter(each["since"] for each in wordings)
        for day, times in days.items():
            if times > 1:
                yield f"texts/{name}", f"two texts hold from {day}.", "Give each its own day."
            if not _is_day(day):
                yield f"texts/{name}", f"there is no day {day}.", "Correct it."


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _policy(data: Mapping[str, Any]) -> Policy:
    return Policy(
        agencies=tuple(
            Agency(each["id"], each["name"], Asked(each["asked"])) for each in data["agencies"]
        ),
        texts={
            name: tuple(
                Wording(date.fromisoformat(each["since"]), each["words"], each.get("languages", {}))
                for each in wordings
            )
            for name, wordings in data["texts"].items()
        },
        clocks=Clocks(**data["clocks"]),
        retention=Retention(**data["retention"]),
        reasons=tuple(Reason(**each) for each in data["override_reasons"]),
        bases=tuple(Coded(**each) for each in data["lawful_bases"]),
        not_told=tuple(Coded(**each) for each in data["not_told"]),
        strands=tuple(Strand(**each) for each in data["strands"]),
        contact_rules={kind: tuple(said) for kind, said in data["contact_rules"].items()},
        override_days=data["override_days"],
    )
