"""Waves that share people, against the formula written out person by person."""

import numpy as np
import pytest
from core.statistics.counted import Answers, estimated

from engage.core.statistics.change import change
from engage.core.statistics.contrast import contrast, each_group
from engage.core.statistics.overlap import (
    RepeatedRespondentError,
    Shared,
    covariance,
    linearised,
    link,
)
from engage.core.statistics.sample import take_sample

NO_YES = np.array([0.0, 1.0])


def wave(answers):
    said = Answers(np.array(answers), NO_YES)
    return *estimated(take_sample(len(answers)), "unweighted", said), said


def tie(groups, made, said, rows):
    everybody = np.zeros(len(rows), dtype=int)
    return linearised(groups, made, 0, said.of_people()[rows], Shared(everybody, everybody))


def changed(before, after, links):
    sides = [wave(before), wave(after)]
    contrasts = [contrast(groups, made, each_group(groups)) for groups, made, _said in sides]
    shared = covariance(
        *(
            tie(groups, made, said, rows)
            for (groups, made, said), rows in zip(sides, (links.first, links.second), strict=True)
        )
    )[:, None]
    base = np.array([[len(before)]]), np.array([[len(after)]])
    return change(*contrasts, *base, shared), change(*contrasts, *base)


BEFORE, AFTER = [1, 1, 0, 1, 0, 0, 0, 1], [1, 1, 0, 1, 0, 1, 0, 1]


def test_the_same_people_give_the_paired_test_of_the_textbook():
    ids = list("abcdefgh")
    tied, apart = changed(BEFORE, AFTER, link(ids, ids))
    steps = np.array(AFTER) - np.array(BEFORE)
    assert tied.variance[0, 0] == pytest.approx(steps.var(ddof=1) / 8)
    assert tied.independent[0, 0] == apart.variance[0, 0] > tied.variance[0, 0]


def test_strangers_give_the_sum_of_two_variances():
    links = link(list("abcdefgh"), list("ijklmnop"))
    tied, apart = changed(BEFORE, AFTER, links)
    assert tied.variance[0, 0] == apart.variance[0, 0]
    assert len(links.first) == 0


def test_a_part_in_both_counts_for_that_part():
    links = link(list("abcdefgh"), list("abcdwxyz"))
    tied, apart = changed(BEFORE, AFTER, links)
    first, second = (np.array(each) - np.mean(each) for each in (BEFORE, AFTER))
    shared = 8 / 7 * (first[:4] * second[:4]).sum() / 64
    assert tied.variance[0, 0] == pytest.approx(apart.variance[0, 0] - 2 * shared)


def test_rows_are_matched_by_respondent_and_not_by_place():
    links = link(["a", "", "b"], ["b", "a", ""])
    assert links.first.tolist() == [0, 2]
    assert links.second.tolist() == [1, 0]


def test_a_respondent_who_is_twice_in_a_wave_is_named():
    with pytest.raises(RepeatedRespondentError, match="respondent b is in one wave twice"):
        link(["a", "b"], ["b", "b"])
