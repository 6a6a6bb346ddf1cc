"""Where the words of a questionnaire stand in its plain data, by keys that say so.

Such as `title`, `scales/safety5/1/label`, `sections/about_you/questions/age_band/text`: an item of
a list is named by its id or its code, or by its number from 1 where it has neither.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

WORDS = frozenset(
    {"title", "audience", "start", "thanks", "ineligible", "name", "detail", "intro", "text",
     "help", "label", "unit", "message"}
)  # fmt: skip
"""What holds words for those who answer. Phone numbers and addresses are the same everywhere."""

FOR_STAFF = frozenset({"breakdowns", "calculated", "cleaning", "roles", "weighting"})
"""Parts of a questionnaire of which nobody who answers sees a word."""


class Place(NamedTuple):
    """One place for words: its key, the mapping that holds it, and its name there."""

    key: str
    holder: dict[str, Any]
    name: str

    @property
    def words(self) -> str:
        """What stands there; empty where nothing does."""
        return str(self.holder.get(self.name, ""))


def texts_of(raw: Mapping[str, Any]) -> dict[str, str]:
    """Every text that those who answer may see, by its key, in the order of the data."""
    return {place.key: place.words for place in _places(raw, "") if place.words}


def may_be_added(raw: Mapping[str, Any]) -> frozenset[str]:
    """The keys of help and introductions that are not there, and that a translation may add."""
    return frozenset(place.key for place in _places(raw, "") if not place.words)


def keys_of(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of every text that is there or may be added, in the order of the data."""
    return tuple(place.key for place in _places(raw, ""))


def with_texts(raw: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """The data with other words at some of its keys; nothing else of it changes."""
    changed: dict[str, Any] = _copy(raw)
    for place in list(_places(changed, "")):
        if place.key in texts:
            place.holder[place.name] = texts[place.key]
    return changed


def _places(part: Any, key: str) -> Iterator[Place]:
    if isinstance(part, list):
        for number, each in enumerate(part, 1):
            yield from _places(each, f"{key}{_name(each, number)}/")
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in WORDS and isinstance(value, str):
                yield Place(f"{key}{name}", part, name)
            elif key or name not in FOR_STAFF:
                yield from _places(value, f"{key}{name}/")
        for name in _absent(part, key):
            yield Place(f"{key}{name}", part, name)


def _name(item: Any, number: int) -> str:
    """How an item of a list is called in keys."""
    named = item if isinstance(item, dict) else {}
    return str(named.get("id") or named.get("code") or number)


def _absent(part: dict[str, Any], key: str) -> Iterator[str]:
    """The words that this page, question or option could have and has not."""
    if key and "questions" in part and "intro" not in part:
        yield "intro"
    if ("kind" in part or {"code", "label"} <= part.keys()) and "help" not in part:
        yield "help"


def _copy(part: Any) -> Any:
    """A copy in which nothing is shared: YAML lets two places be one."""
    if isinstance(part, dict):
        return {name: _copy(value) for name, value in part.items()}
    return [_copy(each) for each in part] if isinstance(part, list) else part
