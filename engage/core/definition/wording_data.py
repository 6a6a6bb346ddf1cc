"""Plain data to the ways in which questions, answers and pages are put."""

from collections.abc import Callable
from typing import Any

from engage.core.definition.condition_data import condition_of
from engage.core.definition.phrase import Phrase, Wording, phrase_of, pipes, readable


def plain_text(data: dict[str, Any], name: str) -> str:
    """A text for those who read of everybody; empty where there is none."""
    return readable(phrase_of(data.get(name, "")))


def wordings_of(data: dict[str, Any], text: str, more: str) -> tuple[Wording, ...]:
    """The ways in which a question or page is put, that for everybody else last.

    None where there is but one way, and no place for an answer in it. `text` and `more` are what
    its two texts are called. A variant that lacks one of them has that of everybody else.
    """
    found = _wordings(data, text, more, phrase_of)
    lone = len(found) == 1
    return () if lone and not pipes((*found[0].text, *found[0].more)) else found


def labels_of(data: dict[str, Any]) -> tuple[Wording, ...]:
    """The ways in which an answer is put; none where there is but one. Answers have no places."""
    return _wordings(data, "label", "help", _literal) if "texts" in data else ()


def _literal(text: str) -> Phrase:
    return (text,) if text else ()


def _wordings(
    data: dict[str, Any], text: str, more: str, phrase: Callable[[str], Phrase]
) -> tuple[Wording, ...]:
    for_all = {name: data.get(name, "") for name in (text, more)}
    ways = [(condition_of(each["when"]), for_all | each) for each in data.get("texts", [])]
    return tuple(
        Wording(when, phrase(words[text]), phrase(words[more]))
        for when, words in (*ways, (None, for_all))
    )
