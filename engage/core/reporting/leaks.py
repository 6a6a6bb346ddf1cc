"""Whether a text holds something that is kept back elsewhere: a name, a number, an address."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

SHORTEST_NAME = 3
"""Letters of a part of a name: shorter ones are found in every other word."""
SHORTEST_NUMBER = 6
"""Digits of a number: a shorter one is an age or a house."""
LAST_DIGITS = 9
"""A phone number is known by its last digits, with or without the code of its country."""
WORD = re.compile(r"\w+")
MAIL = re.compile(r"\S+@\S+")
GAPS = re.compile(r"(?<=\d)[\s().\-/]+(?=\d)")


def names_in(text: Any, names: Iterable[Any]) -> tuple[str, ...]:
    """Which parts of names stand in a text, whatever their accents and capitals.

    Parts of fewer than three letters count only together: of Li Wu, both in a row.
    """
    said = WORD.findall(plain(text))
    found: list[str] = []
    for name in names:
        parts = WORD.findall(plain(name))
        found += [each for each in parts if len(each) >= SHORTEST_NAME and each in said]
        if parts and all(len(each) < SHORTEST_NAME for each in parts) and _in_row(parts, said):
            found.append(" ".join(parts))
    return tuple(dict.fromkeys(found))


def reached_in(text: Any, contacts: Iterable[Any]) -> tuple[str, ...]:
    """Which phone numbers and e-mail addresses of the ways to reach somebody stand in a text."""
    said = plain(text)
    digits = re.findall(r"\d+", GAPS.sub("", said))
    found: list[str] = []
    for contact in contacts:
        written = plain(contact)
        found += [each for each in MAIL.findall(written) if each in said]
        for number in re.findall(r"\d+", GAPS.sub("", written)):
            known = number[-LAST_DIGITS:]
            if len(number) >= SHORTEST_NUMBER and any(known in each for each in digits):
                found.append(number)
    return tuple(dict.fromkeys(found))


def places_in(text: Any, places: Iterable[Any]) -> tuple[str, ...]:
    """Which two words in a row of an exact place stand in a text: “high street”, “12 high”."""
    said = WORD.findall(plain(text))
    found: list[str] = []
    for place in places:
        parts = WORD.findall(plain(place))
        pairs = [parts[at : at + 2] for at in range(len(parts) - 1)] or [parts]
        found += [" ".join(pair) for pair in pairs if pair and _in_row(pair, said)]
    return tuple(dict.fromkeys(found))


def plain(value: Any) -> str:
    """All text in a value without accents and capitals, so that José is found as jose."""
    spread = unicodedata.normalize("NFKD", " ".join(_pieces(value)).casefold())
    return "".join(each for each in spread if not unicodedata.combining(each)).casefold()


def _in_row(parts: list[str], said: list[str]) -> bool:
    size = len(parts)
    return any(said[at : at + size] == parts for at in range(len(said) - size + 1))


def _pieces(value: Any) -> list[str]:
    """Every text in a value."""
    if isinstance(value, dict):
        return [piece for each in value.values() for piece in _pieces(each)]
    if isinstance(value, list | tuple):
        return [piece for each in value for piece in _pieces(each)]
    return [] if value is None or isinstance(value, bool) else [str(value)]
