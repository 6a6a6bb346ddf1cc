"""Tables one after another: whoever has them all learns no count of a few people."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from engage.core.disclosure.beside import Limits, TooNearError, beside
from engage.core.disclosure.reach import Reach
from engage.core.disclosure.shown import OUTSIDE, SKIPPED, Shown, profiles

LIMITS = Limits(few=5, smallest_base=30)
WIDTHS = {"ward": 5, "sex": 2, "age": 3, "safe": 4}


def town(seed: int, count: int) -> dict[str, np.ndarray]:
    """People who answer at random, some answers seldom, some left out."""
    rng = np.random.default_rng(seed)
    made = {}
    for name, width in WIDTHS.items():
        shares = rng.dirichlet(np.full(width, 1.2))
        made[name] = np.where(rng.random(count) < 0.02, -1, rng.choice(width, count, p=shares))
    return made


def told(people, first, second, only=None) -> Shown:
    """A table of two questions as if all of it were shown: cells, rows, columns, everybody."""
    rows, wide = WIDTHS[first], WIDTHS[second]
    a, b = people[first], people[second]
    places = np.where((a < 0) | (b < 0), SKIPPED, a * wide + b)
    about = {first, second}
    if only:
        name, codes = only
        places = np.where(np.isin(people[name], codes), places, OUTSIDE)
        about |= {name}
    cells = np.eye(rows * wide)
    lines = np.kron(np.eye(rows), np.ones((1, wide)))
    columns = np.tile(np.eye(wide), (1, rows))
    sums = np.vstack([cells, lines, columns, np.ones((1, rows * wide))])
    return Shown(places, frozenset(about), sums, np.zeros((0, rows * wide)))


def small(table: Shown, few: int = 5) -> np.ndarray:
    sizes = table.told @ table.sizes
    return (sizes > 0) & (sizes < few)


def questions() -> list[tuple]:
    """Every table of two questions, of everybody and of those with some answer to a third."""
    asked = [(a, b, None) for a, b in itertools.combinations(WIDTHS, 2)]
    for a, b in itertools.combinations(WIDTHS, 2):
        for third, wide in WIDTHS.items():
            if third not in {a, b}:
                codes = range(wide)
                asked += [(a, b, (third, [code])) for code in codes]
                asked += [(a, b, (third, [c for c in codes if c != code])) for code in codes]
    return asked


def learned(people, asked: list[tuple], shown: list[Shown], few: int = 5) -> list[float]:
    """How far apart what fits is, of every small count that the attacker with all tables learns.

    They know every way in which somebody may have answered, and nobody's answers.
    """
    ways = np.array(list(itertools.product(*(range(-1, wide) for wide in WIDTHS.values()))))
    every = {name: np.append(people[name], ways[:, at]) for at, name in enumerate(WIDTHS)}
    tables = [
        replace(told(every, *each), told=one.told, kept=one.kept)
        for each, one in zip(asked, shown, strict=True)
    ]
    found = profiles(tables)
    real = profiles([replace(each, places=each.places[: len(people["sex"])]) for each in tables])
    known = {tuple(place): size for place, size in zip(real.places, real.sizes, strict=True)}
    sizes = np.array([known.get(tuple(place), 0.0) for place in found.places])
    everything = np.vstack([found.over(at, each.told) for at, each in enumerate(tables)])
    kept = np.vstack([found.over(at, each.kept) for at, each in enumerate(tables)])
    sums = kept @ sizes
    kept = np.unique(kept[(sums > 0) & (sums < few)], axis=0)
    reach = Reach(kept, sizes, np.full(len(kept), float(few)))
    return [float((reach.most - reach.least)[each.target]) for each in reach.close(everything)]


@pytest.mark.parametrize(("seed", "few"), [(0, 5), (1, 5), (2, 10)])
def test_whoever_has_every_table_learns_no_count_of_a_few(seed, few):
    people = town(seed, 240 + 60 * seed)
    rng = np.random.default_rng(seed)
    order = questions()
    shown: list[Shown] = []
    asked: list[tuple] = []
    refused = hidden_in_all = 0
    for number in rng.permutation(len(order))[:8]:
        table = told(people, *order[number])
        try:
            hidden = beside(table, small(table, few), shown, Limits(few, 30), lambda found: found)
        except TooNearError:
            refused += 1
            continue
        hidden_in_all += int(hidden.sum())
        shown.append(table.without(hidden))
        asked.append(order[number])
    assert len(shown) > 2
    assert learned(people, asked, shown, few) == []
    # What is shown is worth something: not everything gave way.
    assert sum(len(each.told) for each in shown) > hidden_in_all / 2


def known_too_well(tables: list[Shown]) -> list:
    """The counts of a few, kept in any of the tables, that all of them together tell."""
    found = profiles(tables)
    told, kept = (
        np.vstack([found.over(at, getattr(each, name)) for at, each in enumerate(tables)])
        for name in ("told", "kept")
    )
    sums = kept @ found.sizes
    few = np.unique(kept[(sums > 0) & (sums < LIMITS.few)], axis=0)
    return Reach(few, found.sizes, np.full(len(few), float(LIMITS.few))).close(told)


def test_whoever_has_tables_before_and_after_some_are_left_out_learns_no_few_of_them():
    everybody = town(7, 500)
    out = np.random.default_rng(7).random(500) < 0.12
    earlier = [told(everybody, *each) for each in (("ward", "safe"), ("age", "safe"))]
    before: list[Shown] = []
    for table in earlier:
        hidden = beside(table, small(table), before, LIMITS, lambda found: found)
        before.append(table.without(hidden))
    shown = [replace(each, common=~out) for each in before]
    shown += [table.among(out).hushed() for table in earlier]
    after: list[Shown] = []
    alone: list[Shown] = []
    for asked in (("ward", "age"), ("sex", "safe"), ("ward", "sex")):
        table = told(everybody, *asked).among(~out)
        hidden = beside(table, small(table), [*shown, *after], LIMITS, lambda found: found)
        after.append(table.without(hidden))
        alone.append(table.without(small(table)))
    assert known_too_well([*shown, *after]) == []
    assert known_too_well([*shown, *alone]), "each by itself would tell"
    assert sum(len(each.told) for each in after) > 10, "they are worth something all the same"


def test_one_filter_less_another_tells_nothing():
    people = town(3, 600)
    most = int(np.bincount(people["age"][people["age"] >= 0]).argmax())
    rest = [code for code in range(3) if code != most]
    asked = [("ward", "safe", only) for only in (None, ("age", [most]), ("age", rest))]
    shown: list[Shown] = []
    for each in asked:
        table = told(people, *each)
        hidden = beside(table, small(table), shown, LIMITS, lambda found: found)
        shown.append(table.without(hidden))
    assert hidden.sum() > small(table).sum()
    assert learned(people, asked, shown) == []
    # Each by itself would tell: everybody less the first filter is the second.
    assert learned(people, asked, [*shown[:2], table.without(small(table))])


def test_tables_of_three_pairs_tell_no_cell_of_all_three():
    """Each two of three questions: no two tables share two, and all three bound one person."""
    kinds = dict.fromkeys(itertools.product((0, 1), repeat=3), 30)
    kinds[0, 0, 0] = kinds[1, 1, 1] = 1
    ways = np.array(list(itertools.chain.from_iterable([way] * n for way, n in kinds.items())))
    names = ("one", "two", "three")
    tables = []
    for a, b in itertools.combinations(range(3), 2):
        sums = np.vstack([np.eye(4), np.kron(np.eye(2), np.ones((1, 2))), np.ones((1, 4))])
        about = frozenset({names[a], names[b]})
        tables.append(Shown(ways[:, a] * 2 + ways[:, b], about, sums, np.zeros((0, 4))))
    shown: list[Shown] = []
    for table in tables:
        hidden = beside(table, small(table), shown, LIMITS, lambda found: found)
        shown.append(table.without(hidden))
    found = profiles(tables)
    alone = np.eye(len(found.sizes))[found.sizes == 1]
    reach = Reach(alone, found.sizes, np.full(len(alone), 5.0))
    assert (
        reach.close(np.vstack([found.over(at, each.told) for at, each in enumerate(shown)])) == []
    )
    everything = np.vstack([found.over(at, each.told) for at, each in enumerate(tables)])
    assert Reach(alone, found.sizes, np.full(len(alone), 5.0)).close(everything)


def test_a_filter_that_leaves_out_one_person_is_refused():
    people = town(5, 400) | {"sex": np.zeros(400, dtype=np.int64)}
    people["sex"][(people["ward"] >= 0).argmax()] = 1
    people["safe"] = np.maximum(people["safe"], 0)
    everyone = told(people, "ward", "safe")
    hidden = beside(everyone, small(everyone), [], LIMITS, lambda found: found)
    nearly = told(people, "ward", "safe", ("sex", [0]))
    with pytest.raises(TooNearError):
        beside(nearly, small(nearly), [everyone.without(hidden)], LIMITS, lambda found: found)


def test_a_count_that_only_what_stands_tells_is_lost_and_not_looked_for_again():
    reach = Reach(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([2.0, 3.0]), np.full(2, 5.0))
    own, stands = np.array([[1.0, 1.0]]), np.array([[1.0, 0.0]])
    assert len(reach.close(np.vstack([own, stands]))) == 2
    found = reach.close(np.vstack([own, stands]), 1)
    assert [(each.target, 0 in each.telling) for each in found] == [(1, True)]
    assert reach.open_yet().tolist() == [1]
    reach.lose(np.array([[1.0, 1.0], [1.0, 0.0]]))
    assert reach.open_yet().tolist() == []
