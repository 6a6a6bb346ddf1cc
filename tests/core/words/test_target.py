import pytest

from engage.core.indicators.model import Better, Indicator, Kind
from engage.core.statistics.sampling import SampleType
from engage.core.statistics.target import Operator, Target, Verdict
from engage.core.words.target import target_words
from engage.core.words.whom import Whom

SAFE = Indicator("q", "Q", Kind.PROPORTION, ("q",), ("1",), ("1", "2"), better=Better.HIGHER)
SCORE = Indicator("s", "S", Kind.MEAN, ("q",), scores={"1": 5, "2": 1}, better=Better.HIGHER)
RANDOM = Whom(SampleType.RANDOM, ("ward",))
LINK = Whom(SampleType.OPEN_LINK, ("ward",))
GOAL = Target(Operator.AT_LEAST, 0.72, "2013/14", "Safer together")
AIM = "The target of at least 72% for 2013/14 (Safer together) is"


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.MET, f"{AIM} met."),
        (
            Verdict.MET_WITHIN,
            (
                f"{AIM} met within sampling error: the figure reaches it, but by so little that "
                "chance could have done that."
            ),
        ),
        (
            Verdict.NOT_MET_WITHIN,
            (
                f"{AIM} not met within sampling error: the figure misses it, but by so little "
                "that chance could have done that."
            ),
        ),
        (Verdict.NOT_MET, f"{AIM} not met."),
    ],
)
def test_every_verdict_has_its_words(verdict, said):
    assert target_words(SAFE, GOAL, verdict, RANDOM) == said


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        (LINK, f"{AIM} met among those who answered."),
        (Whom(SampleType.PANEL), f"{AIM} met among panel members who answered."),
        (Whom(SampleType.RANDOM), f"{AIM} met among those who answered."),
        (
            Whom(SampleType.OPEN_LINK, group="Women"),
            f"{AIM} met among those in the group “Women” who answered.",
        ),
        (
            Whom(SampleType.RANDOM, ("ward",), group="Women"),
            f"{AIM} met among residents in the group “Women”.",
        ),
    ],
)
def test_a_target_is_met_among_those_who_were_asked(whom, said):
    assert target_words(SAFE, GOAL, Verdict.MET, whom) == said


@pytest.mark.parametrize(
    ("indicator", "target", "said"),
    [
        (SAFE, Target(Operator.AT_LEAST, 0.725), "The target of at least 72.5% is met."),
        (SAFE, Target(Operator.AT_MOST, 0.2), "The target of at most 20% is met."),
        (SAFE, Target(Operator.HOLD, 0.2, "2026"), "The target of at least 20% for 2026 is met."),
        (SCORE, Target(Operator.AT_LEAST, 3.5), "The target of at least 3.5 is met."),
        (SCORE, Target(Operator.AT_LEAST, 4.0), "The target of at least 4 is met."),
    ],
)
def test_a_target_is_said_as_it_was_set(indicator, target, said):
    assert target_words(indicator, target, Verdict.MET, RANDOM) == said


def test_a_target_of_a_later_year_is_met_so_far():
    said = target_words(SAFE, GOAL, Verdict.NOT_MET, LINK, ahead=True)
    assert said == f"{AIM} not met so far among those who answered."


def test_why_a_target_was_not_looked_at():
    says = "Not shown, to keep the people who answered private."
    assert target_words(SAFE, GOAL, None, LINK, says=says) == (
        "The target of at least 72% for 2013/14 (Safer together) was not looked at: not shown, to "
        "keep the people who answered private."
    )
    assert target_words(SAFE, Target(Operator.HOLD, 0.2), None, LINK) == (
        "The target of at least 20% was not looked at: there is no figure."
    )
