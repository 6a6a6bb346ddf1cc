"""Compare what `analyse` gives with what R's survey package gave, and print the worst difference.

    python -m tools.check_reference FOLDER

FOLDER holds microdata.csv and margins.csv, with R's expected.csv (a row a figure) and diff.csv (a
row a comparison); either may be missing. The indicators are those of indicators.yaml in the folder
or of tests/reference. Leaves with 1 when a figure is missing or wrong: further from R's than 1e-8
(design effects 2e-8) both of itself and of the whole. A figure next to 0 that is left over from
a subtraction (a change, a limit) can be nearer to R's than R's own weights are to the margins
and yet differ in its ninth digit: such figures are counted as loose and printed, not hidden.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from engage.core.statistics.intervals import METHODS
from engage.core.statistics.schemes import ESTIMATORS
from engage.microdata.analyse import Bench, Request, run
from engage.microdata.changes import Changes

OWN = Path(__file__).parents[1] / "tests" / "reference" / "indicators.yaml"
ALLOWED = 1e-8
ALLOWED_EFFECT = 2e-8
# Below this a figure is rounding, and a difference is taken relative to this instead.
NOTHING = 1e-9

ESTIMATES = {
    "estimate": "estimate",
    "se": "standard_error",
    "low": "lower",
    "high": "upper",
    "deff": "design_effect",
    "n": "base",
}
ESTIMATE_KEYS = {"group_by": "breakdown"} | {
    name: name for name in ("wave", "indicator", "group", "estimator", "method")
}
COMPARISONS = (
    "estimate",
    "se",
    "z",
    "p_z",
    "df",
    "p_t",
    "low",
    "high",
    "n1",
    "n2",
    "se_independent",
)
COMPARISON_KEYS = ("type", "estimator", "indicator", "group_by", "group")


@dataclass(frozen=True, slots=True)
class Column:
    """How far one column is from R's: relative where R's figure is not nothing."""

    name: str
    rows: int
    worst: float
    absolute: float
    loose: int
    wrong: int
    where: str
    absent: int

    @property
    def right(self) -> bool:
        """Whether every figure is there and near enough."""
        return not self.wrong and not self.absent


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the comparison; 0 when every figure is there and near enough."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--indicators", type=Path, help="instead of indicators.yaml")
    options = parser.parse_args(arguments)
    bench = _bench(options.folder, options.indicators)
    columns: list[Column] = []
    if (options.folder / "expected.csv").is_file():
        columns += _told("expected.csv", *_estimates(options.folder, bench))
    if (options.folder / "diff.csv").is_file():
        columns += _told("diff.csv", *_comparisons(options.folder, bench))
    if not columns:
        sys.stderr.write(f"{options.folder} has neither expected.csv nor diff.csv.\n")
        return 2
    worst = max(columns, key=lambda column: column.worst)
    wrong = sum(column.wrong + column.absent for column in columns)
    print(f"Worst relative error: {worst.worst:.2e} ({worst.name} of {worst.where}).")
    print(f"Missing or wrong: {wrong:,} of {sum(column.rows for column in columns):,} figures.")
    return 0 if all(column.right for column in columns) else 1


def _bench(folder: Path, indicators: Path | None) -> Bench:
    own = folder / "indicators.yaml"
    return run(
        Request(
            microdata=folder / "microdata.csv",
            margins=folder / "margins.csv",
            indicators=indicators or (own if own.is_file() else OWN),
            estimators=list(ESTIMATORS),
            methods=list(METHODS),
            changes=Changes(),
        )
    )


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, na_values=[""], dtype={"wave": str})


def _estimates(folder: Path, bench: Bench) -> tuple[int, list[Column]]:
    theirs = _read(folder / "expected.csv")
    ours = bench.tidy.rename(columns={own: name for name, own in ESTIMATE_KEYS.items()})
    ours = ours.rename(columns={own: name for name, own in ESTIMATES.items()})
    return len(theirs), _columns(theirs, ours, list(ESTIMATE_KEYS), list(ESTIMATES))


def _comparisons(folder: Path, bench: Bench) -> tuple[int, list[Column]]:
    theirs = _read(folder / "diff.csv")
    ours = bench.changes
    assert ours is not None
    return len(theirs), _columns(theirs, ours, list(COMPARISON_KEYS), list(COMPARISONS))


def _columns(
    theirs: pd.DataFrame, ours: pd.DataFrame, keys: list[str], names: list[str]
) -> list[Column]:
    both = theirs.merge(ours, on=keys, how="left", suffixes=("", " ours"), validate="1:1")
    where = both[keys].astype(str).agg(" ".join, axis=1)
    return [
        _column(name, both[name].to_numpy(float), both[f"{name} ours"].to_numpy(float), where)
        for name in names
    ]


def _column(name: str, theirs: np.ndarray, ours: np.ndarray, where: pd.Series) -> Column:
    there = ~np.isnan(theirs)
    absolute = np.abs(ours - theirs)
    relative = absolute / np.maximum(np.abs(theirs), NOTHING)
    compared = there & ~np.isnan(ours)
    if not compared.any():
        return Column(name, int(there.sum()), 0.0, 0.0, 0, 0, "nothing", int(there.sum()))
    allowed = ALLOWED_EFFECT if name == "deff" else ALLOWED
    # What is not finite on one side alone has a relative difference that is no number: it is wrong.
    far = compared & ~(relative <= allowed)
    at = int(np.where(compared, relative, -1).argmax())
    return Column(
        name=name,
        rows=int(there.sum()),
        worst=float(relative[at]),
        absolute=float(absolute[compared].max()),
        loose=int((far & (absolute <= allowed)).sum()),
        wrong=int((far & ~(absolute <= allowed)).sum()),
        where=str(where.iloc[at]),
        absent=int((there & np.isnan(ours)).sum()),
    )


def _told(file: str, rows: int, columns: list[Column]) -> list[Column]:
    print(f"{file}: {rows:,} rows")
    print(
        "  column           figures  absent   loose   wrong  worst relative  worst absolute  where"
    )
    for each in columns:
        print(
            f"  {each.name:<14} {each.rows:>9,} {each.absent:>7,} {each.loose:>7,} {each.wrong:>7,}"
            f"  {each.worst:>14.2e}  {each.absolute:>14.2e}  {each.where}"
        )
    return columns


if __name__ == "__main__":
    sys.exit(main())
