"""The whole indicator table of 100,000 responses in one process.

Cleaned by every version of the rules, raked, by every breakdown, suppressed, the headlines also
with what was cleaned out: CPU seconds from the typed table to all that is stored, and the most
memory that was ever held.
"""

import argparse
import resource
import time
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from benchmarks import lines
from benchmarks.crowd import WARDS, crowd
from benchmarks.lines import say
from engage.areas.store import PopulationRow
from engage.core.cleaning.table import coded_table
from engage.figures.breakdowns import Areas
from engage.figures.calculate import calculate
from engage.figures.indicators import indicator_file_of
from engage.figures.inputs import Inputs

BANDS = ((0, 15), (16, 29), (30, 44), (45, 64), (65, 999))
GROUPS = {"north": "North", "east": "East", "south": "South", "west": "West"}
MEGABYTE = 1024


def mixed(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The table with each of the columns shuffled by itself.

    The crowd repeats a few thousand people; without this, far fewer would differ than in life.
    """
    rng = np.random.default_rng(5)
    shuffled = {name: table[name].array.take(rng.permutation(len(table))) for name in columns}
    return table.assign(**shuffled)


def with_trials(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every twentieth response a trial, so that cleaning has something to remove."""
    sources = np.where(np.arange(len(table)) % 20 == 0, "test", None)
    return table.assign(**{"@source": pd.Categorical(sources), "@gibberish": False})


def inputs(count: int) -> Inputs:
    """A wave that so many people answered, in a borough of 24 wards."""
    held = crowd(count)
    file = indicator_file_of(held.definition.id)
    people = ("age_band", "sex", "ethnicity", "religion", "sexual_orientation")
    names = list(GROUPS)
    return Inputs(
        wave="bench",
        definition=held.definition,
        table=with_trials(mixed(coded_table(held.definition, held.records), people)),
        indicators=file.indicators,
        population=[
            PopulationRow(ward, sex, low, high, 1000 + 10 * number)
            for number, ward in enumerate(WARDS)
            for sex in ("female", "male")
            for low, high in BANDS
        ],
        areas=Areas(
            {ward: ward for ward in WARDS},
            GROUPS,
            {ward: names[number % 4] for number, ward in enumerate(WARDS)},
        ),
        headlines=file.headlines,
        united=file.united,
        opens_on=date(2026, 3, 1),
    )


def run(count: int) -> None:
    """Measure and print."""
    given = inputs(count)
    start = time.process_time()
    made = calculate(given)
    seconds = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    what = f"{len(made.tidy):,} figures of {count:,} responses, cleaned, raked and suppressed"
    say(what, lines.seconds(seconds), limit="5 s")
    say("the same: most memory", f"{most:,.0f} MB", limit="1,024 MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    run(parser.parse_args().count)
