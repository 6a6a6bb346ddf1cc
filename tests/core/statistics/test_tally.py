"""Counts that are added to, against the same people counted all at once and one by one."""

from collections import Counter
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from engage.core.statistics import lanes, tally
from engage.core.statistics.engine import Batch, CategoriesError
from engage.core.statistics.factor import Factor
from engage.core.statistics.tally import Tally, count

WIDTHS = {"ward": 3, "age": 2, "area": 2, "likes": 4, "many": 19}
FORM = (("ward", "age"), ("ward", "area", "age"), ("likes", "many"))


def batch(people, *, weighted=True):
    """People given as ward, age, area, two answers and weight."""
    rows = np.array(people, dtype=float).reshape(-1, 6)
    factors = {
        name: Factor(name, tuple(map(str, range(width))), rows[:, at].astype(np.int8))
        for at, (name, width) in enumerate(WIDTHS.items())
    }
    parts = [tuple(factors[name] for name in names) for names in FORM]
    return Batch(len(rows), *parts, rows[:, 5] if weighted else None)


PERSON = st.tuples(
    *(st.integers(-1, width - 1) for width in WIDTHS.values()), st.sampled_from([1.0, 2.5])
)
PEOPLE = st.lists(PERSON, max_size=60)


def assert_same(one, other):
    np.testing.assert_array_equal(one.weights, other.weights)
    np.testing.assert_array_equal(one.margins, other.margins)
    for first, second in zip(one.splits, other.splits, strict=True):
        for field in fields(first):
            np.testing.assert_array_equal(
                getattr(first, field.name), getattr(second, field.name), field.name
            )


def one_by_one(people, counts):
    """How many people each cell and group has, and how many gave each answer, counted slowly."""
    groups = {"overall": lambda _person: 0}
    for name in FORM[1]:
        at = list(WIDTHS).index(name)
        groups[name] = lambda person, at=at: person[at]
    for split in counts.splits:
        told = Counter()
        for person in people:
            key = (person[5], person[0], person[1], groups[split.name](person))
            told[key, "people"] += 1
            told[key, "likes", person[3]] += 1
            told[key, "many", person[4]] += 1
        found = Counter()
        for cell, group, size, answers in zip(
            split.cells, split.groups, split.sizes, split.answers, strict=True
        ):
            key = (counts.weights[cell], *counts.margins[cell], group)
            found[key, "people"] = size
            found.update({(key, "likes", code): answers[code] for code in range(4)})
            found.update({(key, "many", code): answers[4 + code] for code in range(19)})
        yield +found, Counter({key: n for key, n in told.items() if key[-1] != -1})


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_counts_are_those_of_counting_one_by_one(people):
    for found, told in one_by_one(people, count(batch(people))):
        assert found == told


@settings(max_examples=60, deadline=None)
@given(st.lists(PEOPLE, max_size=5), st.booleans())
def test_added_counts_are_those_of_counting_all_at_once(batches, weighted):
    everybody = batch([person for people in batches for person in people], weighted=weighted)
    added = Tally(everybody.form)
    for people in batches:
        added.add(batch(people, weighted=weighted))
    assert_same(added.counts(), count(everybody))


@settings(max_examples=30, deadline=None)
@given(st.lists(PERSON, min_size=5, max_size=60), st.integers(1, 7))
def test_chunks_and_pieces_do_not_show(people, size):
    whole = count(batch(people))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally, "CHUNK", 4 * size)
        patch.setattr(lanes, "BLOCK", size)
        patch.setattr("engage.core.statistics.totals.MOST", 2)
        assert_same(count(batch(people)), whole)


def test_more_people_in_one_cell_than_a_byte_holds_are_no_trouble():
    one = (0, 0, 0, 3, 18, 1.0)
    counts = count(batch([one] * 70_000 + [(0, 0, 1, 3, -1, 1.0)]))
    assert counts.splits[0].sizes.tolist() == [70_001]
    assert counts.splits[0].answers[0, [3, -1]].tolist() == [70_001, 70_000]
    assert counts.splits[2].answers[:, 3].tolist() == [70_000, 1]


def test_a_question_may_have_more_answers_than_a_byte_has_numbers():
    codes = np.array([2, 258, -1, 299, 258], dtype=np.int16)
    asked = Factor("asked", tuple(map(str, range(300))), codes)
    (everybody,) = count(Batch(5, (), (), (asked,))).splits
    assert np.flatnonzero(everybody.answers[0]).tolist() == [2, 258, 299]
    assert everybody.answers[0].sum() == 4


def test_a_breakdown_that_cells_tell_is_not_counted_twice():
    counts = count(batch([(0, 0, 0, 1, 1, 1.0), (1, 0, 1, 2, 2, 1.0), (0, 0, 1, 2, 2, 1.0)]))
    overall, ward, area, _age = counts.splits
    assert ward.answers is overall.answers
    assert area.answers is not overall.answers


def test_counts_of_nobody_are_empty_tables():
    counts = count(batch([]))
    assert [len(split.sizes) for split in counts.splits] == [0, 0, 0, 0]


def test_other_categories_are_refused_by_name():
    people = batch([(0, 0, 0, 1, 1, 1.0)])
    area = Factor("area", ("0", "1", "2"), people.groups[1].codes)
    other = replace(people, groups=(people.groups[0], area, people.groups[2]))
    with pytest.raises(CategoriesError, match=r"area has the categories 0, 1, 2, and .* 0, 1"):
        Tally(people.form).add(other)


def test_another_breakdown_is_refused_by_name():
    people = batch([(0, 0, 0, 1, 1, 1.0)])
    with pytest.raises(CategoriesError, match=r"groups are ward, area, and .* ward, area, age"):
        Tally(people.form).add(replace(people, groups=people.groups[:2]))
