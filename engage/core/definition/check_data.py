"""Checks of the file itself: what stands where it says nothing, and is lost on the way."""

from collections.abc import Iterator
from typing import Any

from engage.core.definition.faults import Problem
from engage.core.definition.kinds import TEXT_KINDS, Kind

BELONGS: dict[str, frozenset[Kind]] = {
    **dict.fromkeys(("minimum", "maximum", "unit"), frozenset({Kind.NUMBER})),
    "max_length": TEXT_KINDS,
    "scale": frozenset({Kind.SCALE}),
}
"""Keys that only questions of some kinds have."""
COMBINING = ("all", "any", "not")
BOUNDS = ("equals", "at_least", "at_most")

Placed = tuple[str, dict[str, Any]]
"""A part of the file, and the path to it."""


def check_data(data: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong with plain data that passed the schema, which its objects no longer show."""
    yield from _keys(data)
    rest = {name: part for name, part in data.items() if name != "scales"}
    scales = list(data.get("scales", {}).values())  # their names are the author's own
    kinds = {each["id"]: each["kind"] for _where, each in _questions(data)}
    kinds |= {each["id"]: Kind.NUMBER for each in data.get("calculated", [])}
    for where, part in (*_parts(rest, ""), *_parts(scales, "scales")):
        yield from _beside(where, part)
        yield from _dates(where, part, kinds)


def _keys(data: dict[str, Any]) -> Iterator[Problem]:
    for where, question in _questions(data):
        for key, kinds in BELONGS.items():
            if key in question and question["kind"] not in kinds:
                yield (
                    f"{where}/{key}",
                    f"a question of the kind {question['kind']} has no {key}.",
                    f"Remove it: it belongs to {' and '.join(sorted(kinds))}.",
                )


def _questions(data: dict[str, Any]) -> Iterator[Placed]:
    for s, section in enumerate(data["sections"]):
        for q, question in enumerate(section.get("questions", [])):
            yield f"sections/{s}/questions/{q}", question


def _parts(part: Any, where: str) -> Iterator[Placed]:
    """Every part that has names, with its path; rules are among them."""
    if isinstance(part, dict):
        yield where, part
    inside = part.items() if isinstance(part, dict) else enumerate(part)
    for name, each in inside:
        if isinstance(each, dict | list):
            yield from _parts(each, f"{where}/{name}".lstrip("/"))


def _beside(where: str, part: dict[str, Any]) -> Iterator[Problem]:
    """Keys of a rule that combines others, which look at nothing there."""
    combining = next((key for key in COMBINING if key in part), "")
    for key in part if combining else ():
        if key != combining:
            yield (
                f"{where}/{key}",
                f"{key} stands beside {combining}, where it says nothing.",
                f"Move it into a rule of its own, inside {combining}.",
            )


def _dates(where: str, part: dict[str, Any], kinds: dict[str, str]) -> Iterator[Problem]:
    named = part.get("question", "")
    for key in BOUNDS if kinds.get(named) == Kind.NUMBER else ():
        if isinstance(part.get(key), str):
            yield (
                f"{where}/{key}",
                f"a rule compares the number {named!r} with the date {part[key]!r}.",
                "Write a number, without quotes.",
            )
