import numpy as np
import pytest

from engage.core.statistics.factor import Factor
from engage.core.statistics.margins import (
    EmptyCategoryError,
    Margin,
    MarginError,
    MarginsDoNotSumError,
    MissingCategoryError,
    NoResidentsError,
    fit,
    reconcile,
    share_outside,
    thin,
)

WARD = Margin("ward", {"N": 60, "S": 40})


def ward(*labels):
    names = tuple(dict.fromkeys(label for label in labels if label))
    codes = [names.index(label) if label else -1 for label in labels]
    return Factor("ward", names, np.array(codes))


def test_margins_of_one_total_are_left_alone():
    margins, warnings = reconcile([WARD, Margin("sex", {"F": 51, "M": 49})])
    assert [margin.total for margin in margins] == [100, 100]
    assert warnings == ()


def test_a_small_gap_is_rescaled_with_a_warning():
    margins, (warning,) = reconcile([WARD, Margin("sex", {"F": 51, "M": 49.4})])
    assert margins[1].total == pytest.approx(100)
    assert margins[1].population["F"] == pytest.approx(51 / 1.004)
    assert "sex" in warning
    assert "100.4" in warning


def test_margins_further_apart_are_refused_with_both_totals():
    with pytest.raises(MarginsDoNotSumError, match=r"ward has 100 .* sex has 101,") as caught:
        reconcile([WARD, Margin("sex", {"F": 51, "M": 50})])
    assert caught.value.margin == "sex"


@pytest.mark.parametrize("residents", [float("nan"), float("inf"), -1.0])
@pytest.mark.parametrize("names", [("ward",), ("sex", "ward"), ("ward", "sex")])
def test_residents_that_are_no_number_are_named(residents, names):
    made = {"ward": Margin("ward", {"N": 60, "S": residents}), "sex": Margin("sex", {"F": 100})}
    with pytest.raises(MarginError, match=r"ward has (nan|inf|-1) residents for S") as caught:
        reconcile([made[name] for name in names])
    assert caught.value.margin == "ward"


def test_a_name_with_something_unseen_is_quoted():
    with pytest.raises(NoResidentsError, match=r"no residents for ' N', where 1 people"):
        fit(WARD, ward(" N", "N", "S"))


def test_categories_take_the_order_of_the_margin():
    factor, residents = fit(WARD, ward("S", "N", "S"))
    assert factor.categories == ("N", "S")
    assert factor.codes.tolist() == [1, 0, 1]
    assert residents.tolist() == [60, 40]


def test_a_category_of_nobody_and_no_residents_is_left_out():
    factor, _residents = fit(Margin("ward", {"N": 60, "S": 40, "X": 0}), ward("S", "N"))
    assert factor.categories == ("N", "S")


def test_residents_of_whom_nobody_answered_are_named():
    with pytest.raises(
        EmptyCategoryError, match=r"Nobody.* S of the margin ward, with 40"
    ) as caught:
        fit(WARD, ward("N", "N"))
    assert caught.value.margin == "ward"


def test_a_category_of_too_few_is_refused_where_that_is_asked():
    with pytest.raises(EmptyCategoryError, match="Fewer than 2 people in the sample: S"):
        fit(WARD, ward("N", "N", "S"), 2)


def test_people_without_residents_are_named_all_at_once():
    with pytest.raises(NoResidentsError, match="no residents for X, Y, where 3 people"):
        fit(WARD, ward("N", "S", "X", "X", "Y"))


def test_people_in_no_category_are_never_dropped():
    with pytest.raises(MissingCategoryError, match=r"2 people .* margin ward"):
        fit(WARD, ward("N", None, "S", None))


def test_the_unknown_get_their_weighted_share_and_the_rest_shrink():
    factor = ward("N", "S", "unknown")
    margin = share_outside(WARD, factor, np.array([3.0, 4.0, 1.0]), {"unknown", "visitor"})
    assert margin.total == pytest.approx(100)
    assert margin.population == pytest.approx({"N": 52.5, "S": 35, "unknown": 12.5})


def test_categories_of_a_few_people_are_warned_of_without_their_number():
    factor = ward(*["N"] * 20, *["S"] * 19, "E")
    (said,) = thin([factor])
    assert said.startswith("By ward, fewer than 20 people answered in each of these")
    assert said.endswith("so their weights rest on little: S; E.")


def test_the_unknown_are_not_a_category_to_do_something_about():
    factor = ward(*["N"] * 20, *["unknown"] * 2)
    assert thin([factor]) == (
        "Fewer than 20 people did not say their ward. They stand for their share of the residents.",
    )
