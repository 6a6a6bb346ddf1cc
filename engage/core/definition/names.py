"""What surveys, figures, groups and answers are called in another language, by their English.

The words of a questionnaire are translated with it. What only staff name, such as indicators and
breakdowns, stands in a file of names: English beside the other language. A name whose English is
not there any more has no use and does no harm.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from engage.core.definition.faults import DefinitionError, Fault
from engage.core.definition.schema_fault import place_of, read_utf8, remedy_of
from engage.core.definition.texts import texts_of
from engage.core.definition.translation import Translation, fits
from engage.core.definition.yaml_text import read_yaml

_SCHEMA = Draft202012Validator(
    json.loads(files("engage.core.definition").joinpath("names_schema.json").read_text("utf-8"))
)
BETWEEN = ": "
"""Parts the name of a group of figures from the answer that one of them counts."""


@dataclass(frozen=True, slots=True)
class NamesFile:
    """A file of names in a language. `reviewed` is whether a native reader read it."""

    language: str
    reviewed: bool
    names: Mapping[str, str]


class Names:
    """The names of one version of a questionnaire in a language; without any, all is English.

    `mark` is another when one of the names is.
    """

    def __init__(self, language: str, own: Mapping[str, str], answers: Mapping[str, str]) -> None:
        self.language = language
        self._own = dict(own)
        self._answers = {english.casefold(): text for english, text in answers.items()}
        self._left: set[str] = set()
        told = json.dumps([self._own, self._answers], sort_keys=True)
        self.mark = hashlib.sha256(told.encode()).hexdigest()[:16]

    def of(self, english: str) -> str:
        """The name in the language; the English where there is none.

        A name such as "Keeps away from: parks" is made of its two parts, where both are known.
        """
        whole = self._known(english)
        if whole:
            return whole
        first, between, last = english.partition(BETWEEN)
        head, tail = self._own.get(first), self._known(last)
        if between and head and tail:
            return f"{head}{BETWEEN}{tail}"
        self._left.add(english)
        return english

    def _known(self, english: str) -> str:
        return self._own.get(english) or self._answers.get(english.casefold(), "")

    def tongue(self, words: str) -> str:
        """In which language words are: the names', or English where a name is left in it."""
        parts = {words, *words.split(BETWEEN)}
        return "en" if parts & self._left else self.language


ENGLISH = Names("en", {}, {})


def load_names(path: Path) -> NamesFile:
    """The names in a YAML file; raises DefinitionError with every fault in it."""
    data: Any = read_yaml(read_utf8(path), str(path))
    faults = [
        Fault(
            str(path),
            place_of(error),
            f"{error.message}.",
            remedy_of(error, "See docs/languages.md, “Names of figures”."),
        )
        for error in _SCHEMA.iter_errors(data)
    ]
    if not faults and path.stem != data["language"]:
        problem = f"it says {data['language']!r} but is {path.name}."
        faults = [Fault(str(path), "language", problem, f"Call it {data['language']}.yaml.")]
    if faults:
        raise DefinitionError(sorted(faults, key=lambda fault: fault.path))
    return NamesFile(**data)


def answers_in(raw: Mapping[str, Any], translation: Translation) -> dict[str, str]:
    """The title and the answers of a questionnaire by their English, as its translation has them.

    Of an English text that is translated in two ways the first stands.
    """
    found: dict[str, str] = {}
    for key, english in texts_of(raw).items():
        made = translation.texts.get(key)
        if made and (key == "title" or key.endswith("/label")) and fits(english, made):
            found.setdefault(english, made.text)
    return found
