"""How far two coders agree, and a table of what people wrote that tells on nobody."""

import pytest

from engage.core.disclosure.themes import themes
from engage.core.statistics.agreement import agreement, by_code


def test_agreement_is_cohens_kappa():
    # Cohen 1960's measure for two by two: 20 both, 15 neither, 5 and 10 apart; by hand 0.4.
    first = [True] * 20 + [False] * 15 + [True] * 5 + [False] * 10
    second = [True] * 20 + [False] * 15 + [False] * 5 + [True] * 10
    found = agreement(first, second)
    assert (found.texts, found.share) == (50, 0.7)
    assert found.kappa == pytest.approx(0.4)
    assert agreement([True, True], [True, True]).kappa is None
    with pytest.raises(ValueError, match="not 1, 2"):
        agreement([True], [True, False])
    pairs = [({1, 2}, {1}), ({1}, {1})]
    assert {code: each.share for code, each in by_code(pairs, [1, 2, 3]).items()} == {1: 1, 2: 0.5}


def table(count: int, **having: int) -> dict[int | None, tuple]:
    """A table of so many people, of whom so many have each of the codes a, b, c."""
    codes = {name: number for number, name in enumerate(having, 1)}
    given = {
        f"r{person}": {codes[name] for name, some in having.items() if person < some}
        for person in range(count)
    }
    made = themes(given, dict.fromkeys(given, 1.0) | {"x": 5.0}, list(codes.values()))
    return {each.code: (each.people, each.share) for each in made.rows}


@pytest.mark.parametrize(
    ("people", "having", "shown"),
    [
        (29, {"a": 15}, {}),
        (60, {"a": 30, "b": 12}, {1: (30, 50), 2: (10, 20), None: (30, 50)}),
        # A few named it, or all but a few did; and with one hidden the next smallest goes too.
        (60, {"a": 30, "b": 9}, {1: (None, None), 2: (None, None), None: (30, 50)}),
        (60, {"a": 52, "b": 20}, {1: (None, None), 2: (20, 33), None: (None, None)}),
        # Nobody named it: told only of many.
        (60, {"a": 30, "b": 0}, {1: (None, None), 2: (None, None), None: (30, 50)}),
        (100, {"a": 50, "b": 0}, {1: (50, 50), 2: (0, 0), None: (50, 50)}),
    ],
)
def test_a_table_of_themes_hides_the_few(people, having, shown):
    assert table(people, **having) == shown


def test_shares_are_weighted_and_who_does_not_count_is_not_looked_at():
    given = {f"r{person}": {1} if person < 30 else () for person in range(60)}
    weights = {f"r{person}": 3.0 if person < 30 else 1.0 for person in range(60)}
    made = themes(given | {"visitor": {1}}, weights | {"visitor": 0.0}, [1])
    assert made.people == 60
    assert [each.share for each in made.rows] == [75, 25]
