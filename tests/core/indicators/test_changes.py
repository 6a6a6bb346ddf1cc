"""Changes between two suppressed tables are those that the answers themselves would give."""

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from engage.core.disclosure.policy import Policy
from engage.core.disclosure.suppress import suppress
from engage.core.indicators.changes import changes
from engage.core.indicators.compare import Wave, compare
from engage.core.indicators.compute import tabulate
from engage.core.indicators.counting import count_indicators
from engage.core.indicators.family import adjust
from engage.core.indicators.model import Better, BreakKind, Comparisons, Indicator, Kind
from engage.core.indicators.reasons import Reason
from engage.core.indicators.series import Break
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.factor import Factor
from engage.core.statistics.margins import Margin
from engage.core.statistics.sample import take_sample

NAN = math.nan
WARDS = tuple(f"W{number}" for number in range(12))
YES_NO = {"numerator": ("1",), "base": ("0", "1")}
POINTS = {"scores": {"0": 0.0, "1": 3.0}}
INDICATORS = (
    Indicator("safe", "Safe", Kind.PROPORTION, ("q",), better=Better.HIGHER, **YES_NO),
    Indicator("any", "Any", Kind.ANY, ("q", "r"), **YES_NO),
    Indicator("mean", "Mean", Kind.MEAN, ("r",), **POINTS),
    Indicator("both", "Both", Kind.MEAN_OF_PROPORTIONS, ("q", "r"), **YES_NO),
    Indicator("all", "All", Kind.PROPORTION, ("s",), **YES_NO),
)


@dataclass(frozen=True)
class Row:
    indicator: str
    breakdown: str
    group: str
    estimator: str
    estimate: Estimate


def counted(seed, size, chance):
    """A wave of random answers, raked to its wards."""
    random = np.random.default_rng(seed)
    wards = Factor("ward", WARDS, np.arange(size) % len(WARDS))
    sample = take_sample(
        size,
        margins=[Margin("ward", {ward: 100.0 + 37 * n for n, ward in enumerate(WARDS)})],
        labels={"ward": wards},
        breakdowns=[wards],
    )
    columns = {
        "q": np.where(random.random(size) < chance, "1", "0"),
        "r": np.where(random.random(size) < 0.5, "1", "0"),
        "s": np.full(size, "1"),
    }
    for name in ("q", "r"):
        columns[name][random.random(size) < 0.05] = "9"
    table = pd.DataFrame(
        {name: pd.Categorical(each, categories=["0", "1", "9"]) for name, each in columns.items()}
    )
    return count_indicators(table, INDICATORS, sample)


def tidy(wave):
    return tabulate(wave, wave="w", estimators=["rake"], methods=["xlogit"])


def rows(frame):
    return [
        Row(
            each["indicator"],
            each["breakdown"],
            each["group"],
            each["estimator"],
            Estimate.from_row(each),
        )
        for each in frame.to_dict("records")
    ]


@pytest.fixture(scope="module")
def waves():
    return counted(1, 600, 0.5), counted(2, 720, 0.62)


def test_they_are_those_of_the_answers(waves):
    expected = {
        (each.comparison.indicator, each.comparison.breakdown, each.comparison.group): each
        for each in adjust(
            compare(
                *(Wave(name, wave) for name, wave in zip("12", waves, strict=True)),
                breakdowns=["overall", "ward"],
                comparisons=Comparisons(),
            )
        )
    }
    made = changes(*(rows(tidy(wave).tidy) for wave in waves), {})
    assert len(made) == len(expected) == len(INDICATORS) * 13
    for each in made:
        known = expected[each.indicator, each.breakdown, each.group]
        if each.indicator == "all":
            assert (each.reason, each.difference) == (Reason.ALIKE, None)
            continue
        gap, right = each.difference, known.comparison.difference
        for name in ("value", "standard_error", "lower", "upper", "p_t", "p_z", "degrees"):
            assert getattr(gap, name) == pytest.approx(
                getattr(right, name), rel=1e-9, abs=1e-12, nan_ok=True
            ), (each, name)
        assert (gap.base_first, gap.base_second) == (right.base_first, right.base_second)
        assert each.p_adjusted == pytest.approx(known.p_adjusted, rel=1e-9, nan_ok=True)
        assert each.tests == known.tests
        assert each.detectable == pytest.approx(known.comparison.detectable, nan_ok=True)
    tested = {each.breakdown: each.tests for each in made if each.difference}
    assert tested == {"overall": 4, "ward": 4 * 12}


def test_headlines_are_a_family_of_their_own_across_breakdowns(waves):
    before, after = (rows(tidy(wave).tidy) for wave in waves)
    named = [("safe", "overall", "all")]
    named.append(next(("safe", "ward", each.group) for each in after if each.breakdown == "ward"))
    made = changes(before, after, {}, named)
    leads = [each for each in made if (each.indicator, each.breakdown, each.group) in named]
    assert [each.tests for each in leads] == [2, 2]
    raw = sorted(each.difference.p_t for each in leads)
    adjusted = sorted(each.p_adjusted for each in leads)
    holm = [min(2 * raw[0], 1), max(min(2 * raw[0], 1), raw[1])]
    assert adjusted == pytest.approx(holm)
    rest = {each.breakdown: each.tests for each in made if each.difference and each not in leads}
    assert rest == {"overall": 3, "ward": 4 * 12 - 1}


def test_what_either_table_hides_has_no_number(waves):
    tables = []
    for wave, fewest in zip(waves, (53, 60), strict=True):
        table = tidy(wave)
        policy = Policy(smallest_base=fewest)
        tables.append(rows(suppress(table.tidy, numerators=table.numerators, policy=policy)))
    hidden = {
        (each.indicator, each.breakdown, each.group)
        for table in tables
        for each in table
        if each.estimate.hidden
    }
    made = changes(*tables, {})
    assert hidden
    assert len(hidden) < len(made)
    for each in made:
        if (each.indicator, each.breakdown, each.group) in hidden:
            assert each.reason is Reason.HIDDEN
            assert each.difference is None
            assert math.isnan(each.p_adjusted)
            assert math.isnan(each.detectable)
            assert each.tests == 0
        else:
            assert (each.difference is None) == (each.reason is Reason.ALIKE)


FIGURE = Estimate(0.6, 0.02, 0.56, 0.64, 400)
PLAIN = Row("safe", "sex", "female", "rake", FIGURE)


def one(before, after, broken=None):
    (made,) = changes([before] if before else [], [after], broken or {})
    return made


def unlike(**changed):
    return replace(PLAIN, **changed)


HIDDEN = unlike(estimate=Estimate(NAN, NAN, NAN, NAN, None, flag="[c]"))
NOBODY = unlike(estimate=Estimate(NAN, NAN, NAN, NAN, 0, flag="[x]"))
SINGLE = unlike(estimate=Estimate(3, NAN, NAN, NAN, 1, flag="single"))
WORDING = Break(BreakKind.WORDING, "The words changed.")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (HIDDEN, PLAIN, "hidden"),
        (PLAIN, HIDDEN, "hidden"),
        (NOBODY, PLAIN, "nobody"),
        (PLAIN, NOBODY, "nobody"),
        (SINGLE, PLAIN, "one"),
        (None, PLAIN, "new"),
        (unlike(group="male"), PLAIN, "new"),
        (unlike(breakdown="gender"), PLAIN, "new"),
        (unlike(estimator="unweighted"), PLAIN, "weighting"),
    ],
)
def test_without_a_change_there_is_a_reason(before, after, reason):
    made = one(before, after)
    assert (made.reason, made.difference, made.breaks) == (reason, None, ())
    assert math.isnan(made.detectable)


def test_figures_weighted_by_other_margins_are_not_compared_and_unweighted_ones_are():
    (weighted,) = changes([PLAIN], [PLAIN], {}, alike=False)
    assert weighted.reason is Reason.WEIGHTING
    plain = unlike(estimator="unweighted")
    (counted_once,) = changes([plain], [plain], {}, alike=False)
    assert counted_once.difference is not None


def test_a_group_under_a_second_name_is_tested_once_and_told_the_same():
    later = Estimate(0.66, 0.02, 0.62, 0.7, 400)
    names = [("overall", "all"), ("connection", "resident"), ("connection", "visitor")]
    before = [unlike(breakdown=each[0], group=each[1]) for each in names]
    after = [replace(each, estimate=later) for each in before]
    first, again, other = changes(
        before, after, {}, copies={("connection", "resident"): ("overall", "all")}
    )
    assert (again.p_adjusted, again.tests) == (first.p_adjusted, first.tests)
    assert (first.tests, other.tests) == (1, 1)


def test_a_broken_series_has_no_change_and_says_why():
    made = one(PLAIN, PLAIN, {"safe": (WORDING,)})
    assert (made.reason, made.difference, made.breaks) == ("broken", None, (WORDING,))
    assert one(PLAIN, PLAIN, {"other": (WORDING,)}).difference is not None
    # What is hidden says nothing else of itself.
    assert one(PLAIN, HIDDEN, {"safe": (WORDING,)}).breaks == ()


def test_where_all_answered_alike_there_is_no_error_and_so_no_change():
    certain = unlike(estimate=Estimate(1, 0, 0.97, 1, 120, flag="exact"))
    for before, after in ((certain, PLAIN), (PLAIN, certain), (certain, certain)):
        made = one(before, after)
        assert (made.reason, made.difference, made.tests) == (Reason.ALIKE, None, 0)
        assert math.isnan(made.p_adjusted)


def test_two_empty_tables_have_no_changes():
    assert changes([], [], {}) == []
    assert changes([PLAIN], [], {}) == []
