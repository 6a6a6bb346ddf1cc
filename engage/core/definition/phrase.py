"""Words of a definition in which answers to earlier questions have places: `{why|your reason}`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engage.core.definition.condition import Condition

_PARTS = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_DOUBLED = {"{{": "{", "}}": "}"}


@dataclass(frozen=True, slots=True)
class Piped:
    """The place of an answer: that to a question, or other words where it has none to give.

    A brace that stands alone, which the checks refuse, is one without a question.
    """

    question: str
    otherwise: str


Phrase = tuple[str | Piped, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to put something, for those of whom `when` is true; for everybody where it is None.

    `more` is the hint of a question or an answer, and the introduction of a page.
    """

    when: Condition | None
    text: Phrase
    more: Phrase = ()

    def piped(self) -> Iterator[Piped]:
        """The places of answers in it."""
        return (part for part in (*self.text, *self.more) if isinstance(part, Piped))


def phrase_of(text: str) -> Phrase:
    """The parts of a text as a file has it; doubled braces are single ones in it."""
    parts: list[str | Piped] = []
    end = 0
    for found in _PARTS.finditer(text):
        parts.append(text[end : found.start()])
        end = found.end()
        whole = found.group()
        if whole in _DOUBLED:
            parts.append(_DOUBLED[whole])
        elif found.group(1) is None:
            parts.append(Piped("", whole))
        else:
            name, _bar, otherwise = found.group(1).partition("|")
            parts.append(Piped(name.strip(), otherwise.strip()))
    parts.append(text[end:])
    return _joined(parts)


def _joined(parts: list[str | Piped]) -> Phrase:
    """The parts with neighbouring texts in one."""
    joined: list[str | Piped] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return tuple(joined)


def filled(phrase: Phrase, fill: Callable[[Piped], str]) -> str:
    """The text with something in each place."""
    return "".join(part if isinstance(part, str) else fill(part) for part in phrase)


def readable(phrase: Phrase) -> str:
    """The text for those who read of everybody: [your reason]."""
    return filled(phrase, lambda part: f"[{part.otherwise}]" if part.question else part.otherwise)


def pipes(phrase: Phrase) -> bool:
    """Whether a text has a place for an answer."""
    return any(isinstance(part, Piped) for part in phrase)
