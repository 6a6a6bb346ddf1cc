"""The interface is all that counting takes: a database counts, and every figure is the same."""

import sqlite3
from contextlib import closing

import numpy as np
import pandas as pd
import pytest

from engage.core.indicators.compute import tabulate
from engage.core.indicators.counting import count_indicators, counted
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.engine import Batch, Counts, Split
from engage.core.statistics.margins import MarginError
from engage.core.statistics.sample import sample_from
from engage.core.statistics.schemes import ESTIMATORS
from engage.core.statistics.tally import Tally

ITEMS, FOUR = ("litter", "drugs", "noise"), tuple("1234")
POINTS = {"1": 3.0, "2": 2.0, "3": 1.0, "4": 0.0}
INDICATORS = [
    Indicator("safe", "Safe", Kind.PROPORTION, ("dark",), ("1", "2"), tuple("12345")),
    Indicator("score", "Score", Kind.MEAN, ("dark",), scores={"1": 5, "2": 4, "3": 3}),
    Indicator("any", "Any", Kind.ANY, ITEMS, ("1", "2"), FOUR),
    Indicator("high", "High", Kind.SUM_THRESHOLD, ITEMS, scores=POINTS, threshold=5),
    Indicator("mean", "Mean", Kind.MEAN_OF_PROPORTIONS, ITEMS, ("1", "2"), FOUR),
]


def sqlite_engine(people: Batch) -> Counts:
    """Count by `group by`, in a table with a row a person."""
    margins = [f"m{at}" for at in range(len(people.margins))]
    groups = [f"g{at}" for at in range(len(people.groups))]
    asked = [f"a{at}" for at in range(len(people.answers))]
    factors = (*people.margins, *people.groups, *people.answers)
    weights = np.ones(people.size) if people.weights is None else people.weights
    rows = zip(weights.tolist(), *(each.codes.tolist() for each in factors), strict=True)
    cell = ", ".join(["w", *margins])
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"create table people ({', '.join(['w', *margins, *groups, *asked])})")
        base.executemany(f"insert into people values (?{', ?' * len(factors)})", rows)
        cells = base.execute(f"select distinct {cell} from people order by {cell}").fetchall()
        place = {each: number for number, each in enumerate(cells)}
        splits = [
            Split(*heading, *_grouped(base, f"{cell}, {group}", place, asked, people.form.answers))
            for group, heading in zip(
                ["0 + 0", *groups], [("overall", ("all",)), *people.form.groups], strict=True
            )
        ]
    joint = np.array(cells, dtype=float).reshape(len(cells), -1)
    return Counts(people.form, joint[:, 0], joint[:, 1:].astype(int), tuple(splits))


def _grouped(base, key, place, asked, headings):
    """Cell, group, people and answers of each row, where `key` are the columns of both."""
    rows = base.execute(
        f"select {key}, count(*) from people group by {key} order by {key}"
    ).fetchall()
    at = {row[:-1]: number for number, row in enumerate(rows)}
    tables = []
    for column, (_name, categories) in zip(asked, headings, strict=True):
        table = np.zeros((len(rows), len(categories)), dtype=int)
        for *where, code, count in base.execute(
            f"select {key}, {column}, count(*) from people where {column} >= 0 "
            f"group by {key}, {column}"
        ):
            table[at[tuple(where)], code] = count
        tables.append(table)
    cells = np.array([place[row[:-2]] for row in rows])
    groups, sizes = np.array([row[-2:] for row in rows]).T
    return cells, groups, sizes, np.concatenate(tables, axis=1)


@pytest.fixture
def table(people):
    return people.astype("category")


def figures(counts):
    methods = ["mean", "xlogit"]
    return tabulate(counts, wave="w", estimators=list(ESTIMATORS), methods=methods).tidy


def test_a_database_that_counts_gives_the_same_figures_to_the_last_bit(table, sample):
    ours = count_indicators(table, INDICATORS, sample)
    theirs = count_indicators(table, INDICATORS, sample, sqlite_engine)
    pd.testing.assert_frame_equal(figures(theirs), figures(ours), check_exact=True)


def test_counts_alone_are_enough_for_every_figure(table, sample, margins):
    ours = count_indicators(table, INDICATORS, sample)
    counts = sqlite_engine(ours.batch)
    theirs = counted(counts, INDICATORS, sample_from(counts, margins))
    pd.testing.assert_frame_equal(figures(theirs), figures(ours), check_exact=True)


def test_new_responses_are_added_without_counting_the_old_again(table, sample, margins):
    everybody = count_indicators(table, INDICATORS, sample)
    tally = Tally(everybody.batch.form)
    for part in (slice(0, 41), slice(41, 42), slice(42, 60)):
        tally.add(everybody.batch.only(part))
    counts = tally.counts()
    added = counted(counts, INDICATORS, sample_from(counts, margins))
    pd.testing.assert_frame_equal(figures(added), figures(everybody), check_exact=True)


def test_counts_by_other_margins_are_refused(sample, margins, table):
    counts = sqlite_engine(count_indicators(table, INDICATORS, sample).batch)
    with pytest.raises(MarginError, match="counted by ward, age_sex, and the margins are ward"):
        sample_from(counts, margins[:1])
