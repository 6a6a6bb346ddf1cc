"""Quillhaven: an invented borough of twenty wards in five areas, a tile map, its residents.

Every name and number here is made up. The tiles lie in the open sea, so that no map puts them on
anybody's home.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engage.areas.boundaries import WardShape
from engage.areas.postcodes import Postcodes
from engage.areas.store import PopulationRow

FOLDER = Path(__file__).parent
WEST, NORTH = -24.0, 47.0
WIDTH, HEIGHT = 0.03, 0.02
"""A tile in degrees: about as wide as high at that latitude."""

POSTCODE_AREA = "QH"
POSTCODE_ENDS = ("1AA", "1AB", "2BD", "3DE")
"""No real postcode begins with Q. Each ward has a district of its own: QH1 1AA is in the first."""

OLDEST = 90
OPEN = 999

# Residents of each age in every thousand or so, at the ages given, joined by straight lines.
AGES = (0, 10, 18, 22, 30, 38, 50, 60, 70, 80, 90)
SHAPES = {
    "young": (10, 9, 14, 22, 24, 17, 12, 9, 6, 3, 5),
    "family": (15, 15, 13, 12, 15, 17, 14, 11, 8, 4, 5),
    "older": (9, 11, 11, 9, 10, 13, 15, 15, 14, 9, 13),
}


@dataclass(frozen=True, slots=True)
class WardPlan:
    """A ward as it was thought up: its tile, how many live there, how uneasy they are."""

    code: str
    name: str
    group: str
    column: int
    row: int
    residents: int
    unease: float
    age: str


def wards() -> list[WardPlan]:
    """The twenty wards, by code."""
    with (FOLDER / "wards.csv").open(encoding="utf-8", newline="") as lines:
        return [
            WardPlan(
                row["code"],
                row["name"],
                row["group"],
                int(row["column"]),
                int(row["row"]),
                int(row["residents"]),
                float(row["unease"]),
                row["age"],
            )
            for row in csv.DictReader(lines)
        ]


def shapes(plans: list[WardPlan]) -> list[WardShape]:
    """The tile map: a square for each ward, in the place that was given to it by hand."""
    return [WardShape(plan.code, plan.name, json.dumps(_tile(plan)), plan.group) for plan in plans]


def postcodes(plans: list[WardPlan]) -> Postcodes:
    """A few postcodes of every ward, for trying out what finds a ward by one."""
    numbered = enumerate(plans, 1)
    return Postcodes(
        {f"{POSTCODE_AREA}{at}{end}": plan.code for at, plan in numbered for end in POSTCODE_ENDS}
    )


def _tile(plan: WardPlan) -> dict[str, object]:
    west, north = WEST + plan.column * WIDTH, NORTH - plan.row * HEIGHT
    east, south = west + WIDTH, north - HEIGHT
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    ring = [[round(x, 4), round(y, 4)] for x, y in corners]
    return {"type": "Polygon", "coordinates": [ring]}


def population(plans: list[WardPlan], seed: int) -> list[PopulationRow]:
    """The residents of every ward by sex and single year of age, 90 and over together."""
    random = np.random.default_rng(seed)
    rows: list[PopulationRow] = []
    ages = np.arange(OLDEST + 1)
    for plan in plans:
        shape = np.interp(ages, AGES, SHAPES[plan.age]) * random.normal(1, 0.04, len(ages))
        shape *= plan.residents / shape.sum()
        # As many boys as girls and a few more; by 90, two women for each man.
        women = np.interp(ages, (0, 40, 65, 90), (0.487, 0.502, 0.518, 0.66))
        for sex, share in (("female", women), ("male", 1 - women)):
            rows += [
                PopulationRow(plan.code, sex, age, OPEN if age == OLDEST else age, round(number))
                for age, number in zip(ages.tolist(), (shape * share).tolist(), strict=True)
            ]
    return rows
