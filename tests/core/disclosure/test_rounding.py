"""Numbers of people rounded by one rule, in the same last pass, after everything was decided."""

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from engage.core.disclosure.policy import Policy
from engage.core.disclosure.suppress import suppress
from engage.core.indicators.rounding import counts_told
from engage.core.statistics.estimate import TIDY_COLUMNS

BASES = st.lists(st.integers(0, 140), min_size=1, max_size=6)


def table(*bases, effective=1.0, flag=""):
    """Everybody and wards of so many people, of whom a third said yes."""
    places = [("overall", "all", sum(bases)), *(("ward", f"w{n}", b) for n, b in enumerate(bases))]
    rows = [
        dict.fromkeys(TIDY_COLUMNS, 0.25)
        | {"wave": "w", "indicator": "i", "estimator": "rake", "method": "mean"}
        | {"breakdown": breakdown, "group": group, "base": base}
        | {"effective_base": base * effective, "flag": flag if base else "[x]"}
        for breakdown, group, base in places
    ]
    tidy = pd.DataFrame(rows).astype({"base": "Int64"})
    return tidy, (tidy["base"] // 3).astype(float)


def shown(*bases, to=5, sensitive=(), **given):
    tidy, numerators = table(*bases, **given)
    policy = Policy(round_counts_to=to, sensitive=frozenset(sensitive))
    return suppress(tidy, numerators=numerators, policy=policy)


@pytest.mark.parametrize(
    ("to", "base", "near"),
    [(5, 102, 100), (5, 103, 105), (10, 104, 100), (10, 105, 110), (10, 115, 120), (1, 103, 103)],
)
def test_bases_go_to_the_nearest_multiple_and_halves_away_from_zero(to, base, near):
    assert shown(base, to=to)["base"].tolist() == [near, near]


def test_effective_bases_are_rounded_too_and_shares_are_not():
    made = shown(200, effective=0.77)
    assert made["effective_base"].tolist() == [155.0, 155.0]
    assert made["estimate"].tolist() == [0.25, 0.25]
    assert made["design_effect"].tolist() == [0.25, 0.25]


@pytest.mark.parametrize(("base", "flag"), [(28, "[c]"), (33, "[u]"), (98, "[u]"), (103, "")])
def test_flags_go_by_the_exact_count(base, flag):
    assert set(shown(base, to=10)["flag"]) == {flag}


def test_nobody_stays_nobody_and_the_hidden_stay_without_a_number():
    made = shown(0, 20, 70, 200).set_index("group")
    assert made.loc["w0", ["base", "flag"]].tolist() == [0, "[x]"]
    assert made.loc[["w1", "w2"], "base"].isna().all()
    assert str(made["base"].dtype) == "Int64"


@given(BASES, st.sampled_from([5, 10]), st.booleans())
@settings(max_examples=20, deadline=None, derandomize=True)
def test_rounding_changes_neither_what_is_hidden_nor_any_flag(bases, to, sensitive):
    names = {"i"} if sensitive else ()
    exact, near = shown(*bases, to=1, sensitive=names), shown(*bases, to=to, sensitive=names)
    assert near["flag"].tolist() == exact["flag"].tolist()
    apart = (near["base"] - exact["base"]).dropna().abs()
    assert (apart * 2 <= to).all()
    assert (near["base"].dropna() % to == 0).all()


@given(BASES, st.sampled_from([5, 10]))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_a_rounded_table_comes_out_the_same_a_second_time(bases, to):
    once = shown(*bases, to=to, sensitive={"i"})
    _tidy, numerators = table(*bases)
    policy = Policy(round_counts_to=to, sensitive=frozenset({"i"}))
    pd.testing.assert_frame_equal(once, suppress(once, numerators=numerators, policy=policy))


def test_a_rounded_base_is_not_taken_for_the_exact_one_a_second_time():
    # 94 of 104 is 10 who did not; of 100 it would be 6, and hidden.
    tidy, _numerators = table(104)
    policy = Policy(round_counts_to=10, sensitive=frozenset({"i"}))
    numerators = pd.Series([94.0, 94.0])
    once = suppress(tidy, numerators=numerators, policy=policy)
    assert once["base"].tolist() == [100, 100]
    again = suppress(once, numerators=numerators, policy=policy)
    assert again["base"].tolist() == [100, 100]


def test_a_rounding_that_is_not_offered_is_refused():
    with pytest.raises(ValueError, match="cannot be rounded to 3: use one of 1, 5, 10"):
        Policy(round_counts_to=3)


def test_notes_say_what_is_rounded_and_nothing_where_counts_are_exact():
    assert counts_told(1) == ""
    assert "people are rounded to the nearest 5," in counts_told(5)
