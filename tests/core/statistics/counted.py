"""Answers of a few people, counted in the groups of one breakdown of their sample."""

from dataclasses import dataclass, replace

import numpy as np

from engage.core.statistics.counts import Item, moments
from engage.core.statistics.factor import Factor
from engage.core.statistics.groups import group
from engage.core.statistics.ratios import ratios
from engage.core.statistics.schemes import schemes
from engage.core.statistics.tally import count


@dataclass(frozen=True)
class Answers:
    """What people said: places in `points`, -1 for people outside the base."""

    codes: np.ndarray
    points: np.ndarray

    def of_people(self):
        return np.append(self.points, np.nan)[self.codes]


def estimated(sample, estimator, answers, breakdown=0):
    """The groups of a breakdown by one estimator, and the ratios of one item in them."""
    (scheme,) = schemes(sample, [estimator])
    names = tuple(map(str, range(len(answers.points))))
    asked = Factor("asked", names, answers.codes)
    counts = count(replace(sample.batch, answers=(asked,)))
    split = counts.splits[breakdown]
    held = moments(counts.form, split, [Item("asked", answers.points)])
    groups = group(sample.cells, split, scheme)
    return groups, ratios(groups, held)
