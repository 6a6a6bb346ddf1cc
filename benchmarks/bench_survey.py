"""The full table of indicators by breakdown, beside R's survey package and a plain pandas groupby.

Two waves, 36 indicators, 42 groups, design weights, raked to three margins; ours has intervals
and design effects too. R is given the indicators ready made, and a random sample of the table's
cells, estimate and standard error only; its time for all of them is scaled up from that, without
its raking. pandas only counts answers by group, without weights or errors, so it is a floor and
not a rival.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.alone import Cost, alone, cpu, report
from benchmarks.borough import QUESTIONS, Wave, thirty_six, wave
from benchmarks.lines import say, seconds
from engage.core.indicators.compute import compute
from engage.core.indicators.counting import count_indicators

MODULE = "benchmarks.bench_survey"
SIZES = (3000, 40_000)
BREAKDOWNS = ["age", "sex", "ethnicity", "ward"]
DRAWN = 36
KEYS = ["indicator", "breakdown", "group"]


def design_weights(size: int) -> np.ndarray:
    """Adults at an address, 1 to 4."""
    return np.random.default_rng(11).integers(1, 5, size).astype(np.float64)


def table(held: Wave) -> pd.DataFrame:
    """All figures of one wave."""
    sample = held.sample(BREAKDOWNS, design_weights(len(held.table)))
    return compute(held.table, thirty_six(), sample, wave="1", methods=("xlogit",)).tidy


def value_counts(held: Wave) -> list[pd.Series]:
    """How many people of each group gave each answer, by pandas."""
    return [
        held.table.groupby([name, question], observed=True).size()
        for name in BREAKDOWNS
        for question in QUESTIONS
    ]


def measure(what: str, size: int) -> None:
    """Ours or pandas', in this process."""
    work = {"ours": table, "pandas": value_counts}[what]
    waves = [wave(size, seed) for seed in (1, 2)]
    work(waves[0])
    report({"both": cpu(lambda: [work(each) for each in waves])})


def survey(held: Wave, figures: pd.DataFrame) -> tuple[dict, pd.DataFrame]:
    """What R needed, and the cells that it was given."""
    sample = held.sample(BREAKDOWNS, design_weights(len(held.table)))
    counted = count_indicators(held.table, thirty_six(), sample)
    everybody = np.arange(len(held.table))
    columns = {
        line.indicator.id: counted.values(line.items[0], everybody) for line in counted.lines
    }
    people = pd.DataFrame(columns).assign(weight=design_weights(len(held.table)))
    people = people.assign(**{name: held.table[name] for name in BREAKDOWNS})
    people["age_sex"] = people["age"].astype(str) + "|" + people["sex"].astype(str)
    cells = figures.sample(DRAWN, random_state=7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people.to_csv(folder / "people.csv", index=False)
        cells[KEYS].to_csv(folder / "cells.csv", index=False)
        rows = [(m.name, *row) for m in held.margins for row in m.population.items()]
        pd.DataFrame(rows, columns=["margin", "category", "population"]).to_csv(
            folder / "margins.csv", index=False
        )
        script = Path(__file__).with_name("survey.R")
        command = ["Rscript", str(script), name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1]), cells


def has_survey() -> bool:
    """Whether R and its survey package are here."""
    if shutil.which("Rscript") is None:
        return False
    command = ["Rscript", "-e", "library(survey)"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def beside_r(size: int, ours: Cost) -> None:
    """Measure R, compare what it found, and print."""
    held = wave(size, 1)
    figures = table(held)
    found, cells = survey(held, figures)
    count = 2 * len(figures)
    whole = found["cells"] / DRAWN * count
    what = f"{found['version']}: {count:,} cells at {size:,} a wave, scaled up from {DRAWN}"
    say(what, seconds(whole), f"ours, {seconds(ours.cpu['both'])}",
        f"{whole / ours.cpu['both']:,.0f}", "500 at least")  # fmt: skip
    say(f"the same: its raking of one wave at {size:,}", seconds(found["raking"]))
    gap = max(
        np.abs(np.array(found[theirs]) / cells[own].to_numpy(float) - 1).max()
        for theirs, own in (("estimates", "estimate"), ("errors", "standard_error"))
    )
    say(f"the same: furthest of its {2 * DRAWN} numbers from ours", f"{gap:.0e}", limit="1e-8")


def run(sizes: list[int]) -> None:
    """Measure each size, and print."""
    here = has_survey()
    for size in sizes:
        ours, theirs = (
            alone(MODULE, "--only", what, "--sizes", size) for what in ("ours", "pandas")
        )
        what = f"two waves of {size:,}: the whole table"
        say(what, seconds(ours.cpu["both"]), f"{ours.peak / 1e6:,.0f} MB at most")
        ratio = f"{theirs.cpu['both'] / ours.cpu['both']:.1f}"
        say(f"two waves of {size:,}: pandas groupby, counts only", seconds(theirs.cpu["both"]),
            f"{theirs.peak / 1e6:,.0f} MB at most", ratio)  # fmt: skip
        if here:
            beside_r(size, ours)
    if not here:
        say("R or its survey package is not on this machine, so it was not measured", "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["ours", "pandas"])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    options = parser.parse_args()
    if options.only:
        measure(options.only, options.sizes[0])
    else:
        run(options.sizes)
