"""HTML made once, with gaps in which words of one person go each time, escaped and never kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from engage.core.definition.phrase import Piped

Gap = str | Piped
"""What belongs in a gap: the words in a box, by its id, or an answer to an earlier question."""

# Characters for private use: no keyboard writes them, and what people write is not marked.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


class Marks:
    """Marks that stand for words while HTML is made; each is a call."""

    def __init__(self) -> None:
        """Begin with none."""
        self.gaps: list[Gap] = []

    def __call__(self, gap: Gap) -> str:
        """A mark that stands for what belongs in a gap."""
        self.gaps.append(gap)
        return f"{_OPEN}{len(self.gaps) - 1}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The HTML before, between and after its gaps, and what belongs in each of these."""

    pieces: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def filled(self, words: Callable[[Gap], str]) -> Markup:
        """The HTML with words in its gaps, escaped."""
        first, *rest = self.pieces
        filled = (
            escape(words(gap)) + Markup(piece)  # noqa: S704  a template's own output
            for gap, piece in zip(self.gaps, rest, strict=True)
        )
        return Markup(first) + Markup("").join(filled)  # noqa: S704  a template's own output


def pieces_of(html: str, marks: Marks) -> Pieces:
    """The HTML cut at its marks, wherever and as often as they stand."""
    first, *rest = _MARK.split(html)
    gaps = tuple(marks.gaps[int(number)] for number in rest[::2])
    return Pieces((first, *rest[1::2]), gaps)
