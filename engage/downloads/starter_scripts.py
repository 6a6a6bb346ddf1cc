"""The scripts of a bundle, and the table that tells them what the leading figures are made of."""

from collections.abc import Iterator, Sequence
from importlib.resources import files

from engage.core.export.csv_file import Cell, csv_bytes
from engage.core.export.metadata import Columns
from engage.core.export.responses import ResponsesFile
from engage.core.export.shared_weights import Leading
from engage.core.indicators.answers import points_of

SCRIPTS = {
    "headlines.py": "the leading figures from the responses, in Python",
    "headlines.R": "the same in R",
}
HEADLINES: Columns = {
    "indicator": ("string", "The code of the figure."),
    "title": ("string", "What is counted."),
    "kind": ("string", "How it is made of its columns."),
    "threshold": ("number", "From how many points on somebody counts, where it is made so."),
    "variable": ("string", "A column of the responses."),
    "code": ("string", "An answer in it."),
    "points": ("number", "What the answer is worth."),
    "published": ("double", "The figure as published."),
}
HEADLINE_KEY = ("indicator", "variable", "code")


def headlines_csv(leading: Sequence[Leading], file: ResponsesFile) -> bytes:
    """What each leading figure is made of: a row for each answer of each of its columns."""
    return csv_bytes(tuple(HEADLINES), _rows(leading, file))


def scripts() -> Iterator[tuple[str, str, bytes]]:
    """The name of each script, what it does, and its content."""
    for name, what in SCRIPTS.items():
        yield name, what, files("engage.downloads.starter").joinpath(name).read_bytes()


def _rows(leading: Sequence[Leading], file: ResponsesFile) -> Iterator[tuple[Cell, ...]]:
    columns = {column.name: column for column in file.columns}
    for each in leading:
        made = each.indicator
        about = (made.id, made.name, made.kind.value, made.threshold)
        for name in made.variables:
            for code, points in points_of(made).items():
                column = columns[name]
                answer = (column.heading, column.written(code), points)
                yield (*about, *answer, each.published)
