"""Who takes part in a wave of the demonstration, and how uneasy each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engage.areas.store import PopulationRow
from engage.core.definition.model import Definition
from engage.core.definition.question import Option, Question
from engage.core.definition.routing import Answer
from engage.core.statistics.arrays import FloatArray
from engage.demo.borough import WardPlan
from engage.demo.manner import Manner

SPREAD = 0.25
"""How unevenly wards take part: the standard deviation of the logarithm."""


@dataclass(frozen=True, slots=True)
class People:
    """The people of a wave: what they say of themselves, by question, and their unease.

    Unease has mean 0 and standard deviation 1.
    """

    facts: list[dict[str, Answer]]
    unease: FloatArray

    def __len__(self) -> int:
        """How many they are."""
        return len(self.facts)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of person: where they live, their sex, their age."""

    ward: WardPlan
    sex: str
    age: Option


def draw_people(
    definition: Definition,
    manner: Manner,
    *,
    plans: Sequence[WardPlan],
    residents: Sequence[PopulationRow],
    size: int,
    random: np.random.Generator,
) -> People:
    """People of a survey, drawn from the residents by how keen their age, sex and ward is."""
    kinds, chances = _kinds(definition, manner, plans, residents, random)
    drawn = [kinds[at] for at in random.choice(len(kinds), size, p=chances / chances.sum())]
    facts, unease = [], np.empty(size)
    for at, kind in enumerate(drawn):
        visits = random.random() * 100 < manner.who.visitors
        said = _facts(manner, kind, random, visits=visits)
        facts.append(said)
        unease[at] = _unease(kind, said, random, visits=visits)
    return People(facts, (unease - unease.mean()) / unease.std())


def _kinds(
    definition: Definition,
    manner: Manner,
    plans: Sequence[WardPlan],
    residents: Sequence[PopulationRow],
    random: np.random.Generator,
) -> tuple[list[_Kind], FloatArray]:
    """Every kind of person and how many of them are keen to take part."""
    keen = dict(zip((p.code for p in plans), random.lognormal(0, SPREAD, len(plans)), strict=True))
    sexes = {"female": manner.who.women, "male": 1.0}
    if definition.population == "female":
        sexes = {"female": 1.0}
    ages = [each for each in _question(definition, "age").options if each.code in manner.who.ages]
    counted: dict[tuple[str, str, str], float] = {}
    for row in residents:
        for age in ages:
            youngest, oldest = age.age or (0, None)
            if youngest <= row.age_from and row.age_to <= (oldest or row.age_to):
                key = row.ward_code, row.sex, age.code
                counted[key] = counted.get(key, 0.0) + row.residents
    kinds = [_Kind(ward, sex, age) for ward in plans for sex in sexes for age in ages]
    chances = [
        counted[kind.ward.code, kind.sex, kind.age.code]
        * manner.who.ages[kind.age.code]
        * sexes[kind.sex]
        * keen[kind.ward.code]
        for kind in kinds
    ]
    return kinds, np.array(chances)


def _facts(
    manner: Manner, kind: _Kind, random: np.random.Generator, *, visits: bool
) -> dict[str, Answer]:
    """What a person says of themselves, whether or not the survey comes to ask it."""
    sex = "refused" if random.random() * 100 < manner.who.no_sex else kind.sex
    ward = "dont_know" if random.random() * 100 < manner.who.no_ward else kind.ward.code
    ill = random.random() < 0.06 + 0.0045 * _years(kind.age)
    said: dict[str, Answer] = {
        "age_band": kind.age.code,
        "connection": "visitor" if visits else "resident",
        "ward": ward,
        "sex": sex,
        "woman_or_girl": "yes",
        "health_condition": "yes" if ill else "no",
    }
    for question, chances in manner.chances.items():
        codes = list(chances)
        shares = np.array([chances[code] for code in codes])
        said[question] = codes[int(random.choice(len(codes), p=shares / shares.sum()))]
    return said


def _unease(
    kind: _Kind, said: dict[str, Answer], random: np.random.Generator, *, visits: bool
) -> float:
    """How uneasy a person is: by ward, sex, age and health, and for reasons of their own."""
    years = _years(kind.age)
    unease = 0.0 if visits else 0.7 * kind.ward.unease
    unease += 0.35 if kind.sex == "female" else 0.0
    unease += 0.25 if years < 25 or years >= 75 else 0.0
    unease += 0.35 if said["health_condition"] == "yes" else 0.0
    return unease + float(random.normal(0, 0.75))


def _years(age: Option) -> int:
    return (age.age or (0, None))[0]


def _question(definition: Definition, role: str) -> Question:
    question = definition.role(role)
    if question is None:
        raise LookupError(
            f"{definition.id} has no question for {role}: the demonstration needs it."
        )
    return question
