import numpy as np

from engage.core.statistics.counts import Item, Pair, moments, pair_counts
from engage.core.statistics.engine import Batch
from engage.core.statistics.factor import Factor
from engage.core.statistics.tally import count

WARD = Factor("ward", ("N", "S"), np.array([0, 0, 0, 1, 1]))


def counted(*answers):
    """The split by ward, where each answer is its codes and how many categories it has."""
    asked = tuple(
        Factor(str(at), tuple(map(str, range(width))), np.array(codes))
        for at, (codes, width) in enumerate(answers)
    )
    counts = count(Batch(5, (WARD,), (WARD,), asked))
    return counts.form, counts.splits[1]


def test_people_are_counted_by_cell_and_answer():
    _form, split = counted(([0, 1, 1, 1, -1], 2), ([2, 2, -1, 0, 0], 3))
    assert split.answers.tolist() == [[1, 2, 0, 0, 2], [0, 1, 2, 0, 0]]
    assert split.sizes.tolist() == [3, 2]


def test_moments_follow_from_the_counts():
    form, split = counted(([0, 2, 2, 1, -1], 3))
    items = [Item("0", np.array([1.0, 3.0, 5.0])), Item("0", np.array([0.0, np.nan, 1.0]))]
    held = moments(form, split, items)
    assert held.people.tolist() == [[3, 3], [1, 0]]
    assert held.sums.tolist() == [[11, 2], [3, 0]]
    assert held.squares.tolist() == [[51, 2], [9, 0]]


def test_pairs_keep_what_one_person_said_to_both():
    form, split = counted(([0, 3, 3, 1, -1], 4), ([2, 2, -1, 0, 0], 4))
    pairs = [Pair(0, 1, "1"), Pair(0, 2, "0")]
    assert pair_counts(form, split, pairs).tolist() == [
        [0, 0, 2, 0, 1, 0, 0, 2],
        [2, 0, 0, 0, 0, 1, 0, 0],
    ]


def test_an_item_that_nobody_answered_is_counted_as_nobody():
    held = moments(*counted(([-1] * 5, 0)), [Item("0", np.array([]))])
    assert held.people.tolist() == [[0], [0]]
