"""The residents of a wave as tables need them: cleaned, weighted, and told by a choice."""

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.core.indicators.answers import answers, joined, points_of
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.arrays import IntArray
from engage.core.statistics.factor import Factor, factor_of
from engage.core.statistics.sample import Sample
from engage.core.statistics.schemes import Scheme, schemes
from engage.crosstabs.choices import Choice
from engage.figures.breakdowns import cuts, visitors
from engage.figures.inputs import Inputs
from engage.figures.weighed import weigh


@dataclass(frozen=True, slots=True)
class People:
    """The people of one wave who live here, with their weights; a breakdown each in `groups`.

    `digest` is the same as long as the same answers are used.
    """

    given: Inputs
    table: pd.DataFrame
    sample: Sample
    scheme: Scheme
    groups: dict[str, Factor]
    digest: str

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


def people_of(given: Inputs) -> People:
    """The residents of a wave; cleaned and weighted as for its figures."""
    definition = given.definition
    limits = Thresholds(wards=frozenset(given.areas.wards), opens_on=given.opens_on)
    cleaned = clean(definition, given.table, limits, flags=False)
    away = visitors(definition, cleaned.table)
    home = cleaned.table.loc[~away].reset_index(drop=True)
    made = cuts(definition, home, given.areas, given.united)
    weighed = weigh(given, home, int(away.sum()), [])
    (scheme,) = schemes(weighed.sample, [weighed.weighting.estimator])
    groups = {cut.factor.name: cut.factor for cut in made}
    digest = hashlib.sha256("".join(sorted(home["@id"].astype(str))).encode()).hexdigest()
    return People(given, home, weighed.sample, scheme, groups, digest)


def inside(people: People, filters: list[tuple[Choice, tuple[str, ...]]]) -> IntArray:
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
