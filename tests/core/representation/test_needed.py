"""Who is still needed: whole people that add up, in words that a fieldworker can use."""

import pytest
from hypothesis import given, settings, strategies as st

from engage.core.representation.needed import in_words, needed, targets


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ((23, "male", "16 to 24"), "23 men aged 16 to 24"),
        ((1, "female", "75 or over", "Abbey"), "1 woman aged 75 or over in Abbey"),
        ((1200, "", "", "Abbey"), "1,200 people in Abbey"),
        ((1, "", "30"), "1 person aged 30"),
        ((2, "female"), "2 women"),
    ],
)
def test_a_need_is_said_in_words(group, words):
    assert in_words(*group) == words


def test_a_target_is_shared_out_in_whole_people_by_largest_remainders():
    # 10 people over 41, 33 and 26 of 100: 4.1, 3.3 and 2.6, so the one left over goes to the last.
    assert targets([41, 33, 26], 10) == (4, 3, 3)
    assert targets([1, 1, 1], 2) == (1, 1, 0)
    assert targets([0, 5], 0) == (0, 0)


@pytest.mark.parametrize(("residents", "total"), [([0, 0], 5), ([], 5), ([10], -1)])
def test_a_target_that_nobody_can_meet_is_refused(residents, total):
    with pytest.raises(ValueError, match="cannot be shared out"):
        targets(residents, total)


def test_only_who_is_short_is_told_the_shortest_first():
    groups = [
        ("male", "16 to 24", "", 7, 300.0),
        ("female", "16 to 24", "", 40, 300.0),
        ("male", "25 or over", "", 19, 200.0),
        ("female", "25 or over", "", 10, 200.0),
    ]
    made = needed("age and sex", groups, 100)
    assert [(row.words, row.people, row.target) for row in made.rows] == [
        ("23 men aged 16 to 24", 7, 30),
        ("10 women aged 25 or over", 10, 20),
        ("1 man aged 25 or over", 19, 20),
    ]
    assert needed("ward", [], 100).rows == ()


GROUPS = st.lists(
    st.tuples(
        st.just("male"), st.just(""), st.uuids().map(str), st.integers(0, 90), st.integers(0, 4000)
    ),
    min_size=1,
    max_size=10,
).filter(lambda groups: sum(each[4] for each in groups) > 0)


@given(GROUPS, st.integers(0, 1500))
@settings(max_examples=150, deadline=None)
def test_targets_add_up_and_everybody_lacking_is_told(groups, total):
    residents = [each[4] for each in groups]
    wanted = targets(residents, total)
    assert sum(wanted) == total
    held = sum(residents)
    assert all(
        abs(each - total * held_ / held) < 1 for each, held_ in zip(wanted, residents, strict=True)
    )
    made = needed("ward", groups, total)
    more = sum(row.more for row in made.rows)
    over = sum(max(0, each[3] - goal) for each, goal in zip(groups, wanted, strict=True))
    assert more - over == total - sum(each[3] for each in groups)
    assert all(row.more == row.target - row.people > 0 for row in made.rows)


@given(GROUPS, st.integers(0, 1500), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_groups_hardly_matters(groups, total, random):
    turned = list(groups)
    random.shuffle(turned)
    first = {row.words.split(" in ")[1]: row.target for row in needed("ward", groups, total).rows}
    second = {row.words.split(" in ")[1]: row.target for row in needed("ward", turned, total).rows}
    # Equal remainders go to whoever is named first: one person at most.
    assert all(abs(first[ward] - second[ward]) <= 1 for ward in first.keys() & second.keys())
