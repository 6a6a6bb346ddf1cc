"""The table of wards: of a past day, in steps, and blind to what one person does."""

from datetime import timedelta

import pytest
from pledged import TODAY, make_pledge, signed_by

from engage.extensions import db
from engage.pledges import store, ward_figures
from engage.pledges.ward_figures import Shown

WARDS = ("a", "b", "c")
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def pledge(app, clock) -> int:
    return make_pledge()


def shown(pledge: int, wards=WARDS) -> Shown:
    with db.engine.begin() as connection:
        return ward_figures.shown(connection, pledge, wards)


def sign(pledge: int, ward: str, number: int, day=TODAY) -> list[int]:
    names = (f"{ward}{day.day}{each}@example.org" for each in range(number))
    return [signed_by(pledge, name, day, ward=ward) for name in names]


def renew(day) -> int:
    made = ward_figures.renew(db.session(), day)
    db.session.rollback()
    return made


def test_wards_are_told_in_steps_of_five_and_of_three_wards_at_least(pledge):
    for ward, number in {"a": 4, "b": 5, "c": 13, "": 2}.items():
        sign(pledge, ward, number)
    assert shown(pledge) == Shown()
    assert renew(TODAY) == 0, "the day is not over"
    assert renew(TOMORROW) == 1
    assert shown(pledge, "abcd") == Shown({"a": None, "b": 5, "c": 10, "d": None}, TODAY)
    assert shown(pledge, "ab") == Shown()


def test_watching_it_around_one_signature_tells_nothing(pledge):
    """Each ward is one below its next step, so that one person more would be seen."""
    ids = [number for ward in WARDS for number in sign(pledge, ward, 9)]
    renew(TOMORROW)
    before = shown(pledge)
    assert before.by_ward == dict.fromkeys(WARDS, 5)
    (one,) = sign(pledge, "a", 1, TOMORROW)
    assert shown(pledge) == before, "not at once"
    later = TOMORROW + timedelta(days=1)
    assert renew(later) == 0
    assert shown(pledge) == before, "nor on the day after, while it is the only one"
    with db.engine.begin() as connection:
        for number in (one, *ids[:5]):
            store.withdraw(connection, number)
    assert shown(pledge) == before
    assert renew(later) == 1
    assert shown(pledge).by_ward == {"a": None, "b": 5, "c": 5}


def test_it_is_new_once_five_people_changed_it(pledge):
    for ward in WARDS:
        sign(pledge, ward, 9)
    renew(TOMORROW)
    sign(pledge, "b", 1, TOMORROW)
    sign(pledge, "c", 4, TOMORROW)
    assert renew(TOMORROW + timedelta(days=1)) == 1
    assert shown(pledge) == Shown({"a": 5, "b": 10, "c": 10}, TOMORROW)
