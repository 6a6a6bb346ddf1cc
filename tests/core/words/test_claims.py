"""What no sentence may claim, whatever the figure, the change or the target."""

import re
from dataclasses import dataclass

from hypothesis import given, strategies as st

from engage.core.indicators.model import Better, Indicator, Kind
from engage.core.indicators.reasons import Reason
from engage.core.indicators.unanswered import Unanswered
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.sampling import SampleType
from engage.core.statistics.target import Operator, Target, Verdict
from engage.core.words.change import Between, change_words, detectable_words
from engage.core.words.figure import figure_words, sentence
from engage.core.words.target import target_words
from engage.core.words.unanswered import unanswered_words
from engage.core.words.whom import Whom, caveat

shares = st.floats(0, 1)
flags = st.sampled_from(["", "[u]", "exact", "[c]", "[x]"])
margins = st.sampled_from([(), ("age",), ("age and sex", "ward")])
not_random = st.sampled_from([SampleType.OPEN_LINK, SampleType.PANEL])


@dataclass(frozen=True)
class Row:
    value: float
    lower: float
    upper: float
    p_adjusted: float
    tests: int
    reason: Reason | None
    says: str = ""


@st.composite
def estimates(draw):
    lower, value, upper = sorted(draw(st.tuples(shares, shares, shares)))
    base = draw(st.integers(30, 100_000))
    return Estimate(value, 0.01, lower, upper, base, draw(st.floats(1, 1e5)), flag=draw(flags))


@st.composite
def rows(draw):
    lower, value, upper = sorted(draw(st.tuples(*[st.floats(-1, 1)] * 3)))
    reason = draw(st.sampled_from([None, None, *Reason]))
    return Row(value, lower, upper, draw(shares), draw(st.integers(1, 800)), reason)


indicators = st.builds(
    Indicator,
    id=st.just("q"),
    name=st.just("Feels safe after dark"),
    kind=st.sampled_from(Kind),
    variables=st.just(("q", "r")),
    scores=st.just({"1": 5.0, "2": 1.0}),
    better=st.sampled_from(Better),
    sensitive=st.booleans(),
)


@given(indicators, estimates(), rows(), not_random, st.data())
def test_no_sentence_of_a_sample_that_chose_itself_speaks_of_residents(
    indicator, estimate, row, sample, data
):
    whom = Whom(sample, data.draw(margins))
    target = Target(data.draw(st.sampled_from(Operator)), 0.5, "2026", "Safer together")
    verdict = data.draw(st.sampled_from([None, *Verdict]))
    told = [
        sentence(indicator, estimate, whom),
        figure_words(indicator, estimate),
        change_words(indicator, row, Between("2024", sample, sample, estimate, estimate)),
        detectable_words(indicator, abs(row.value)),
        target_words(indicator, target, verdict, whom),
        unanswered_words(Unanswered(100, *data.draw(st.tuples(shares, shares)))),
    ]
    for said in [*told, caveat(SampleType.OPEN_LINK)]:
        assert not re.search(r"resident|population|everybody|people (feel|think)", said)
    if not (estimate.hidden or estimate.empty):
        assert "who answered" in told[0]
    if row.reason is None:
        assert "who answered" in told[2]


@given(indicators, estimates())
def test_a_hidden_figure_has_no_number_in_its_sentence(indicator, estimate):
    if estimate.hidden:
        assert not re.search(r"\d", sentence(indicator, estimate, Whom(SampleType.RANDOM)))


@given(indicators, rows())
def test_a_change_is_in_points_and_never_in_percent(indicator, row):
    between = Between("2024", SampleType.RANDOM, SampleType.RANDOM)
    assert "%" not in change_words(indicator, row, between)
