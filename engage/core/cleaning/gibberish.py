"""Whether what somebody wrote has words in it, by a plain rule. It marks, and removes nobody."""

import re
from string import ascii_lowercase

import pandas as pd

ROWS = (("qwertyuiop", 5), ("asdfghjkl", 4), ("zxcvbnm", 4))
"""Rows of keys, and how many next to one another no English word has (`property` has four)."""

WORD = re.compile(r"[a-z]{4,}")
LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)
OF_LINKS = ("://", "www.", "[url")
NO_VOWEL = re.compile(r"[^aeiouyw]{6,}")
ONE_LETTER = re.compile(r"(.)\1{3,}")
RUN_OF_CONSONANTS = re.compile(r"[^aeiouyw]{7,}")


def _runs() -> tuple[str, ...]:
    """Every run of keys that gives a hand on the keyboard away, in both directions."""
    found = [
        row[start : start + length]
        for row, length in ROWS
        for start in range(len(row) - length + 1)
    ]
    return (*found, *(run[::-1] for run in found))


KEYS = re.compile("|".join(_runs()))
PIECES = (*_runs(), *(4 * letter for letter in ascii_lowercase))
CONSONANTS = re.compile(r"[b-df-hj-np-tvxz]{6}")


def no_word(word: str) -> bool:
    """Whether four small Latin letters or more cannot be a word.

    They are one letter over and over, 6 or more without a vowel (CCTV and LGBTQ have fewer), 7
    consonants in a row (Knightsbridge has 6), or a run of neighbouring keys.
    """
    return bool(
        ONE_LETTER.fullmatch(word)
        or NO_VOWEL.fullmatch(word)
        or RUN_OF_CONSONANTS.search(word)
        or KEYS.search(word)
    )


def _suspect(text: str) -> bool:
    """Whether anything in a text can be part of what is no word: looking at each takes ten times.

    Of 100,000 texts nearly none has any of it.
    """
    return CONSONANTS.search(text) is not None or any(piece in text for piece in PIECES)


def gibberish_text(text: str) -> bool:
    """Whether a text looks like no human answer: a link, or at least half of its words are none.

    Only words of four Latin letters or more are judged, so that a text in another script, or
    of short words, never counts.
    """
    small = text.lower()
    if any(piece in small for piece in OF_LINKS) and LINK.search(text):
        return True
    if not _suspect(small):
        return False
    words = WORD.findall(small)
    return bool(words) and 2 * sum(map(no_word, words)) >= len(words)


def gibberish_ids(texts: pd.Series) -> frozenset[str]:
    """The ids of those who wrote gibberish in any box.

    `texts` are what people wrote, indexed by response id, several rows for several boxes; empty
    cells are nothing written.
    """
    written = texts.dropna()
    pairs = zip(written.index, written, strict=True)
    return frozenset(str(each) for each, text in pairs if gibberish_text(str(text)))
