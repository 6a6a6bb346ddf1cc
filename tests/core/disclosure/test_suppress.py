import pandas as pd
import pytest

from engage.core.disclosure.policy import Policy
from engage.core.disclosure.suppress import NUMBERS, suppress
from engage.core.statistics.estimate import TIDY_COLUMNS

OVERALL = ("safe", "overall", "all", 900, 500)


def table(*cells, methods=("mean",)):
    """A tidy table of (indicator, breakdown, group, base, yes) and its numerators."""
    rows = [
        ("w1", indicator, breakdown, group, "rake", method, 0.5, 0.1, 0.4, 0.6, base, base, 1.0, "")
        for indicator, breakdown, group, base, _yes in cells
        for method in methods
    ]
    tidy = pd.DataFrame(rows, columns=list(TIDY_COLUMNS)).astype({"base": "Int64"})
    tidy.loc[tidy["base"] == 0, "flag"] = "[x]"
    yes = [cell[4] for cell in cells for _method in methods]
    return tidy, pd.Series(yes, dtype=float)


def flags(*cells, **policy):
    tidy, numerators = table(*cells)
    shown = suppress(tidy, numerators=numerators, policy=Policy(**policy))
    return dict(zip(shown["group"], shown["flag"], strict=True))


def ward(name, base, yes=None, indicator="safe"):
    return (indicator, "ward", name, base, base / 2 if yes is None else yes)


@pytest.mark.parametrize(
    ("base", "flag"), [(29, "[c]"), (30, "[u]"), (99, "[u]"), (100, ""), (0, "[x]")]
)
def test_thresholds_of_the_base(base, flag):
    assert flags(("safe", "overall", "all", base, base / 2)) == {"all": flag}


def test_a_hidden_row_loses_every_number_by_every_method():
    tidy, numerators = table(("safe", "overall", "all", 29, 5), methods=("mean", "beta"))
    shown = suppress(tidy, numerators=numerators, policy=Policy())
    assert shown["flag"].tolist() == ["[c]", "[c]"]
    assert shown[NUMBERS].isna().all(axis=None)
    assert tidy[NUMBERS].notna().all(axis=None)


def test_a_second_group_hides_the_first_from_subtraction():
    shown = flags(OVERALL, ward("a", 20), ward("b", 300), ward("c", 280), ward("d", 299))
    assert shown == {"all": "", "a": "[c]", "b": "", "c": "[c]", "d": ""}


def test_two_hidden_groups_need_no_third():
    shown = flags(OVERALL, ward("a", 20), ward("b", 25), ward("c", 280))
    assert shown == {"all": "", "a": "[c]", "b": "[c]", "c": ""}


def test_an_empty_group_hides_nobody():
    shown = flags(OVERALL, ward("a", 20), ward("b", 0), ward("c", 280), ward("d", 300))
    assert shown == {"all": "", "a": "[c]", "b": "[x]", "c": "[c]", "d": ""}


def test_a_missing_total_may_stand_in_another_table():
    assert flags(ward("a", 20), ward("b", 300), ward("c", 200))["c"] == "[c]"


def test_where_the_total_is_hidden_nothing_can_be_subtracted():
    shown = flags(
        ("safe", "overall", "all", 900, 5), ward("a", 20, 5), ward("b", 880, 0), sensitive={"safe"}
    )
    assert shown == {"all": "[c]", "a": "[c]", "b": ""}


@pytest.mark.parametrize(
    ("yes", "base", "flag"),
    [
        (9, 900, "[c]"),
        (10, 900, ""),
        (891, 900, "[c]"),
        (890, 900, ""),
        (0, 99, "[c]"),
        (0, 100, ""),
        (99, 99, "[c]"),
        (100, 100, ""),
    ],
)
def test_a_sensitive_figure_is_hidden_when_few_are_on_either_side(yes, base, flag):
    assert flags(("safe", "overall", "all", base, yes), sensitive={"safe"}) == {"all": flag}
    assert "[c]" not in flags(("safe", "overall", "all", base, yes))["all"]


def test_a_sensitive_mean_has_the_base_rule_alone():
    assert flags(("safe", "overall", "all", 900, None), sensitive={"safe"}) == {"all": ""}


def test_the_complement_goes_too():
    tidy, numerators = table(
        ("victim", "overall", "all", 900, 5), ("not_victim", "overall", "all", 900, 895)
    )
    policy = Policy(sensitive=frozenset({"victim"}), complements=(("not_victim", "victim"),))
    shown = suppress(tidy, numerators=numerators, policy=policy)
    assert shown["flag"].tolist() == ["[c]", "[c]"]


def test_complements_and_second_groups_are_hidden_to_a_fixed_point():
    # Hiding c for the sake of a hides the complement of c, whatever its own count.
    cells = [
        ("yes", "overall", "all", 900, 450),
        ("no", "overall", "all", 1080, 540),
        *(ward(name, base, base / 2, "yes") for name, base in (("a", 20), ("b", 500), ("c", 380))),
        *(ward(name, base, base / 2, "no") for name, base in (("a", 200), ("b", 500), ("c", 380))),
    ]
    tidy, numerators = table(*cells)
    policy = Policy(complements=(("yes", "no"),))
    shown = suppress(tidy, numerators=numerators, policy=policy)
    hidden = shown[shown["flag"] == "[c]"]
    assert sorted(zip(hidden["indicator"], hidden["group"], strict=True)) == [
        ("no", "a"),
        ("no", "c"),
        ("yes", "a"),
        ("yes", "c"),
    ]


def test_exact_and_low_stand_side_by_side():
    tidy, numerators = table(("safe", "overall", "all", 50, 0))
    tidy["flag"] = "exact"
    shown = suppress(tidy, numerators=numerators, policy=Policy())
    assert shown["flag"].tolist() == ["exact [u]"]


def test_waves_and_indicators_do_not_hide_each_other():
    tidy, numerators = table(
        OVERALL, ward("a", 20), ward("b", 25), *(ward(n, 300, None, "other") for n in "ab")
    )
    shown = suppress(tidy, numerators=numerators, policy=Policy())
    assert shown.loc[shown["indicator"] == "other", "flag"].tolist() == ["", ""]


def test_that_nobody_was_asked_is_not_told_where_it_tells_of_a_hidden_figure():
    tidy, numerators = table(
        ("safe", "ward", "a", 12, 12), ("safe", "ward", "b", 200, 100),
        ("why_not", "ward", "a", 0, 0), ("why_not", "ward", "b", 100, 50),
        ("other", "ward", "a", 0, 0), ("other", "ward", "b", 0, 0),
    )  # fmt: skip
    policy = Policy(goes_with={"why_not": frozenset({"safe"})})
    shown = suppress(tidy, numerators=numerators, policy=policy)
    assert shown.loc[[0, 2, 4, 5], "flag"].tolist() == ["[c]", "[c]", "[x]", "[x]"]
