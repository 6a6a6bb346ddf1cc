"""Counts of a few people are in no weighting that is stored or shown, nor can they be reckoned."""

from dataclasses import asdict, replace

from engage.figures.weighting import Line, Weighting, private


def margin(**people: int) -> list[Line]:
    """A margin of 10 residents for each person known, and a share of them for the unknown."""
    total, known = sum(people.values()), sum(people.values()) - people.get("unknown", 0)
    return [
        Line("ward", name, count, 10.0 * count, 10.0 * count if name == "unknown" else 1000.0)
        for name, count in people.items()
        if total and known
    ]


def counts(lines) -> dict[str, int | None]:
    return {line.category: line.people for line in lines}


def test_counts_of_ten_and_more_are_told():
    lines = margin(Abbey=10, Heath=300, unknown=40)

    assert private(lines) == tuple(lines)


def test_a_count_below_ten_is_hidden_with_the_next_that_the_total_would_tell_it_by():
    told = private(margin(Abbey=9, Heath=300, Mill=20))

    assert counts(told) == {"Abbey": None, "Heath": 300, "Mill": None}
    assert [line.before for line in told] == [None, 3000, None]
    assert [line.residents for line in told] == [1000, 1000, 1000]


def test_two_small_counts_hide_one_another_only_if_they_are_ten_people_together():
    assert counts(private(margin(Abbey=5, Heath=5, Mill=20))) == {
        "Abbey": None,
        "Heath": None,
        "Mill": 20,
    }
    assert counts(private(margin(Abbey=5, Heath=4, Mill=20))) == {
        "Abbey": None,
        "Heath": None,
        "Mill": None,
    }


def test_a_few_unknown_people_cannot_be_reckoned_from_the_residents_they_are_given():
    told = private(margin(Abbey=100, Heath=300, unknown=4))

    assert counts(told) == {"Abbey": None, "Heath": 300, "unknown": None}
    assert [line.residents for line in told] == [1020, 1020, None]
    # As many residents whoever is unknown: all that there are on record.
    assert sum(line.residents or 0 for line in told) == sum(
        line.residents for line in margin(Abbey=100, Heath=300, unknown=4)
    )


def test_margins_are_looked_at_one_by_one():
    other = [replace(line, margin="age") for line in margin(young=50, old=60)]

    told = private([*margin(Abbey=3, Heath=300, Mill=20), *other])

    assert [line.people for line in told] == [None, 300, None, 50, 60]


def test_what_is_stored_and_what_was_stored_before_hold_no_such_count():
    weighting = Weighting("rake", 303, 0, lines=tuple(margin(Abbey=3, Heath=300)))

    stored = weighting.as_data()

    assert [line["people"] for line in stored["lines"]] == [None, None]
    again = Weighting.from_data(stored)
    assert Weighting.from_data(again.as_data()) == again
    before = stored | {"lines": [asdict(line) for line in weighting.lines]}
    assert Weighting.from_data(before) == again
