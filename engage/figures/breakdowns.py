"""The groups that figures are cut by: areas, and what the questionnaire itself names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.cleaning.conditions import holds
from engage.core.definition.model import Definition, Group
from engage.core.indicators.model import United
from engage.core.statistics.factor import Factor

Place = tuple[str, str]
"""A breakdown and one of its groups."""
Marks = npt.NDArray[np.bool_]

CONNECTION = "connection"
AREA_GROUP = "area_group"
WARD = "ward"


@dataclass(frozen=True, slots=True)
class Cut:
    """One breakdown: everybody's group, and the groups' names for people."""

    factor: Factor
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Areas:
    """Names of wards and of area groups by code, and the group of each ward that is in one."""

    wards: Mapping[str, str]
    groups: Mapping[str, str]
    group_of: Mapping[str, str]


def cuts(
    definition: Definition, table: pd.DataFrame, areas: Areas, united: Iterable[United] = ()
) -> list[Cut]:
    """Every breakdown, areas first and united ones last; that by connection is made elsewhere."""
    made: list[Cut] = []
    area = definition.role("area")
    if area and areas.wards:
        column = table[area.id]
        if areas.groups:
            made.append(_areas(AREA_GROUP, column, areas.groups, areas.group_of))
        made.append(_areas(WARD, column, areas.wards, {ward: ward for ward in areas.wards}))
    made += [
        _groups(breakdown.id, breakdown.groups, definition, table)
        for breakdown in definition.breakdowns
        if breakdown.id != CONNECTION
    ]
    of = {cut.factor.name: cut.factor for cut in made}
    return made + [_put_together(each, of[each.of]) for each in united if each.of in of]


def linked(areas: Areas, united: Iterable[United]) -> Iterator[tuple[Place, Place]]:
    """Each group that is part of a group of another breakdown, and that one."""
    for ward, group in areas.group_of.items():
        yield (WARD, ward), (AREA_GROUP, group)
    for each in united:
        for whole in each.groups:
            for part in whole.parts:
                yield (each.of, part), (each.id, whole.code)


def visitors(definition: Definition, table: pd.DataFrame) -> Marks:
    """Who does not live here, but works, studies or visits."""
    question = definition.role("connection")
    if question is None:
        return np.zeros(len(table), dtype=bool)
    codes = [option.code for option in question.options if option.connection == "visitor"]
    return np.asarray(table[question.id].isin(codes).to_numpy(), dtype=bool)


def _groups(name: str, groups: Sequence[Group], definition: Definition, table: pd.DataFrame) -> Cut:
    """Each person in the first group whose rule is true of them; in none if no rule is."""
    codes = np.full(len(table), -1, dtype=np.int64)
    for place, group in enumerate(groups):
        codes[(codes < 0) & holds(group.when, definition, table)] = place
    factor = Factor(name, tuple(group.code for group in groups), codes)
    return Cut(factor, {group.code: group.label for group in groups})


def _put_together(united: United, factor: Factor) -> Cut:
    """Each person in the group that theirs is part of; in none if it is part of none."""
    place_of = {part: place for place, group in enumerate(united.groups) for part in group.parts}
    lookup = np.array([*(place_of.get(code, -1) for code in factor.categories), -1])
    names = {group.code: group.label for group in united.groups}
    return Cut(Factor(united.id, tuple(names), lookup[factor.codes].astype(np.int64)), names)


def _areas(
    name: str, column: pd.Series, names: Mapping[str, str], within: Mapping[str, str]
) -> Cut:
    """Each person in the area that their ward is `within`; in none without a ward."""
    place_of = {area: place for place, area in enumerate(names)}
    wards = [str(code) for code in column.cat.categories]
    lookup = np.array([*(place_of.get(within.get(ward, ""), -1) for ward in wards), -1])
    factor = Factor(name, tuple(names), lookup[column.cat.codes.to_numpy()].astype(np.int64))
    return Cut(factor, names)
