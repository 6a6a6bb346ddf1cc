"""A questionnaire in another language: its words beside those of the English one.

Each text carries the mark of the English that it was made from. Where the English is another now,
or there is no text, the English is shown and counted: nobody reads a translation of something else.
Easy Read is such a reading too, with the code `easy`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.phrase import Piped, phrase_of
from engage.core.definition.schema_fault import place_of, read_utf8, remedy_of
from engage.core.definition.texts import may_be_added, texts_of, with_texts
from engage.core.definition.wording import plain
from engage.core.definition.yaml_text import read_yaml

EASY = "easy"
"""The language code of Easy Read: English in short sentences and common words."""

_SCHEMA = Draft202012Validator(
    json.loads(
        files("engage.core.definition").joinpath("translation_schema.json").read_text("utf-8")
    )
)


class Text(NamedTuple):
    """A text in the language, and the mark of the English text that it says the same as."""

    of: str
    text: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A version of a questionnaire in a language. `reviewed` is whether a native reader read it."""

    questionnaire: str
    version: int
    language: str
    reviewed: bool
    texts: Mapping[str, Text]


class Tally(NamedTuple):
    """How many texts a questionnaire has, and what became of them."""

    total: int
    translated: int
    missing: int
    stale: int


def load_translation(path: Path) -> Translation:
    """The translation in a YAML file; raises DefinitionError with every fault in its form."""
    return parse_translation(read_yaml(read_utf8(path), str(path)), str(path))


def parse_translation(data: Any, file: str) -> Translation:
    """The translation in plain data; raises DefinitionError."""
    faults = [
        Fault(
            file,
            place_of(error),
            f"{error.message}.",
            remedy_of(error, "See docs/definitions.md, “In other languages”."),
        )
        for error in _SCHEMA.iter_errors(data)
    ]
    if faults:
        raise DefinitionError(sorted(faults, key=lambda fault: fault.path))
    texts = {key: Text(**each) for key, each in data["texts"].items()}
    return Translation(**{**data, "texts": texts})


def mark_of(english: str) -> str:
    """The mark of an English text: the first 8 hexadecimal digits of its SHA-256, read plainly."""
    return hashlib.sha256(plain(english).encode()).hexdigest()[:8]


def piped_in(text: str) -> frozenset[str]:
    """The ids of the earlier answers that a text repeats, as `{id|words without it}`."""
    return frozenset(each.question for each in phrase_of(text) if isinstance(each, Piped))


def translate(raw: Mapping[str, Any], translation: Translation) -> tuple[dict[str, Any], Tally]:
    """The questionnaire's data in the language, and how much of it is.

    Rules, codes and order stay those of the English. A text that repeats other earlier answers
    than the English does counts as stale.
    """
    english = texts_of(raw)
    places = english.keys() | may_be_added(raw)
    usable = {
        key: made.text
        for key, made in translation.texts.items()
        if key in places and fits(english.get(key, ""), made)
    }
    missing = len(english.keys() - translation.texts.keys())
    translated = len(english.keys() & usable.keys())
    tally = Tally(len(english), translated, missing, len(english) - missing - translated)
    return with_texts(raw, usable), tally


def fits(english: str, made: Text) -> bool:
    """Whether a text was made from this English and repeats the same answers."""
    return made.of == mark_of(english) and piped_in(made.text) == piped_in(english)


def faults_of(raw: Mapping[str, Any], translation: Translation, file: str) -> list[Fault]:
    """Every text of a translation that has no use, or another than it had; missing ones are none.

    `raw` is the data of the questionnaire that it says it is of.
    """
    english, added = texts_of(raw), may_be_added(raw)
    return [
        Fault(file, f"texts/{key}", *problem)
        for key, made in translation.texts.items()
        for problem in _problems(key, made, english, added)
    ]


def _problems(
    key: str, made: Text, english: Mapping[str, str], added: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if key not in english and key not in added:
        yield "the questionnaire has no such text.", "Remove it, or correct its key."
        return
    of, now = english.get(key, ""), mark_of(english.get(key, ""))
    if made.of != now:
        yield (
            f"the English is not what this was made from: its mark is {now}, not {made.of}.",
            "Export it for the translator and import it again.",
        )
    wanted, found = piped_in(of), piped_in(made.text)
    if wanted != found:
        yield (
            f"it repeats the answers {_named(found)}, and the English {_named(wanted)}.",
            "Keep each {id|words} of the English, with its words translated.",
        )


def _named(ids: frozenset[str]) -> str:
    return ", ".join(sorted(ids)) or "none"
