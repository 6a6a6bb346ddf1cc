"""The residents of a wave as tables need them: cleaned, weighted, and told by a choice."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.indicators.answers import answers, joined, points_of
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.arrays import IntArray
from engage.core.statistics.factor import Factor, factor_of
from engage.core.statistics.sample import Sample
from engage.core.statistics.schemes import Scheme, schemes
from engage.crosstabs.choices import Choice
from engage.figures.breakdowns import cuts
from engage.figures.inputs import Inputs
from engage.figures.used import digest_of, homes_of
from engage.figures.weighed import weigh


@dataclass(frozen=True, slots=True)
class Crowd:
    """People of one wave who live here, and the group of each in every breakdown, in `groups`."""

    given: Inputs
    table: pd.DataFrame
    groups: dict[str, Factor]

    def factor(self, choice: Choice) -> Factor:
        """The category of everybody, -1 for who is in none of those that the choice offers."""
        kind, _colon, name = choice.name.partition(":")
        codes = tuple(code for code, _label in choice.categories)
        if kind == "b":
            return _in_order(self.groups[name], codes)
        if kind == "q":
            return _in_order(factor_of(name, self.table[name]), codes)
        return self.share(next(each for each in self.given.indicators if each.id == name))

    def share(self, indicator: Indicator) -> Factor:
        """Who is in the numerator of an indicator: 0 or 1, -1 outside its base."""
        held = {each.name: each for each in answers(self.table, [indicator])}
        if indicator.kind is not Kind.PROPORTION:
            return _in_order(held[joined(indicator)], ("0", "1"))
        factor, points = held[indicator.variables[0]], points_of(indicator)
        lookup = np.array([*(int(points.get(code, -1)) for code in factor.categories), -1])
        return Factor(indicator.id, ("0", "1"), lookup[factor.codes])


@dataclass(frozen=True, slots=True)
class People(Crowd):
    """Those who are used now, with their weights.

    `digest` is the same as long as the same answers are used. In `every` are also those who would
    be used if nobody had decided about marked responses.
    """

    sample: Sample
    scheme: Scheme
    digest: str
    every: pd.DataFrame


def people_of(given: Inputs) -> People:
    """The residents of a wave; cleaned and weighted as for its figures."""
    every, home, away = homes_of(given)
    weighed = weigh(given, home, away, [])
    (scheme,) = schemes(weighed.sample, [weighed.weighting.estimator])
    groups, digest = groups_of(given, home), digest_of(home)
    return People(given, home, groups, weighed.sample, scheme, digest, every)


def groups_of(given: Inputs, home: pd.DataFrame) -> dict[str, Factor]:
    """The group of everybody in each breakdown."""
    made = cuts(given.definition, home, given.areas, given.united)
    return {cut.factor.name: cut.factor for cut in made}


def inside(people: Crowd, filters: list[tuple[Choice, tuple[str, ...]]]) -> IntArray:
    """1 for who has one of the codes in every filter, else 0."""
    held = np.ones(len(people.table), dtype=np.int64)
    for choice, codes in filters:
        factor = people.factor(choice)
        wanted = np.array([*(code in codes for code in factor.categories), False])
        held &= wanted[factor.codes].astype(np.int64)
    return held


def _in_order(factor: Factor, codes: tuple[str, ...]) -> Factor:
    """The factor with these categories alone, in this order."""
    place = {code: at for at, code in enumerate(codes)}
    lookup = np.array([*(place.get(code, -1) for code in factor.categories), -1])
    return Factor(factor.name, codes, lookup[factor.codes])
