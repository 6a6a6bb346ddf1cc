import math
from dataclasses import dataclass

import pytest

from engage.core.indicators.model import Better, Indicator, Kind
from engage.core.indicators.reasons import NO_CHANGE, Reason
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.sampling import SampleType
from engage.core.words.change import (
    BEFORE_ROUNDING,
    OTHER_PEOPLE,
    Between,
    change_words,
    detectable_words,
)

NAN = math.nan
LINK, PANEL, RANDOM = SampleType.OPEN_LINK, SampleType.PANEL, SampleType.RANDOM
DRAWN = Between("2024", RANDOM, RANDOM)


@dataclass(frozen=True)
class Row:
    value: float = NAN
    lower: float = NAN
    upper: float = NAN
    p_adjusted: float = NAN
    tests: int = 28
    reason: Reason | None = None
    says: str = ""


UP = Row(0.06, 0.02, 0.1, 0.01)
DOWN = Row(-0.06, -0.1, -0.02, 0.01)


def share(better=Better.HIGHER):
    return Indicator("q", "Q", Kind.PROPORTION, ("q",), ("1",), ("1", "2"), better=better)


SCORE = Indicator("s", "S", Kind.MEAN, ("q",), scores={"1": 5, "2": 1}, better=Better.HIGHER)
MEAN = Indicator("m", "M", Kind.MEAN_OF_PROPORTIONS, ("a", "b"), ("1",), ("1", "2"))


UNCLEAR = "No clear change since 2024"


@pytest.mark.parametrize(
    ("row", "better", "said"),
    [
        (UP, "higher", "Up 6 points since 2024 (2 to 10 points), which is better."),
        (UP, "lower", "Up 6 points since 2024 (2 to 10 points), which is worse."),
        (UP, "neither", "Up 6 points since 2024 (2 to 10 points)."),
        (DOWN, "higher", "Down 6 points since 2024 (2 to 10 points), which is worse."),
        (DOWN, "lower", "Down 6 points since 2024 (2 to 10 points), which is better."),
        (
            Row(0.012, 0.003, 0.021, 0.01),
            "higher",
            "Up 1 point since 2024 (less than 1 to 2 points), which is better.",
        ),
        (
            Row(0.004, 0.001, 0.007, 0.01),
            "neither",
            "Up less than 1 point since 2024 (less than 1 to 1 point).",
        ),
    ],
)
def test_a_clear_change_has_its_direction_size_and_worth(row, better, said):
    assert change_words(share(Better(better)), row, DRAWN) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row(0.06, 0.02, 0.1, 0.0499), "Up 6 points since 2024 (2 to 10 points), which is better."),
        (
            Row(0.06, 0.02, 0.1, 0.05),
            (
                "No clear change since 2024. On its own this would be a rise of 2 to 10 points, "
                "but of 28 changes tested together some this size come by chance."
            ),
        ),
        (
            Row(0.01, -0.03, 0.05, 0.6),
            f"{UNCLEAR}: it may be anything from a fall of 3 points to a rise of 5 points.",
        ),
        (
            Row(0.01, -0.03, 0.05, 0.01),
            f"{UNCLEAR}: it may be anything from a fall of 3 points to a rise of 5 points.",
        ),
        (
            Row(0.05, 0.0, 0.1, 0.05),
            "No clear change since 2024: it may be anything from no change to a rise of 10 points.",
        ),
    ],
)
def test_a_change_is_clear_by_the_adjusted_p_value(row, said):
    assert change_words(share(), row, DRAWN) == said


def test_a_change_is_never_in_percent():
    for indicator in (share(), MEAN, SCORE):
        for row in (UP, DOWN, Row(0.01, -0.03, 0.05, 0.6)):
            assert "%" not in change_words(indicator, row, DRAWN)
    assert "Up 6 points since 2024 (2 to 10 points)." in change_words(MEAN, UP, DRAWN)


def test_scores_change_on_their_scale():
    assert change_words(SCORE, Row(0.25, 0.1, 0.4, 0.01), DRAWN) == (
        "Up 0.3 since 2024 (0.1 to 0.4 on a scale from 1 to 5), which is better."
    )
    assert change_words(SCORE, Row(0.02, 0.01, 0.03, 0.01), DRAWN) == (
        "Up less than 0.1 since 2024 (less than 0.1 to less than 0.1 on a scale from 1 to 5), "
        "which is better."
    )


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        (
            (LINK, LINK),
            " in both waves people chose for themselves whether to.",
        ),
        ((PANEL, PANEL), " A change is among the members of the panel who answered."),
        ((RANDOM, RANDOM), "which is better."),
        ((LINK, RANDOM), OTHER_PEOPLE),
        ((RANDOM, PANEL), OTHER_PEOPLE),
    ],
)
def test_a_change_says_among_whom(asked, ends):
    said = change_words(share(), UP, Between("2024", *asked))
    assert said.startswith("Up 6 points since 2024 (2 to 10 points), which is better.")
    assert said.endswith(ends)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            Row(reason=Reason.BROKEN, says="The words of the question changed."),
            "Not compared with 2024: the words of the question changed.",
        ),
        (Row(reason=Reason.HIDDEN, says="Not shown."), "Not compared, to keep people private."),
        (
            Row(reason=Reason.NOBODY),
            "Not compared with 2024: in at least one of the two waves nobody answered.",
        ),
        (Row(), "Not compared with 2024: there is no number."),
        (
            Row(0.0, 0.0, 0.0, NAN),
            "Not tested against 2024: in each wave all answers were alike.",
        ),
    ],
)
def test_without_a_comparison_the_reason_is_said(row, said):
    assert change_words(share(), row, Between("2024", LINK, LINK)) == said


def test_every_reason_gives_a_sentence():
    for reason in NO_CHANGE:
        said = change_words(share(), Row(reason=reason), DRAWN)
        assert said.startswith("Not compared")
        assert said.endswith(".")
        assert not said.endswith("..")


def figures(then, now, base=500):
    made = [Estimate(each, 0.02, each - 0.04, each + 0.04, 500, base) for each in (then, now)]
    return Between("2024", RANDOM, RANDOM, *made)


def test_a_difference_that_printing_hides_is_explained():
    row = Row(0.724 - 0.656, 0.03, 0.106, 0.001)
    said = change_words(share(), row, figures(0.656, 0.724))  # printed as 66% and 72%
    assert said.startswith("Up 7 points since 2024 (3 to 11 points)")
    assert said.endswith(BEFORE_ROUNDING)
    assert BEFORE_ROUNDING not in change_words(share(), row, DRAWN)
    assert BEFORE_ROUNDING not in change_words(share(), UP, figures(0.66, 0.72))


def test_the_same_for_a_score():
    row = Row(0.16, 0.1, 0.22, 0.001)  # 3.04 and 3.20 are printed as 3.0 and 3.2: fine
    assert BEFORE_ROUNDING not in change_words(SCORE, row, figures(3.04, 3.20))
    assert BEFORE_ROUNDING in change_words(SCORE, row, figures(3.08, 3.24))


def test_a_decimal_needs_both_waves():
    row = Row(0.0614, 0.0216, 0.1012, 0.001)
    said = change_words(share(), row, figures(0.66, 0.7214, 1000))
    assert said.startswith("Up 6.1 points since 2024 (2.2 to 10.1 points)")
    now = figures(0.66, 0.7214, 1000).now
    for then in (None, figures(0.66, 0.72, 999).then, figures(0.66, 0.72, NAN).then):
        said = change_words(share(), row, Between("2024", RANDOM, RANDOM, then, now))
        assert said.startswith("Up 6 points since 2024 (2 to 10 points)")


@pytest.mark.parametrize(
    ("indicator", "change", "said"),
    [
        (share(), 0.05, "a change of 5 points or more"),
        (share(), 0.0401, "a change of 5 points or more"),
        (share(), 0.004, "a change of 1 point or more"),
        (MEAN, 0.031, "a change of 4 points or more"),
        (SCORE, 0.21, "a change of 0.3 on a scale from 1 to 5 or more"),
    ],
)
def test_what_the_next_wave_could_show_is_rounded_up(indicator, change, said):
    told = detectable_words(indicator, change)
    assert told == f"The next wave, if as many answer, could show {said}."


def test_what_is_not_known_is_not_said():
    assert detectable_words(share(), NAN) == ""
