"""Files of figures: always from what is stored and suppressed, never computed anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engage.core.export.about import About
from engage.core.export.csv_file import Cell, csv_bytes
from engage.core.export.metadata import (
    CHANGE_KEY,
    CHANGES,
    COLUMNS,
    FIGURE_KEY,
    TARGETS,
    Columns,
    Labels,
    csv_metadata,
)
from engage.core.export.sheets import Book
from engage.core.export.workbook import workbook_bytes
from engage.core.indicators.model import at_version
from engage.core.indicators.rounding import counts_told
from engage.downloads.content import Content
from engage.downloads.figure_sheets import cover, sheets
from engage.downloads.finding_notes import NO_CHANGES, NO_TARGETS
from engage.downloads.kinds import CSV, JSON, XLSX, FileKind
from engage.downloads.labels import change_labels, figure_labels, target_labels
from engage.downloads.made import Made, NothingToMakeError, Wanted
from engage.downloads.tidy import change_rows, figure_rows, target_rows
from engage.figures.indicators import indicators_of
from engage.figures.store import newest_run
from engage.figures.told import gather


@dataclass(frozen=True, slots=True)
class Table:
    """One tidy file: its kind and that of its description, what it holds, and what to know.

    No two rows share what is in the columns of `key`.
    """

    kinds: tuple[FileKind, FileKind]
    name: str
    what: str
    columns: Columns
    rows: Iterable[Sequence[Cell]]
    labels: Labels
    said: tuple[str, ...] = ()
    key: tuple[str, ...] = ()

    def written(self) -> bytes:
        """The table as CSV."""
        return csv_bytes(tuple(self.columns), self.rows)

    def described(self, content: Content, about: About, name: str) -> bytes:
        """The description that stands beside the CSV file of that name."""
        return csv_metadata(
            about,
            name,
            self.labels,
            columns=self.columns,
            what=self.what,
            said=[each for each in (content.told.caveat, *self.said) if each],
            key=self.key,
        )


def indicators_csv(session: Session, wanted: Wanted) -> list[Made]:
    """The tidy tables of figures, changes and targets as CSV, each with a description.

    A table without rows is made all the same: it takes the place of an older one.
    """
    content = content_of(session, wanted)
    return [made for table in tables_of(content) for made in _files(content, wanted, table)]


def indicators_xlsx(session: Session, wanted: Wanted) -> list[Made]:
    """The figures, and all that was stored with them, as an accessible workbook."""
    content = content_of(session, wanted)
    run = content.run
    about = wanted.about(run.made_at, interim=run.interim)
    name = about.file_name("indicators", "xlsx")
    book = workbook_bytes(book_of(content, about))
    return [Made(FileKind.INDICATORS_XLSX, name, XLSX, book, run.id)]


def book_of(content: Content, about: About) -> Book:
    """The workbook of a run's figures, whatever the format that it is written in."""
    title = f"{about.title} {about.wave}: figures"
    return Book(about, title, tuple(cover(content)), tuple(sheets(content)))


def content_of(session: Session, wanted: Wanted) -> Content:
    """The figures of the newest run, with all that goes with them.

    Raises NothingToMakeError where no figures were made yet.
    """
    run = newest_run(session, wanted.wave.id)
    if run is None:
        raise NothingToMakeError(
            f"Wave {wanted.wave.id} has no figures yet: refresh them, then ask for the file."
        )
    version = wanted.definition.version
    indicators = indicators_of(wanted.wave.questionnaire)
    return Content(
        gather(session, wanted.wave, run), tuple(at_version(each, version) for each in indicators)
    )


def tables_of(content: Content) -> list[Table]:
    """The tidy tables of figures, changes and targets."""
    told = content.told
    return [
        Table(
            (FileKind.INDICATORS_CSV, FileKind.INDICATORS_METADATA),
            "indicators",
            "figures",
            COLUMNS,
            figure_rows(told.wave.name, content.figures),
            figure_labels(content),
            (counts_told(content.run.counts_rounded_to),),
            FIGURE_KEY,
        ),
        Table(
            (FileKind.CHANGES_CSV, FileKind.CHANGES_METADATA),
            "changes",
            "changes since the wave before",
            CHANGES,
            change_rows(told),
            change_labels(content),
            (content.among if told.earlier else NO_CHANGES,),
            CHANGE_KEY,
        ),
        Table(
            (FileKind.TARGETS_CSV, FileKind.TARGETS_METADATA),
            "targets",
            "targets",
            TARGETS,
            target_rows(told),
            target_labels(content),
            () if told.verdicts else (NO_TARGETS,),
        ),
    ]


def _files(content: Content, wanted: Wanted, table: Table) -> list[Made]:
    """The CSV file of a table, and the description of its columns that stands beside it."""
    run = content.run
    about = wanted.about(run.made_at, interim=run.interim)
    name = about.file_name(table.name, "csv")
    data, metadata = table.kinds
    return [
        Made(data, name, CSV, table.written(), run.id),
        Made(
            metadata,
            f"{name}-metadata.json",
            JSON,
            table.described(content, about, name),
            run.id,
        ),
    ]
