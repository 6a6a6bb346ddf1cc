"""Thin categories are put together, and every step is told."""

from hypothesis import given, strategies as st

from engage.core.statistics.merging import Category, merge, neighbours, same_home_first


def categories(*people: int, homes: str | None = None) -> list[Category]:
    return [
        Category((f"c{place}",), (place,), count, 100.0, homes[place] if homes else "")
        for place, count in enumerate(people)
    ]


def names(merged) -> list[str]:
    return [each.name for each in merged[0]]


def test_a_thin_age_joins_the_smaller_of_its_neighbours():
    merged = merge(categories(30, 3, 9, 40), neighbours)
    assert names(merged) == ["c0", "c1 and c2", "c3"]
    assert merged[1] == ["c1 (fewer than 10 people) is weighted with c2."]


def test_an_age_never_joins_another_sex():
    merged = merge(categories(1, 30, 2, 40, homes="ffmm"), neighbours)
    assert names(merged) == ["c0 and c1", "c2 and c3"]


def test_a_thin_ward_joins_its_area_group_before_a_smaller_ward_elsewhere():
    merged = merge(categories(2, 50, 6, 7, homes="aabb"), same_home_first)
    assert names(merged) == ["c0 and c1", "c2", "c3"]


def test_a_thin_ward_alone_in_its_group_joins_the_next_smallest():
    merged = merge(categories(2, 50, 60, homes="abb"), same_home_first)
    assert names(merged) == ["c0 and c1", "c2"]


def test_merging_goes_on_until_the_category_is_large_enough():
    merged = merge(categories(1, 1, 1, 1, 1, 9), neighbours)
    assert names(merged) == ["c0, c1, c2, c3 and c4", "c5"]
    assert len(merged[1]) == 4
    assert merged[1][0].startswith("c0 (fewer than 10 people) ")


def test_a_category_of_nobody_and_nowhere_is_left_out():
    held, told = merge([Category(("x",), (0,), 0, 0.0), *categories(9, 9)], neighbours)
    assert [each.name for each in held] == ["c0", "c1"]
    assert told == []


def test_people_where_nobody_is_on_record_are_merged_however_many():
    held, told = merge([Category(("x",), (0,), 50, 0.0), *categories(9, 9)[1:]], neighbours)
    assert [each.name for each in held] == ["x and c1"]
    assert told == ["x (50 people) is weighted with c1."]


@given(st.lists(st.tuples(st.integers(0, 12), st.sampled_from("ab")), min_size=1, max_size=9))
def test_nobody_is_lost_and_nothing_thin_is_left_that_has_a_partner(people):
    given_categories = categories(*(n for n, _ in people), homes="".join(h for _, h in people))
    for partners in (neighbours, same_home_first):
        held, told = merge(given_categories, partners)
        assert sum(each.people for each in held) == sum(n for n, _ in people)
        assert sorted(part for each in held for part in each.parts) == [*range(len(people))]
        assert len(told) == len(people) - len(held)
        for each in held:
            if each.thin:
                assert not partners(each, [other for other in held if other is not each])
