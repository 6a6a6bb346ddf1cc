"""How many answers were left out: no few of them can be worked out from the numbers beside."""

import pytest

from engage.core.cleaning.flow import Flow
from engage.published.removed import FEW, NEARLY, people, received, removed


def told(flow, *, invited=False):
    """Received, used, and the numbers left out by their labels, as the page on methods has them."""
    rows = {label: many for label, many, _why in removed(flow, 1, invited=invited)}
    return received(flow, 1, invited=invited), people(flow.used, 1, invited=invited), rows


@pytest.mark.parametrize(
    ("left_out", "rows"),
    [
        ({}, {}),
        ({"speeding": 40}, {"Very quick": "40"}),
        ({"speeding": 40, "trial": 3}, {"Very quick; A test": "43"}),
        (
            {"speeding": 40, "mostly_empty": 200, "trial": 3, "honeypot": 2},
            {"Mostly empty": "200", "Very quick; A test; Filled in a hidden field": "45"},
        ),
        ({"mostly_empty": 200, "trial": 9, "honeypot": 1},
         {"Mostly empty": "200", "A test; Filled in a hidden field": "10"}),
        ({"mostly_empty": 200, "a_rule_of_old": 60}, {"Mostly empty; Other reasons": "260"}),
    ],
)  # fmt: skip
def test_few_are_told_together_with_others(left_out, rows):
    flow = Flow(1000 + sum(left_out.values()), left_out, {}, 1000)
    assert told(flow) == (f"{flow.received:,}", "1,000", rows)


@pytest.mark.parametrize("left_out", [{"trial": 1}, {"trial": 4, "honeypot": 5}])
def test_where_few_were_left_out_in_all_what_came_in_is_not_told_to_the_one(left_out):
    flow = Flow(1000 + sum(left_out.values()), left_out, {}, 1000)
    assert told(flow)[:2] == (NEARLY, "1,000")
    assert [*told(flow)[2].values()] == [FEW]


def test_of_the_invited_all_numbers_are_in_tens():
    flow = Flow(1053, {"mostly_empty": 50, "trial": 3}, {}, 1000)
    assert told(flow, invited=True) == (
        "at least 1,050",
        "at least 1,000",
        {"Mostly empty; A test": "at least 50"},
    )


def test_reasons_told_together_are_each_explained():
    ((label, _many, why),) = removed(
        Flow(60, {"speeding": 40, "trial": 3}, {}, 17), 1, invited=False
    )
    assert label == "Very quick; A test"
    assert "Very quick: They took less" in why
    assert "A test: Somebody tried" in why
