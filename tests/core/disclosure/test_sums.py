"""Which places add up to which."""

from engage.core.disclosure.sums import sums_of

ALL = ("overall", "all")


def named(places, *given, **more):
    """Each sum as the name of its whole and of its parts."""
    return sorted(
        (places[each.whole] if each.whole is not None else None, [places[p] for p in each.parts])
        for each in sums_of(places, *given, **more)
    )


def test_each_breakdown_adds_up_to_the_total_of_its_own_wave():
    places = [("w", *ALL), ("w", "sex", "f"), ("w", "sex", "m"), ("w", "age", "old")]
    assert named(places) == [
        (("w", *ALL), [("w", "age", "old")]),
        (("w", *ALL), [("w", "sex", "f"), ("w", "sex", "m")]),
    ]


def test_a_total_that_stands_in_another_table_is_none_of_the_places():
    (only,) = sums_of([("w", "sex", "f"), ("w", "sex", "m")])
    assert only.whole is None
    assert only.parts.tolist() == [0, 1]


def test_wards_add_up_to_their_area_as_well():
    places = [("w", *ALL), ("w", "area", "a"), ("w", "ward", "a1"), ("w", "ward", "a2")]
    within = [(("ward", ward), ("area", "a")) for ward in ("a1", "a2")]
    assert (places[1], places[2:]) in named(places, within)


def test_waves_add_up_to_the_one_that_pools_them_in_every_place():
    places = [("both", *ALL), ("one", *ALL), ("two", *ALL)]
    assert named(places, pooled={"both": ["one", "two"]}) == [(places[0], places[1:])]
