import math

import pytest

from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.sampling import SampleType
from engage.core.words.figure import figure_words, sentence
from engage.core.words.whom import Whom

NAN = math.nan
OPEN = Whom(SampleType.OPEN_LINK, ("age and sex", "ward"))
RANDOM = Whom(SampleType.RANDOM, ("age and sex", "ward"))
SAFE = Indicator("safe", "Feels safe after dark", Kind.PROPORTION, ("q",), ("1",), ("1", "2"))
SCORE = Indicator("score", "How safe", Kind.MEAN, ("q",), scores={"1": 5, "2": 4, "3": 1})
SUM = Indicator("sum", "Disorder", Kind.SUM_MEAN, tuple("abcdefg"), scores={"1": 3, "2": 0})
MEAN = Indicator("nine", "A problem", Kind.MEAN_OF_PROPORTIONS, tuple("abcdefghi"), ("1",), ("1",))
HARM = Indicator("harm", "Attacked", Kind.PROPORTION, ("q",), ("1",), ("1", "2"), sensitive=True)


@pytest.mark.parametrize(
    ("indicator", "estimate", "said"),
    [
        (SAFE, Estimate(0.72, 0.01, 0.69, 0.75, 400, 380), "About 7 in 10 (69% to 75%)"),
        (SAFE, Estimate(0.72, 0.01, 0.69, 0.75, 1400, 1000), "About 7 in 10 (69.0% to 75.0%)"),
        (SAFE, Estimate(0.5, 0.1, 0.38, 0.62, 60), "Somewhere between 38% and 62%"),
        (SAFE, Estimate(0.45, 0.01, 0.42, 0.48, 400), "45% (42% to 48%)"),
        (HARM, Estimate(0.03, 0.01, 0.02, 0.05, 400), "Fewer than 1 in 10 (2% to 5%)"),
        (
            SCORE,
            Estimate(2.85, 0.03, 2.79, 2.91, 1200, 1000),
            "A mean score of 2.85 (2.79 to 2.91) on a scale from 1 to 5",
        ),
        (
            SCORE,
            Estimate(2.85, 0.03, 2.79, 2.91, 1200, 999),
            "A mean score of 2.9 (2.8 to 2.9) on a scale from 1 to 5",
        ),
        (SCORE, Estimate(5, NAN, NAN, NAN, 1), "A mean score of 5.0 on a scale from 1 to 5"),
        (
            SUM,
            Estimate(4.25, 0.1, 4.05, 4.45, 300),
            "A mean score of 4.3 (4.1 to 4.5) on a scale from 0 to 21",
        ),
        (
            MEAN,
            Estimate(0.2, 0.01, 0.185, 0.215, 900),
            "A mean of 20% (19% to 22%) over 9 measures",
        ),
        (
            SAFE,
            Estimate(NAN, NAN, NAN, NAN, None, flag="[c]"),
            "Not shown, to keep the people who answered private",
        ),
        (SAFE, Estimate(NAN, NAN, NAN, NAN, 0, flag="[x]"), "Nobody answered"),
    ],
)
def test_a_figure_is_said_by_its_kind(indicator, estimate, said):
    assert figure_words(indicator, estimate) == said


def test_a_mean_is_never_said_as_a_share_of_people():
    for indicator in (SCORE, SUM, MEAN):
        for value in (0.2, 0.5, 0.97):
            told = figure_words(indicator, Estimate(value, 0.01, value - 0.01, value + 0.01, 400))
            assert "people" not in told
            assert " in " not in told
            assert ("%" in told) is (indicator is MEAN)


def test_a_sentence_says_what_how_many_and_of_whom():
    estimate = Estimate(0.725, 0.01, 0.694, 0.751, 1410)
    assert sentence(SAFE, estimate, OPEN) == (
        "Feels safe after dark: about 7 in 10 (69% to 75%) of those who answered (their answers "
        "weighted to match the borough by age, sex and ward). 1,410 people answered."
    )
    assert sentence(SAFE, estimate, RANDOM) == (
        "Feels safe after dark: about 7 in 10 (69% to 75%) of residents. 1,410 people answered."
    )


def test_a_mean_is_among_people_and_not_of_them():
    assert sentence(SCORE, Estimate(3.456, 0.1, 3.2, 3.7, 200), RANDOM) == (
        "How safe: a mean score of 3.5 (3.2 to 3.7) on a scale from 1 to 5 among residents. "
        "200 people answered."
    )
    said = sentence(MEAN, Estimate(0.2, 0.01, 0.18, 0.22, 200), Whom(SampleType.OPEN_LINK))
    assert "a mean of 20% (18% to 22%) over 9 measures among those who answered." in said


def test_a_low_base_is_a_rough_guide():
    low = Estimate(0.5, 0.1, 0.35, 0.65, 40, flag="[u]")
    said = sentence(SAFE, low, Whom(SampleType.OPEN_LINK))
    assert said.endswith("40 people answered. Few people answered, so this is a rough guide.")
    assert "rough guide" not in sentence(SAFE, Estimate(0.5, 0.1, 0.35, 0.65, 400), OPEN)


def test_a_hidden_figure_says_why_and_no_more():
    hidden = Estimate(NAN, NAN, NAN, NAN, None, flag="[c]")
    said = "Feels safe after dark: not shown, to keep the people who answered private."
    assert sentence(SAFE, hidden, RANDOM) == said


def test_nobody_is_said_plainly():
    empty = Estimate(NAN, NAN, NAN, NAN, 0, flag="[x]")
    assert sentence(SAFE, empty, RANDOM) == "Feels safe after dark: nobody answered."


def test_one_person_has_no_interval():
    said = sentence(SCORE, Estimate(5, NAN, NAN, NAN, 1), Whom(SampleType.OPEN_LINK))
    assert said == (
        "How safe: a mean score of 5.0 on a scale from 1 to 5 among those who answered. "
        "1 person answered."
    )
