from dataclasses import replace

from engage.core.indicators.disclosure import disclosure
from engage.core.indicators.model import Indicator, Kind

WOULD = Indicator(
    "would", "Would", Kind.PROPORTION, ("report",), ("1", "2"), ("1", "2", "3"), sensitive=True
)
WOULD_NOT = replace(WOULD, id="would_not", numerator=("3",), base=("3", "2", "1"), sensitive=False)


def test_sensitive_indicators_are_named():
    assert disclosure([WOULD, WOULD_NOT]).sensitive == {"would"}


def test_two_halves_of_one_question_are_complements():
    assert disclosure([WOULD, WOULD_NOT]).complements == (("would", "would_not"),)


def test_two_parts_that_leave_a_third_are_not():
    part = replace(WOULD_NOT, numerator=("2",))
    assert disclosure([replace(WOULD, numerator=("1",)), part]).complements == ()


def test_two_parts_that_overlap_are_not():
    overlapping = replace(WOULD_NOT, numerator=("2", "3"))
    assert disclosure([WOULD, overlapping]).complements == ()


def test_the_same_answers_to_another_question_are_not():
    assert disclosure([WOULD, replace(WOULD_NOT, variables=("other",))]).complements == ()
    assert disclosure([WOULD, replace(WOULD_NOT, base=("1", "2", "3", "9"))]).complements == ()
