"""The files of an edition: just its published rows, as a workbook, ODS, and CSV with CSVW."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engage.core.export.about import About as Origin
from engage.core.export.cells import Cell, Percent
from engage.core.export.csv_file import csv_bytes
from engage.core.export.metadata import COLUMNS, FIGURE_KEY, csv_metadata
from engage.core.export.ods import MEDIA_TYPE as ODS, ods_bytes
from engage.core.export.sheets import FORMATS, STRUCTURE, Book, Heading, Sheet, Subtitle
from engage.core.export.workbook import workbook_bytes
from engage.core.indicators.rounding import counts_told
from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW
from engage.published.about import About
from engage.published.edition import Published
from engage.published.figure import Figure
from engage.published.methods import ESTIMATORS, METHODS, told
from engage.published.store import published_figures

CSV, JSON = "text/csv; charset=utf-8", "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_APPLICABLE = "[z]"
SYMBOLS = (
    (HIDDEN, "Not shown, to keep the people who answered private"),
    (LOW, "Low reliability: fewer than 100 people answered, so read it with care"),
    (EMPTY, "Nobody answered"),
    (NOT_APPLICABLE, "Not applicable"),
    ("exact", "0% or 100%: the interval is exact"),
)
TIDY: dict[str, tuple[str, str]] = {
    **COLUMNS,
    "name": ("string", "The indicator in words."),
    "label": ("string", "The group in words."),
}
"""The columns of the CSV: those of every tidy table, and what the two codes are called."""

HEADINGS = (
    Heading("Unit", 14),
    Heading("Estimate (percent or mean score)", 14),
    Heading("Lower limit of the 95% interval", 14),
    Heading("Upper limit of the 95% interval", 14),
    Heading("People who answered (number)", 14),
    Heading("Symbols", 12),
)


def files(edition: Published, session: Session, council: str) -> list[dict[str, Any]]:
    """The files of an edition as rows to store; the same edition gives the same bytes."""
    figures, about = published_figures(session, edition.id), edition.about
    origin = _origin(edition, council, edition.published_at)
    book = _book(edition, origin, figures)
    name = origin.file_name("published", "csv")
    rows = [_tidy(about, each) for each in figures]
    said = [each for each in (about.caveat, counts_told(about.counts_rounded_to)) if each]
    described = csv_metadata(
        origin,
        name,
        _labels(about, figures),
        columns=TIDY,
        what="published figures",
        said=[*said, f"Edition {edition.edition}."],
        key=FIGURE_KEY,
    )
    made = (
        ("csv", name, CSV, csv_bytes(tuple(TIDY), rows)),
        ("metadata", f"{name}-metadata.json", JSON, described),
        ("xlsx", origin.file_name("published", "xlsx"), XLSX, workbook_bytes(book)),
        ("ods", origin.file_name("published", "ods"), ODS, ods_bytes(book)),
    )
    return [
        {
            "publication_id": edition.id,
            "kind": kind,
            "name": file,
            "media_type": media_type,
            "digest": hashlib.sha256(content).hexdigest(),
            "content": content,
        }
        for kind, file, media_type, content in made
    ]


def _origin(edition: Published, council: str, made_at: datetime) -> Origin:
    about = edition.about
    return Origin(
        council=council,
        title=about.title,
        questionnaire=edition.questionnaire,
        version=about.definition_version,
        wave=about.wave,
        made_at=made_at,
        made_up=about.made_up,
        licence=about.licence,
    )


def _book(edition: Published, origin: Origin, figures: Sequence[Figure]) -> Book:
    about = edition.about
    cover = (
        f"Edition: {edition.edition}",
        *([f"What changed: {edition.note}"] if edition.note else []),
        Subtitle("How to read it"),
        about.caveat,
        "Figures are not rounded; only the format of the cells rounds what is shown.",
        STRUCTURE,
        Subtitle("Symbols"),
        *(f"{symbol} {said}" for symbol, said in SYMBOLS),
        Subtitle("Questions and other formats"),
        FORMATS,
    )
    notes = Sheet(
        name="Notes",
        title="How the figures are made",
        table="notes",
        headings=(Heading("About", 32), Heading("Note", 100)),
        rows=told(about),
        lines=("This worksheet has one table.",),
    )
    sheets = [_sheet(about, name, title, figures) for name, title in about.breakdowns.items()]
    title = f"{about.title} {about.wave}: published results"
    return Book(origin, title, cover, (notes, *sheets))


def _sheet(about: About, breakdown: str, title: str, figures: Sequence[Figure]) -> Sheet:
    rows = [each for each in figures if each.breakdown == breakdown]
    return Sheet(
        name="".join(c for c in title if c.isalnum() or c in " -")[:31].strip(),
        title=f"Figures: {title}",
        table=f"figures_{breakdown}",
        headings=(Heading("Indicator", 54), Heading("Group", 30), *HEADINGS),
        rows=[_line(about, each) for each in rows],
        lines=("This worksheet has one table. The symbols are explained on the cover.",),
    )


def _line(about: About, figure: Figure) -> tuple[Cell, ...]:
    indicator, made = about.indicator(figure.indicator), figure.estimate
    percent = indicator is None or indicator.unit == "percent"
    gone = HIDDEN if made.hidden else EMPTY

    def cell(number: float) -> Cell:
        return NOT_APPLICABLE if number != number else Percent(number) if percent else number  # noqa: PLR0124  not a number

    numbers: tuple[Cell, ...] = (
        (gone,) * 4
        if made.hidden or made.empty
        else (cell(made.value), cell(made.lower), cell(made.upper), made.base or 0)
    )
    name = indicator.name if indicator else figure.indicator
    unit = "Percent" if percent else "Mean score"
    return (name, figure.label, unit, *numbers, made.flag or "None")


def _tidy(about: About, figure: Figure) -> tuple[str | int | float | None, ...]:
    indicator = about.indicator(figure.indicator)
    return (
        about.wave,
        *figure.key,
        figure.estimator,
        figure.method,
        *figure.estimate.cells,
        indicator.name if indicator else figure.indicator,
        figure.label,
    )


def _labels(about: About, figures: Sequence[Figure]) -> dict[str, Any]:
    groups: dict[str, dict[str, str]] = {name: {} for name in about.breakdowns}
    for each in figures:
        groups[each.breakdown][each.group] = each.label
    used = sorted({each.estimator for each in figures})
    return {
        "indicator": {each.id: each.name for each in about.indicators},
        "breakdown": dict(about.breakdowns),
        "group": groups,
        "estimator": {name: ESTIMATORS.get(name, name) for name in used},
        "method": METHODS,
    }
