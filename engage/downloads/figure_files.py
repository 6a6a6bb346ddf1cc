"""Files of figures: always from the stored, suppressed table, never computed anew."""

from sqlalchemy.orm import Session

from engage.core.export.csv_file import csv_bytes
from engage.core.export.metadata import csv_metadata
from engage.core.export.workbook import workbook_bytes
from engage.core.statistics.estimate import TIDY_COLUMNS
from engage.downloads.figure_sheets import COVER, sheets, tidy_rows
from engage.downloads.figure_words import labels
from engage.downloads.kinds import CSV, JSON, XLSX, FileKind
from engage.downloads.made import Made, NothingToMakeError, Wanted
from engage.figures.indicators import indicators_of
from engage.figures.store import StoredRun, figures_of, newest_run


def indicators_csv(session: Session, wanted: Wanted) -> list[Made]:
    """The tidy table as CSV, and the description of its columns that stands beside it."""
    run = _run(session, wanted)
    about = wanted.about(run.made_at, interim=run.interim)
    name = about.file_name("indicators", "csv")
    figures = figures_of(session, run.id)
    table = csv_bytes(TIDY_COLUMNS, tidy_rows(wanted.wave.name, figures))
    indicators = indicators_of(wanted.wave.questionnaire)
    described = csv_metadata(about, name, labels(wanted.definition, indicators, figures))
    return [
        Made(FileKind.INDICATORS_CSV, name, CSV, table, run.id),
        Made(FileKind.INDICATORS_METADATA, f"{name}-metadata.json", JSON, described, run.id),
    ]


def indicators_xlsx(session: Session, wanted: Wanted) -> list[Made]:
    """The figures as an accessible workbook."""
    run = _run(session, wanted)
    about = wanted.about(run.made_at, interim=run.interim)
    indicators = indicators_of(wanted.wave.questionnaire)
    book = workbook_bytes(
        about,
        title=f"{about.title} {about.wave}: figures",
        cover=COVER,
        sheets=sheets(wanted.definition, indicators, run, figures_of(session, run.id)),
    )
    name = about.file_name("indicators", "xlsx")
    return [Made(FileKind.INDICATORS_XLSX, name, XLSX, book, run.id)]


def _run(session: Session, wanted: Wanted) -> StoredRun:
    run = newest_run(session, wanted.wave.id)
    if run is None:
        raise NothingToMakeError(
            f"Wave {wanted.wave.id} has no figures yet: refresh them, then ask for the file."
        )
    return run
