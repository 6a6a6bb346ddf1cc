"""How well those who answered mirror the residents, in words."""

from engage.core.representation.representation import (
    Gap,
    Partial,
    Representation,
    Summary,
)
from engage.core.words.mirror import gap_words, together

SUMMARY = Summary(40, 0.01, 0.002, 0.9123, 0.254, 0.95, None, (Partial("age", 0.0123, 0.01),))


def test_how_far_a_margin_is_off_is_said_with_the_group_that_is_furthest():
    said = gap_words(Gap("age", 200, 3, 0.126, "men aged 16 to 29", -0.2))

    assert said == [
        (
            "13% of those who answered would have to be others for the shares to agree "
            "(dissimilarity index)."
        ),
        "Furthest from its share: men aged 16 to 29.",
    ]
    assert gap_words(Gap("age", None, None, None, None, None)) == []


def test_all_margins_together_have_the_r_indicator_and_what_adds_to_it():
    joint = Gap("joint", 200, 3, 0.3, None, None)

    shares, indicator, age = together(Representation(200, gaps=(joint,), summary=SUMMARY))

    assert shares.startswith("30% of those who answered")
    assert indicator.startswith("R-indicator 0.912 over 40 groups of age, sex and ward, and 0.950")
    assert "coefficient of variation: 0.25, or none without chance" in indicator
    assert age.startswith("Age adds 0.0123 by itself, and 0.0100 within")
    assert together(Representation(3)) == []
