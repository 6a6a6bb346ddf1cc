"""The words of a code: told apart on the telephone, read however they are typed."""

import re
from itertools import pairwise
from math import log2

import pytest

from engage.answering.code_words import (
    LENGTH,
    UnknownWordError,
    WordCountError,
    code_of,
    parsed,
    site_salt,
    stretched,
    words,
)
from engage.answering.seal import new_token

SEED = "s" * 43
SPELT = (
    ("tch", "C"), ("sch", "S"), ("ch", "C"), ("sh", "S"), ("ph", "f"), ("ck", "k"), ("dge", "j"),
    ("gh", ""), ("wh", "w"), ("wr", "r"), ("kn", "n"), ("qu", "kw"), ("th", "T"),
)  # fmt: skip
HARD_AND_SOFT = str.maketrans("bdgvzjCmT", "ptkfsSSnf")


def sound(word: str) -> str:
    """How a word sounds on a bad line: only its consonants, hard and soft ones alike."""
    for spelt, said in SPELT:
        word = word.replace(spelt, said)
    word = re.sub(r"c(?=[eiy])", "s", word).replace("c", "k").replace("q", "k").replace("x", "ks")
    word = re.sub(r"g(?=[eiy])", "j", word)
    word = re.sub(r"(.)\1+", r"\1", re.sub(r"mb$", "m", word))
    word = re.sub(r"^y", "Y", re.sub(r"(?<=[^aeiou])e$", "", word))
    word = re.sub(r"[aeiouy]+h?", "V", word).translate(HARD_AND_SOFT)
    return re.sub(r"(.)\1+", r"\1", word)


def one_letter_away(word: str) -> set[str]:
    """What a word can be mistaken for: a letter dropped or replaced by any, or two swapped."""
    dropped = {word[:at] + word[at + 1 :] for at in range(len(word))}
    replaced = {word[:at] + "?" + word[at + 1 :] for at in range(len(word))}
    swapped = {
        word[:at] + second + first + word[at + 2 :]
        for at, (first, second) in enumerate(pairwise(word))
    }
    return dropped | replaced | swapped | {word}


def test_the_list_gives_sixty_bits_and_its_words_are_short():
    assert len(words()) == len(set(words())) == 1024
    assert LENGTH * log2(len(words())) == 60
    assert all(re.fullmatch(r"[a-z]{3,8}", word) for word in words())
    assert list(words()) == sorted(words())


def test_no_two_words_differ_by_one_letter():
    known = set(words())
    replaced: dict[str, str] = {}
    for word in words():
        near = one_letter_away(word)
        assert near & known == {word}
        for pattern in (each for each in near if "?" in each):
            assert replaced.setdefault(pattern, word) == word, pattern


def test_no_two_words_sound_the_same():
    heard: dict[str, str] = {}
    for word in words():
        assert heard.setdefault(sound(word), word) == word, (heard[sound(word)], word)


def test_the_ear_of_these_tests_is_strict():
    assert sound("sale") == sound("sail") == sound("seal")
    assert sound("knight") == sound("night") == sound("nyte")
    assert sound("pear") == sound("bear")
    assert sound("amber") != sound("candle")


def test_a_code_is_of_its_token_and_its_seed():
    token = new_token()
    code = code_of(token, SEED)
    assert code == code_of(token, SEED)
    assert len(code) == LENGTH
    assert set(code) <= set(words())
    others = {code_of(token, "t" * 43), code_of(new_token(), SEED)}
    assert len(others | {code}) == 3


def test_every_word_is_drawn():
    drawn = {word for number in range(2000) for word in code_of(new_token(), f"{number:043}")}
    assert len(drawn) > 1010


@pytest.mark.parametrize("between", [" ", "-", "  ", ", ", "\n", ".", " - ", "_", "\u00a0"])
def test_a_code_is_read_however_it_is_typed(between):
    code = code_of(new_token(), SEED)
    assert parsed(between.join(code)) == code
    assert parsed(f"  {between.join(code).upper()} ") == code


def test_a_typing_error_is_told_by_its_place_with_the_nearest_word():
    with pytest.raises(UnknownWordError) as caught:
        parsed("acorn amber planit panda anchor apple")
    assert (caught.value.place, caught.value.instead) == (3, "planet")
    with pytest.raises(UnknownWordError) as caught:
        parsed("xqzk amber planet")
    assert (caught.value.place, caught.value.instead) == (1, None)


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("panda amber", 2), ("panda " * 7, 7)])
def test_too_few_or_too_many_words_are_counted(typed, count):
    with pytest.raises(WordCountError) as caught:
        parsed(typed)
    assert caught.value.count == count


def test_anything_at_all_can_be_typed():
    for typed in ("\x00", "🙂" * 500, "a" * 100_000, "١٢٣ ٤٥٦", "panda\x00amber"):
        with pytest.raises((UnknownWordError, WordCountError)):
            parsed(typed)


def test_a_code_gives_two_keys_that_hang_on_the_site():
    code = code_of(new_token(), SEED)
    keys = stretched(code, site_salt("k" * 40))
    assert keys == stretched(code, site_salt("k" * 40))
    assert len(keys.mark) == len(keys.key) == 32
    assert keys.mark != keys.key
    assert repr(keys.key) not in repr(keys)
    other = stretched(code, site_salt("j" * 40))
    assert (other.mark, other.key) != (keys.mark, keys.key)
