"""Weighting in words: numbers as people write them, and no count that tells of a few."""

from engage.figures.weighting import Weighting
from engage.figures.words import weighting_in_words


def weighted(**given) -> str:
    numbers = {
        "margins": ("age and sex", "ward"),
        "population": 165000.4,
        "smallest": 195.2,
        "largest": 4944.6,
        "design_effect": 1.504,
        "effective_base": 1024.4,
    }
    return " ".join(weighting_in_words(Weighting("rake", **{**numbers, **given})))


def test_numbers_above_999_have_a_comma():
    said = weighted(residents=1540, visitors=1200)

    assert (
        "The answers of 1,540 people who live here are weighted by age and sex and by ward" in said
    )
    assert "to 165,000 residents." in said
    assert "One answer stands for 195 to 4,945 residents." in said
    assert "those of 1,024 people who each count once (design effect 1.50)." in said
    assert "1,200 people who work, study or visit here" in said


def test_a_few_visitors_are_not_told_nor_what_would_tell_them():
    said = weighted(residents=597, visitors=3)

    assert "The answers of everybody who lives here are weighted" in said
    assert "Fewer than 10 people who work, study or visit here" in said
    assert "597" not in said


def test_a_few_residents_are_not_told_nor_what_would_tell_them():
    reason = "Nobody can be weighted."
    said = weighting_in_words(Weighting("unweighted", residents=4, visitors=596, reason=reason))

    assert said[0] == reason
    assert said[1].startswith("People who work, study or visit here")
