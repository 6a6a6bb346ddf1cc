"""Answers laid out so that one addition counts eight of them.

A word of eight bytes stands for eight answers of one question: a person who gave the third adds 1
to the third byte. Words of many people are added up as they are, and the bytes of the sum are the
counts, as long as no more than 255 people are added at a time.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engage.core.statistics.arrays import CodeArray, IntArray

MOST = 255
BYTES = 8
# Words of so many people are made at a time, in memory near the processor.
BLOCK = 1 << 12
WordArray = npt.NDArray[np.uint64]


class Lanes:
    """Where each answer of each question has its byte."""

    def __init__(self, widths: Sequence[int]) -> None:
        """Begin, with the number of answers of each question."""
        self._words = [
            (question, first)
            for question, width in enumerate(widths)
            for first in range(0, width, BYTES)
        ]
        places: list[int] = []
        word = 0
        for width in widths:
            places += range(word * BYTES, word * BYTES + width)
            word += -(-width // BYTES)
        self.places: IntArray = np.array(places, dtype=np.int64)

    @property
    def words(self) -> int:
        """How many words a person takes."""
        return len(self._words)

    def lay(self, answers: Sequence[CodeArray], size: int) -> WordArray:
        """The words of people, a row each, from their answers to every question (-1 for none)."""
        words: WordArray = np.empty((size, self.words), dtype="<u8")
        for start in range(0, size, BLOCK):
            span = slice(start, min(start + BLOCK, size))
            codes = np.empty((span.stop - start, self.words), dtype=np.int8)
            for word, (question, first) in enumerate(self._words):
                given = answers[question][span]
                if first or given.dtype != np.int8:
                    given = np.clip(given - first if first else given, -1, BYTES)
                codes[:, word] = given
            # A shift past the end of the word leaves nothing: -1 is 255 here, and that is past it.
            shifts = codes.view(np.uint8).astype(np.uint64)
            shifts <<= np.uint64(3)
            np.left_shift(np.uint64(1), shifts, out=words[span])
        return words
