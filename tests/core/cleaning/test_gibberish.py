"""What counts as no words: programs and fists on keyboards, never honest short answers."""

import pandas as pd
import pytest

from engage.core.cleaning.gibberish import gibberish_ids, gibberish_text


@pytest.mark.parametrize(
    "text",
    [
        "asdfasdf",
        "lkjhg lkjh",
        "qwertyuiop",
        "aaaaaaaaa",
        "xxxx xxxx",
        "jkjkjkjk",
        "bcdfghjk",
        "Buy now https://cheap.example",
        "[url=x]click[/url]",
    ],
)
def test_fists_and_programs_are_found(text):
    assert gibberish_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "CCTV",
        "LGBTQ events",
        "Knightsbridge",
        "More lights on the property side, poverty and liberty",
        "sooooo dark!!!!!!",
        "???",
        "Rhythm",
        "আরও আলো দরকার",
        "więcej światła przy przystanku",
        "asdf but really: more police near the station please",
        "12345",
    ],
)
def test_honest_answers_are_left_alone(text):
    assert not gibberish_text(text)


def test_ids_are_of_those_with_gibberish_in_any_box():
    texts = pd.Series(
        ["More light", "asdfasdf", None, "asdf"], index=["a", "a", "b", "c"], dtype=object
    )
    assert gibberish_ids(texts) == {"a", "c"}
    assert gibberish_ids(pd.Series([], dtype=object)) == frozenset()
