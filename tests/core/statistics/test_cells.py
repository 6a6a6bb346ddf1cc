import numpy as np
import pytest

from engage.core.statistics.cells import gather
from engage.core.statistics.factor import Factor
from engage.core.statistics.margins import MarginError
from engage.core.statistics.sample import take_sample


def factor(name, codes, count):
    return Factor(name, tuple(str(each) for each in range(count)), np.array(codes))


def test_people_who_share_everything_are_one_cell():
    ward = factor("ward", [0, 0, 1, 1, 1], 2)
    age = factor("age", [0, 0, 0, 1, -1], 2)
    cells = gather(np.array([1.0, 1.0, 1.0, 1.0, 1.0]), [ward], [age])
    assert cells.sizes.tolist() == [2, 1, 1, 1]
    assert cells.rows[0] == cells.rows[1]
    assert cells.margins[0].codes[cells.rows].tolist() == ward.codes.tolist()
    assert cells.groups[0].codes[cells.rows].tolist() == age.codes.tolist()


def test_design_weights_part_cells():
    cells = gather(np.array([1.0, 2.0, 1.0]), [], [factor("g", [0, 0, 0], 1)])
    assert cells.sizes.tolist() == [2, 1]
    assert cells.design_weights[cells.rows].tolist() == [1, 2, 1]


def test_more_combinations_than_an_integer_holds_are_no_trouble():
    # Twelve factors of 1,024 kinds each: the first would be shifted out of 64 bits.
    codes = np.arange(50) % 7
    rest = [factor(str(each), np.zeros(50, dtype=np.int64), 1023) for each in range(11)]
    cells = gather(np.ones(50), [factor("first", codes, 1023), *rest], [])
    assert len(cells.sizes) == 7
    assert cells.margins[0].codes[cells.rows].tolist() == codes.tolist()


def test_a_design_weight_of_nothing_is_refused():
    with pytest.raises(MarginError, match="above 0"):
        take_sample(2, design_weights=[1, 0])
