"""Quillhaven is invented, whole and the same every time."""

import json
from collections import Counter, defaultdict

from engage.areas.places import read_places
from engage.areas.postcodes import plain_postcode
from engage.areas.residents_table import ResidentsTable
from engage.demo.borough import population, postcodes, shapes, wards
from engage.demo.load import PLACES, SEED


def test_there_are_twenty_wards_in_five_areas_with_codes_that_no_real_ward_has():
    plans = wards()
    assert len({plan.code for plan in plans}) == len({plan.name for plan in plans}) == 20
    assert Counter(plan.group for plan in plans).keys() == {
        "Northern Heights",
        "Old Town",
        "Harbourside",
        "Millside",
        "Southern Meadows",
    }
    assert all(plan.code.startswith("Q") for plan in plans)


def test_every_ward_has_a_tile_of_its_own_that_touches_another():
    plans = wards()
    places = [(plan.column, plan.row) for plan in plans]
    assert len(set(places)) == 20
    for column, row in places:
        around = {(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)}
        assert around & set(places)
    for shape in shapes(plans):
        (ring,) = json.loads(shape.boundary)["coordinates"]
        assert len(ring) == 5
        assert ring[0] == ring[-1]


def test_the_residents_are_the_same_every_time_and_whole():
    plans = wards()
    rows = population(plans, SEED)
    assert rows == population(plans, SEED)
    assert rows != population(plans, SEED + 1)
    assert len(rows) == 20 * 2 * 91
    totals = defaultdict(int)
    for row in rows:
        totals[row.ward_code] += row.residents
        assert row.residents > 0
    for plan in plans:
        assert abs(totals[plan.code] - plan.residents) < 100


def test_the_residents_pass_the_checks_of_an_import():
    plans = wards()

    class Faults:
        def add(self, fault):
            raise AssertionError(fault)

    table = ResidentsTable({plan.code: plan.name for plan in plans}, Faults())
    for row in population(plans, SEED):
        table.put("", row.ward_code, row.sex, (row.age_from, row.age_to), row.residents)
    table.check()


def test_every_ward_has_places_that_people_know():
    plans = wards()
    places = read_places(PLACES, {plan.code: plan.name for plan in plans})
    assert {place.ward_code for place in places} == {plan.code for plan in plans}


def test_every_ward_has_postcodes_that_no_real_place_has():
    found = postcodes(wards()).wards
    assert Counter(found.values()) == {plan.code: 4 for plan in wards()}
    assert all(code == plain_postcode(code) and code.startswith("Q") for code in found)
