import numpy as np

from engage.core.statistics.cells import gather
from engage.core.statistics.counts import Answers, count, moments, pair_moments
from engage.core.statistics.factor import Factor

WARD = Factor("ward", ("N", "S"), np.array([0, 0, 0, 1, 1]))
CELLS = gather(np.ones(5), [], [WARD])


def answers(*codes, values=(0.0, 1.0)):
    return Answers(np.array(codes), np.array(values))


def test_people_are_counted_by_cell_and_answer():
    table = count(CELLS, answers(0, 1, 1, 1, -1))
    assert table.tolist() == [[1, 2], [0, 1]]


def test_moments_follow_from_the_counts():
    held = moments(CELLS, [answers(0, 2, 2, 1, -1, values=(1.0, 3.0, 5.0))])
    assert held.people.tolist() == [[3], [1]]
    assert held.sums.tolist() == [[11], [3]]
    assert held.squares.tolist() == [[51], [9]]


def test_pairs_are_counted_as_they_are_person_by_person():
    codes = np.array([[0, 1, 1, 1, -1], [1, 1, -1, 0, 1], [1, 0, 1, 1, 1]])
    pairs = pair_moments(CELLS, [answers(*row) for row in codes])
    inside, yes = (codes >= 0).astype(float), (codes == 1).astype(float)
    for cell in range(2):
        here = CELLS.rows == cell
        assert np.array_equal(pairs.both[cell], inside[:, here] @ inside[:, here].T)
        assert np.array_equal(pairs.yes[cell], yes[:, here] @ inside[:, here].T)
        assert np.array_equal(pairs.yes_yes[cell], yes[:, here] @ yes[:, here].T)


def test_an_item_that_nobody_answered_is_counted_as_nobody():
    held = moments(CELLS, [answers(-1, -1, -1, -1, -1, values=())])
    assert held.people.tolist() == [[0], [0]]
