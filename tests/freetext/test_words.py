"""Words are found as people look for them, and only what was marked is taken out."""

import pytest

from engage.freetext.redacting import RedactionError, spans_of, with_marks, without
from engage.freetext.search import sought


@pytest.mark.parametrize(
    ("looked_for", "text", "fits"),
    [
        ("light", "More LIGHTING here", True),
        ("light", "In daylight", False),
        ("light park", "The park has no lights", True),
        ('"dark park"', "the dark,  park", False),
        ("“dark park”", "The dark\n park", True),
        ("o'brien", "By O’Brien’s", True),
        ("?", "Why? ?", True),
        ("więcej", "WIĘCEJ lamp", True),
        ("", "anything", True),
    ],
)
def test_words_are_found_from_their_beginning(looked_for, text, fits):
    assert sought(looked_for).fits(text) is fits


def test_the_database_looks_only_for_plain_pieces_of_every_term():
    assert sought('więcej "dark park" 100%').coarse == ("cej", "dark", "100")


ORIGINAL = "Ask Jo Fern,\n12 Mill Lane [[sic]]"


@pytest.mark.parametrize(
    ("marked", "kept"),
    [
        (ORIGINAL, ORIGINAL),
        ("Ask [[Jo Fern]],\r\n12 Mill Lane [[sic]]\r\n", "Ask […],\n12 Mill Lane [[sic]]"),
        ("[[Ask]] Jo Fern,\n[[12 Mill Lane]] [[sic]]", "[…] Jo Fern,\n[…] [[sic]]"),
        ("Ask [[]]Jo Fern,\n12 Mill Lane [[sic]]", ORIGINAL),
    ],
)
def test_what_is_marked_goes_and_nothing_else(marked, kept):
    spans = spans_of(ORIGINAL, marked)
    assert without(ORIGINAL, spans) == kept
    assert spans_of(ORIGINAL, with_marks(ORIGINAL, spans)) == spans


@pytest.mark.parametrize(
    ("marked", "fault"),
    [
        ("Ask [[Jo Fern, 12", "Change nothing but the marks"),
        (ORIGINAL + "!", "Change nothing but the marks"),
        ("", "Change nothing but the marks"),
        ("Ask [[" + ORIGINAL[4:].replace("[[sic]]", "[[sic"), "Change nothing"),
    ],
)
def test_nobody_puts_other_words_into_a_mouth(marked, fault):
    with pytest.raises(RedactionError, match=fault):
        spans_of(ORIGINAL, marked)


def test_a_mark_that_is_not_closed_is_named():
    with pytest.raises(RedactionError, match="after the last words"):
        spans_of("Jo Fern", "Jo [[Fern")
