import numpy as np
import pytest

from engage.core.statistics.numbering import LIST, Numbering


@pytest.mark.parametrize("scale", [1, LIST, 0.5])
def test_a_key_keeps_its_number_and_new_ones_come_after(scale):
    numbering = Numbering()
    first, new = numbering.find(np.array([7, 3, 7]) * scale)
    assert first[0] == first[2] != first[1]
    assert sorted(first[new]) == [0, 1]
    again, new = numbering.find(np.array([3, 5, 7, 5]) * scale)
    assert again[[0, 2]].tolist() == first[[1, 0]].tolist()
    assert again[[1, 3]].tolist() == [2, 2]
    assert len(new) == 1
    assert new[0] in {1, 3}


def test_numbers_stay_when_keys_become_too_large_for_a_list():
    numbering = Numbering()
    small, _new = numbering.find(np.array([4, 2]))
    large, _new = numbering.find(np.array([2, LIST + 1, 4]))
    assert large.tolist() == [small[1], 2, small[0]]


def test_nobody_has_no_numbers():
    numbers, new = Numbering().find(np.zeros(0, dtype=np.int64))
    assert len(numbers) == len(new) == 0
