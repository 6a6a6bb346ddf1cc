"""How hard words are to read: the age at which English like theirs is taught."""

import re
from collections.abc import Iterable

_SENTENCE = re.compile(r"(?<=[.?!:])\s+|\n\n")
_WORD = re.compile(r"[A-Za-z’]+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each in one line; what has no letters is none."""
    parts = _SENTENCE.split(text)
    return [" ".join(part.split()) for part in parts if re.search("[A-Za-z]", part)]


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e at the end: close enough for an average."""
    word = word.lower()
    if len(word) > 3:
        word = re.sub(r"(?<=[^laeiouy])e(s|d)?$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def reading_age(texts: Iterable[str]) -> float:
    """Flesch-Kincaid grade plus five, the age in years at which that grade is taught in England.

    Kincaid, Fishburne, Rogers and Chissom (1975): 0.39 words a sentence + 11.8 syllables a
    word - 15.59. It is made for English; raises ValueError where there is no word.
    """
    lines = [line for text in texts for line in sentences(text)]
    words = [word for line in lines for word in _WORD.findall(line)]
    if not words:
        raise ValueError("There is no word in these texts, so they have no reading age.")
    per_sentence = len(words) / len(lines)
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59 + 5


def length(sentence: str) -> int:
    """How many words a sentence has."""
    return len(_WORD.findall(sentence))
