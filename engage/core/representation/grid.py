"""People who answered and residents on record, counted in the same joint groups."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.statistics.arrays import FloatArray, IntArray
from engage.core.statistics.bands import Band, BandsDoNotNestError, nest, within
from engage.core.statistics.population import Borough
from engage.core.statistics.residents import SEXES, Residents, bands_of, of_eligible_age

AGE, SEX, WARD = "age", "sex", "ward"


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing by which people and residents are told apart.

    `codes` is the place of each person's group in `labels`, -1 where it is not known; `rows` that
    of each row of residents, of whom all are known.
    """

    name: str
    labels: tuple[str, ...]
    codes: IntArray
    rows: IntArray


@dataclass(frozen=True, slots=True)
class Grid:
    """People and residents by every axis. `left_out` says which axis would not fit, and why."""

    axes: tuple[Axis, ...]
    held: FloatArray
    people: int
    left_out: tuple[str, ...] = ()

    def people_by(self, axes: Sequence[Axis]) -> FloatArray:
        """How many people of each joint group answered, one array axis for each; known ones."""
        places = [axis.codes for axis in axes]
        return _counted(places, np.ones(self.people), [len(axis.labels) for axis in axes])

    def residents_by(self, axes: Sequence[Axis]) -> FloatArray:
        """How many residents each joint group has, one array axis for each."""
        places = [axis.rows for axis in axes]
        return _counted(places, self.held, [len(axis.labels) for axis in axes])


def grid_of(
    definition: Definition, table: pd.DataFrame, rows: Sequence[Residents], borough: Borough
) -> Grid:
    """The people of a coded table of residents, and the residents on record of eligible age.

    By age in the bands that both have in common, by sex where the survey asks it, by ward. An
    axis that does not fit is left out by name, never interpolated, and so is one on which
    nobody's group is known. Women alone are counted for a survey of women.
    """
    if definition.population == "female":
        rows = [row for row in rows if row.sex == "female"]
    left_out: list[str] = []
    try:
        rows = of_eligible_age(definition, rows)
    except BandsDoNotNestError as problem:
        left_out.append(f"Not compared: {problem}.")
        rows = []
    axes: list[Axis] = []
    for name, draft in _drafts(definition, table, rows, borough) if rows else ():
        try:
            axis = draft()
        except BandsDoNotNestError as problem:
            left_out.append(f"Not compared by {name}: {problem}.")
            continue
        if len(table) and not (axis.codes >= 0).any():
            left_out.append(f"Not compared by {name}: nobody who answered said it.")
        elif len(axis.labels) > 1:
            axes.append(axis)
    held = np.array([row.residents for row in rows], dtype=np.float64)
    return Grid(tuple(axes), held, len(table), tuple(left_out))


def _drafts(
    definition: Definition, table: pd.DataFrame, rows: Sequence[Residents], borough: Borough
) -> Iterator[tuple[str, Callable[[], Axis]]]:
    age, sex, area = (definition.role(role) for role in ("age", "sex", "area"))
    if age:
        yield AGE, partial(_by_age, age, table, rows)
    if sex and definition.population != "female":
        yield SEX, partial(_by_sex, sex, table, rows)
    if area:
        yield WARD, partial(_by_ward, area, table, rows, borough)


def _by_age(question: Question, table: pd.DataFrame, rows: Sequence[Residents]) -> Axis:
    file = sorted({Band(row.age_from, row.age_to) for row in rows})
    span = Band(file[0].youngest, file[-1].oldest)
    own = bands_of(question)
    common = nest(within(span, [*own.values()], "survey’s"), file)
    place = {
        band: number
        for number, wide in enumerate(common)
        for band in {*own.values(), *file}
        if wide.youngest <= band.youngest and band.oldest <= wide.oldest
    }
    return Axis(
        AGE,
        tuple(map(str, common)),
        _answered(table, question, {code: place[band] for code, band in own.items()}),
        np.array([place[Band(row.age_from, row.age_to)] for row in rows], dtype=np.int64),
    )


def _by_sex(question: Question, table: pd.DataFrame, rows: Sequence[Residents]) -> Axis:
    own = {option.code: SEXES.index(option.sex) for option in question.options if option.sex}
    places = np.array([SEXES.index(row.sex) for row in rows], dtype=np.int64)
    return Axis(SEX, SEXES, _answered(table, question, own), places)


def _by_ward(
    question: Question, table: pd.DataFrame, rows: Sequence[Residents], borough: Borough
) -> Axis:
    place = {code: number for number, code in enumerate(sorted({row.ward_code for row in rows}))}
    return Axis(
        WARD,
        tuple(borough.wards.get(code, code) for code in place),
        _answered(table, question, place),
        np.array([place[row.ward_code] for row in rows], dtype=np.int64),
    )


def _answered(table: pd.DataFrame, question: Question, places: dict[str, int]) -> IntArray:
    """The place of each person's answer; -1 for any other."""
    column = table[question.id].cat
    lookup = np.array([*(places.get(str(code), -1) for code in column.categories), -1])
    return np.asarray(lookup[column.codes.to_numpy()], dtype=np.int64)


def _counted(places: Sequence[IntArray], weights: FloatArray, shape: Sequence[int]) -> FloatArray:
    """Sums of weights by joint place; whoever has no place on any axis is in none."""
    known = np.logical_and.reduce([each >= 0 for each in places])
    flat = np.ravel_multi_index([each[known] for each in places], tuple(shape))
    sums = np.bincount(flat, weights=weights[known], minlength=int(np.prod(shape)))
    return sums.astype(np.float64).reshape(tuple(shape))
