"""Classifications of the survey's people that the residents on record can be counted in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.statistics.arrays import IntArray
from engage.core.statistics.bands import OPEN, Band, nest, within
from engage.core.statistics.merging import (
    LEAST,
    Category,
    Partners,
    neighbours,
    same_home_first,
)

ADULT = 16
SEXES = ("female", "male")
FEW_OF_A_SEX = f"Fewer than {LEAST} women or men gave their age, so sex is not weighted."


class Residents(Protocol):
    """Residents of a ward of one sex (`female`, `male`) from one age to another; 999 is open."""

    @property
    def ward_code(self) -> str:
        """The ward's official code."""

    @property
    def sex(self) -> str:
        """Female or male."""

    @property
    def age_from(self) -> int:
        """The youngest, in whole years."""

    @property
    def age_to(self) -> int:
        """The oldest, in whole years."""

    @property
    def residents(self) -> int:
        """How many they are."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A margin before thin categories are merged: each person's place, -1 for unknown."""

    name: str
    places: IntArray
    categories: list[Category]
    partners: Partners
    told: tuple[str, ...] = ()


def bands_of(age: Question | None) -> dict[str, Band]:
    """The ages from 16 that a survey is open to, by the code of the option."""
    return {
        option.code: Band(option.age[0], OPEN if option.age[1] is None else option.age[1])
        for option in (age.options if age else ())
        if option.age and option.eligible and (option.age[1] is None or option.age[1] >= ADULT)
    }


def of_eligible_age(definition: Definition, rows: Sequence[Residents]) -> list[Residents]:
    """The rows of ages that the survey is open to; raises BandsDoNotNestError where one is cut."""
    bands = bands_of(definition.role("age")).values()
    if not bands:
        return list(rows)
    span = Band(min(b.youngest for b in bands), max(b.oldest for b in bands))
    inside = set(within(span, [*{_band(row) for row in rows}]))
    return [row for row in rows if _band(row) in inside]


def by_age(definition: Definition, table: pd.DataFrame, rows: Sequence[Residents]) -> Draft:
    """People and residents by age, and by sex where the survey asks it of enough of each.

    In the survey's bands, added up where the residents' are wider. Raises BandsDoNotNestError.
    """
    age = definition.role("age")
    own, kept = bands_of(age), of_eligible_age(definition, rows)
    file = sorted({_band(row) for row in kept})
    span = Band(file[0].youngest, file[-1].oldest)
    survey = within(span, [*own.values()], "survey’s")
    common = nest(survey, file)
    ages = _places(table, age, {code: _position(common, band) for code, band in own.items()})
    sexes, sex = _sexes(definition, table, ages)
    places = np.where((ages < 0) | (sex < 0), -1, sex * len(common) + ages)
    counts = np.bincount(places[places >= 0], minlength=len(sexes) * len(common))
    totals = np.zeros(len(counts))
    for row in kept:
        lane = sexes.index(row.sex) if row.sex in sexes else 0
        totals[lane * len(common) + _position(common, _band(row))] += row.residents
    names = [f"{lane}, {band}" if lane else str(band) for lane in sexes for band in common]
    lanes = [lane for lane in sexes for _band in common]
    apart = len(sexes) > 1
    asked = definition.role("sex") and definition.population != "female"
    return Draft(
        "age and sex" if apart else "age",
        places,
        _categories(names, counts, totals, lanes),
        neighbours,
        (FEW_OF_A_SEX,) if asked and not apart else (),
    )


def by_ward(
    definition: Definition,
    table: pd.DataFrame,
    rows: Sequence[Residents],
    names: Mapping[str, str],
    groups: Mapping[str, str],
) -> Draft:
    """People and residents of eligible age by ward."""
    kept = of_eligible_age(definition, rows)
    codes = sorted({row.ward_code for row in kept})
    places = _places(
        table, definition.role("area"), {code: place for place, code in enumerate(codes)}
    )
    totals = np.zeros(len(codes))
    for row in kept:
        totals[codes.index(row.ward_code)] += row.residents
    return Draft(
        "ward",
        places,
        _categories(
            [names.get(code, code) for code in codes],
            np.bincount(places[places >= 0], minlength=len(codes)),
            totals,
            [groups.get(code, "") for code in codes],
        ),
        same_home_first,
    )


def _sexes(
    definition: Definition, table: pd.DataFrame, ages: IntArray
) -> tuple[tuple[str, ...], IntArray]:
    """The sexes that are told apart (one without a name when none are), and each person's."""
    nobody = ("",), np.zeros(len(table), dtype=np.int64)
    question = definition.role("sex")
    if question is None or definition.population == "female":
        return nobody
    codes = {
        option.code: SEXES.index(option.sex) for option in question.options if option.sex in SEXES
    }
    sex = _places(table, question, codes)
    counts = np.bincount(sex[(sex >= 0) & (ages >= 0)], minlength=len(SEXES))
    return (SEXES, sex) if counts.min() >= LEAST else nobody


def _places(table: pd.DataFrame, question: Question | None, places: Mapping[str, int]) -> IntArray:
    """The place of each person's answer; -1 for any other, and where nothing is asked."""
    if question is None:
        return np.full(len(table), -1, dtype=np.int64)
    column = table[question.id].cat
    lookup = np.array([*(places.get(str(code), -1) for code in column.categories), -1])
    return np.asarray(lookup[column.codes.to_numpy()], dtype=np.int64)


def _categories(
    names: Sequence[str], people: IntArray, residents: np.ndarray, homes: Sequence[str]
) -> list[Category]:
    return [
        Category((name,), (part,), int(count), float(total), home)
        for part, (name, count, total, home) in enumerate(
            zip(names, people, residents, homes, strict=True)
        )
    ]


def _band(row: Residents) -> Band:
    return Band(row.age_from, row.age_to)


def _position(bands: Sequence[Band], part: Band) -> int:
    """Which of the bands holds the part."""
    return next(
        place
        for place, band in enumerate(bands)
        if band.youngest <= part.youngest and part.oldest <= band.oldest
    )
