"""Stored figures, changes and verdicts as the rows of tidy CSV files."""

from collections.abc import Iterator, Sequence

from engage.core.export.csv_file import Cell
from engage.figures.store import StoredFigure
from engage.figures.told import Told


def figure_rows(wave: str, figures: Sequence[StoredFigure]) -> Iterator[tuple[Cell, ...]]:
    """The figures as rows of `engage.core.statistics.estimate.TIDY_COLUMNS`."""
    for figure in figures:
        yield (
            wave,
            figure.indicator,
            figure.breakdown,
            figure.group,
            figure.estimator,
            figure.method,
            *figure.estimate.cells,
        )


def change_rows(told: Told) -> Iterator[tuple[Cell, ...]]:
    """What changed since the wave before as rows of `engage.core.export.metadata.CHANGES`."""
    for key, change in told.changes.items():
        yield (
            *key,
            told.wave.name,
            change.before_wave,
            change.value,
            change.standard_error,
            change.lower,
            change.upper,
            change.p,
            change.p_adjusted,
            change.tests,
            change.detectable,
            change.reason or "",
            change.says,
        )


def target_rows(told: Told) -> Iterator[tuple[Cell, ...]]:
    """The verdicts on targets as rows of `engage.core.export.metadata.TARGETS`."""
    for key, held in told.verdicts.items():
        for verdict in held:
            yield (
                *key,
                told.wave.name,
                verdict.target.operator,
                verdict.target.value,
                verdict.target.year,
                "true" if verdict.ahead else "false",
                verdict.target.source,
                verdict.verdict or "",
                verdict.distance,
                verdict.lower,
                verdict.upper,
                verdict.detectable,
                verdict.reason or "",
                verdict.says,
            )
