"""A package as a paper: PDF that a screen reader can read, made in memory."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engage.core.reporting.fields import FieldClass
from engage.core.reporting.wishes import Giver, Level
from engage.handover.words import CLASSES, COVERT, GIVERS, LEVELS
from engage.papers.pdf import LettersError, pdf
from engage.web.days import day
from engage.web.speaking import speaking

LATIN = 0x24F
"""The last of the letters that our typeface has for European languages."""
MARKS = "‘’“”–—…•€"
UNSET = "(Written in letters that this paper cannot show. They stand in the file for programs.)"


def paper_of(package: Mapping[str, Any], *, colour: str) -> bytes:
    """The package as PDF. Words in letters that our typeface lacks are said to be in the JSON."""
    data = _data(package, colour)
    try:
        return pdf("handover", data)
    except LettersError:
        return pdf("handover", _settable(data, LATIN))


def _data(package: Mapping[str, Any], colour: str) -> dict[str, Any]:
    made_on = date.fromisoformat(package["made_on"])
    basis = package["basis"]
    with speaking("en"):
        dated = day(made_on)
    return {
        "id": package["package"],
        "council": package["from"],
        "colour": colour,
        "agency": package["to"]["name"],
        "dated": dated,
        "year": made_on.year,
        "month": made_on.month,
        "day": made_on.day,
        "override": [basis["reason_words"], basis["lawful_basis_words"], _heard(basis)]
        if basis["by"] == "override"
        else [],
        "level": _level(basis),
        "secret": COVERT if basis.get("victim_told") is False else "",
        "contact": [each for each in package["contact"]["rules"] if each != COVERT],
        "answers": [
            {"question": each["question"], "lines": each["words"]} for each in package["answers"]
        ],
        "evidence": [
            f"{each['kind'] or 'File'}, {each['size']} bytes, SHA-256 {each['sha256']}"
            for each in package["evidence"]
        ],
        "withheld": [CLASSES[FieldClass(each)] for each in package["withheld"]],
        "sha256": package["sha256"],
    }


def _level(basis: Mapping[str, Any]) -> str:
    """How much may be given, and by a wish who spoke: a witness does not speak for the victim."""
    level = LEVELS[Level(basis["level"])]
    return f"{level} ({GIVERS[Giver(basis['giver'])]})" if basis["by"] == "wish" else level


def _heard(basis: Mapping[str, Any]) -> str:
    if basis["victim_told"]:
        return "The victim was told"
    return f"The victim was not told. {basis['not_told_words']}"


def _settable(value: Any, last: int) -> Any:
    """The same data, where every text with other letters says that it cannot be shown here."""
    if isinstance(value, dict):
        return {name: _settable(each, last) for name, each in value.items()}
    if isinstance(value, list):
        return [_settable(each, last) for each in value]
    if isinstance(value, str) and any(ord(each) > last and each not in MARKS for each in value):
        return UNSET
    return value
