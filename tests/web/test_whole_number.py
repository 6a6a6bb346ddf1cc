"""Whole numbers as forms and addresses send them."""

import pytest

from engage.web.whole_number import whole_number


@pytest.mark.parametrize("bent", [None, "", "-1", "1.0", " 1", "²", "٣", "9" * 5000])
def test_what_is_no_plain_number_is_the_other(bent):
    assert whole_number(bent, 7) == 7


def test_a_plain_number_is_read():
    assert whole_number("0", None) == 0
    assert whole_number("123456789", -1) == 123456789
