"""The bundle of a wave: every file of it, written one after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pandas as pd
from sqlalchemy.orm import Session

from engage.core.export.about import About
from engage.core.export.archive import MANIFEST, SUMS, Archive
from engage.core.export.codebook import Column
from engage.core.export.metadata import COLUMNS, Columns, Labels, csv_metadata
from engage.core.export.ods import ods_bytes
from engage.core.export.parquet import write_parquet, write_rows
from engage.core.export.readme import OF_BUNDLE, OF_FIGURES, SAFE_MISSING, readme
from engage.core.export.responses import WEIGHT, ResponsesFile
from engage.core.export.sav import numbers_in, write_sav
from engage.core.export.sav_codes import CODEBOOK, numbered_codebook
from engage.core.export.spans import Progress
from engage.core.export.workbook import workbook_bytes
from engage.downloads.board_pack import pack_pdf
from engage.downloads.coded import Coded, coded
from engage.downloads.content import Content
from engage.downloads.figure_files import book_of, content_of, tables_of
from engage.downloads.kinds import ZIP, FileKind
from engage.downloads.made import (
    Made,
    NothingToMakeError,
    OldFiguresError,
    Told,
    Wanted,
    untold,
)
from engage.downloads.starter_scripts import HEADLINE_KEY, HEADLINES, headlines_csv, scripts
from engage.downloads.tidy import figure_rows

DESCRIBED = "what its columns mean (CSVW)"


def bundle(session: Session, wanted: Wanted) -> list[Made]:
    """Figures and responses in one zip."""
    return _made(session, wanted, FileKind.BUNDLE)


def figures_bundle(session: Session, wanted: Wanted) -> list[Made]:
    """The figures alone in one zip."""
    return _made(session, wanted, FileKind.FIGURES_BUNDLE)


def _made(session: Session, wanted: Wanted, kind: FileKind) -> list[Made]:
    out = wanted.scratch()
    name, run_id = write_bundle(session, wanted, out, kind, wanted.told)
    return [Made(kind, name, ZIP, out, run_id)]


def write_bundle(
    session: Session, wanted: Wanted, out: BinaryIO, kind: FileKind, told: Told = untold
) -> tuple[str, int]:
    """Write a bundle; its name, and the run of figures that it holds.

    The same figures and answers give the same bytes. Nothing is written before all is read.
    Raises NothingToMakeError where there are no figures for a bundle of these alone, and
    OldFiguresError where those there are do not belong to the answers.
    """
    with_responses = kind is FileKind.BUNDLE
    content = _figures(session, wanted, with_responses=with_responses)
    run = content.run
    about = wanted.about(run.made_at, interim=run.interim)
    people = coded(session, wanted, content) if with_responses else None
    archive = Archive(out, about)
    writing = _Writing(archive, about, content)
    writing.figures()
    if people is not None:
        writing.responses(people, told)
    listed = (*archive.paths, (MANIFEST, "what is in the bundle, with checksums"), (SUMS, "these"))
    text = readme(
        about,
        files=listed,
        said=OF_BUNDLE if people else OF_FIGURES,
        missing=SAFE_MISSING if people else (),
        done=people.file.log if people else (),
    )
    archive.put("README.txt", "what this is", text)
    archive.close()
    return about.file_name("bundle" if people else "figures", "zip"), run.id


def _figures(session: Session, wanted: Wanted, *, with_responses: bool) -> Content:
    try:
        return content_of(session, wanted)
    except NothingToMakeError as error:
        if with_responses:
            raise OldFiguresError(str(error)) from error
        raise


@dataclass(frozen=True, slots=True)
class _Writing:
    """A bundle that is being written, and what it is of."""

    archive: Archive
    about: About
    content: Content

    def figures(self) -> None:
        """Put the figures into it."""
        book = book_of(self.content, self.about)
        self.archive.put("figures/figures.xlsx", "the figures as a workbook", workbook_bytes(book))
        self.archive.put("figures/figures.ods", "the same as OpenDocument", ods_bytes(book))
        pack = pack_pdf(self.content, self.about)
        self.archive.put("figures/board-pack.pdf", "the data pack for a board", pack)
        for table in tables_of(self.content):
            name = f"{table.name}.csv"
            self.archive.put(f"figures/{name}", f"the {table.what}, a row each", table.written())
            described = table.described(self.content, self.about, name)
            self.archive.put(f"figures/{name}-metadata.json", DESCRIBED, described)
        rows = [*figure_rows(self.content.told.wave.name, self.content.figures)]
        frame = pd.DataFrame(rows, columns=[*COLUMNS])
        with self.archive.file("figures/indicators.parquet", "the figures as Parquet") as out:
            write_rows(out, COLUMNS, frame, self.about)

    def responses(self, people: Coded, told: Told) -> None:
        """Put the responses into it, and the scripts that read them."""
        file, archive = people.file, self.archive
        rows = len(file.table)

        def progress(name: str) -> Progress:
            return lambda done: told(name, done, rows)

        parts = file.coded_parts(progress("responses.csv"))
        archive.put("responses/responses.csv", "the answers as codes", parts)
        self._describe("responses/responses.csv", _columns(file), labels=_labels(file.columns))
        with archive.file("responses/responses.sav", "the same for SPSS, labelled") as out:
            write_sav(out, file, self.about, progress("responses.sav"))
        with archive.file("responses/responses.parquet", "the same as Parquet") as out:
            write_parquet(out, file, self.about, progress("responses.parquet"))
        codebook = numbered_codebook(file.columns, numbers_in(file))
        archive.put("responses/codebook.csv", "what each column and code means", codebook)
        self._describe("responses/codebook.csv", CODEBOOK)
        made_of = headlines_csv(people.leading, file)
        archive.put("scripts/headlines.csv", "what the leading figures are made of", made_of)
        self._describe("scripts/headlines.csv", HEADLINES, key=HEADLINE_KEY)
        for name, what, script in scripts():
            archive.put(f"scripts/{name}", what, script)

    def _describe(
        self, path: str, columns: Columns, *, labels: Labels | None = None, key: Sequence[str] = ()
    ) -> None:
        name = path.rpartition("/")[2]
        described = csv_metadata(
            self.about,
            name,
            labels or {},
            columns=columns,
            what=name.removesuffix(".csv"),
            said=[self.content.told.caveat],
            key=key,
        )
        self.archive.put(f"{path}-metadata.json", DESCRIBED, described)


def _columns(file: ResponsesFile) -> Columns:
    return {
        column.heading: (_kind(file, column), " ".join(filter(None, (column.label, column.note))))
        for column in file.columns
    }


def _kind(file: ResponsesFile, column: Column) -> str:
    if column.name == WEIGHT:
        return "double"
    return "string" if isinstance(file.table[column.name].dtype, pd.CategoricalDtype) else "number"


def _labels(columns: Sequence[Column]) -> Labels:
    return {
        each.heading: {str(each.written(code)): said for code, said in each.meanings.items()}
        for each in columns
        if each.meanings
    }
