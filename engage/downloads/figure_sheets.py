"""Stored figures, and all that was stored with them, as the sheets of a workbook."""

import re
from collections.abc import Sequence

from engage.core.export.cells import Cell, WholePercent
from engage.core.export.sheets import FORMATS, STRUCTURE, Heading, Sheet, Subtitle
from engage.core.indicators.model import Indicator
from engage.core.statistics.estimate import EMPTY, HIDDEN
from engage.core.words.figure import sentence
from engage.downloads.cells import (
    NONE,
    ON_COVER,
    SYMBOLS,
    figure_cell,
    is_percentage,
    symbols_cell,
    unit,
)
from engage.downloads.cleaning_sheets import cleaning, responses
from engage.downloads.comparison_sheets import changes, targets
from engage.downloads.content import Content
from engage.downloads.figure_words import ONLY_RESIDENTS, how_made, notes
from engage.downloads.finding_notes import Note, finding_notes, whom
from engage.downloads.people_sheets import weighting, who_answered
from engage.figures.store import StoredFigure
from engage.figures.words import CONNECTION, OVERALL

NUMBERS = (
    Heading("Estimate (percent or mean score)", 14),
    Heading("Lower limit of the 95% interval", 14),
    Heading("Upper limit of the 95% interval", 14),
    Heading("People who answered (number)", 12),
    Heading("Standard error (of a proportion or score)", 14),
    Heading("Effective base (number)", 12),
    Heading("Design effect", 12),
)
NOT_ROUNDED = (
    "Figures are not rounded; only the format of the cells rounds what is shown. Compute "
    "differences from the cells."
)
OF_EVERYBODY = (
    Heading("People who were asked (to the nearest ten)", 14),
    Heading("Did not know (percent of those asked)", 14),
    Heading("Did not answer (percent of those asked)", 14),
    Heading("In words", 70),
)


def cover(content: Content) -> list[str]:
    """What the cover says below the origin: what the figures can carry, and the symbols."""
    return [
        Subtitle("How to read it"),
        content.told.caveat,
        NOT_ROUNDED,
        STRUCTURE,
        Subtitle("Symbols"),
        *(f"{symbol} {said}" for symbol, said in SYMBOLS),
        Subtitle("Questions and other formats"),
        FORMATS,
    ]


def sheets(content: Content) -> list[Sheet]:
    """What the indicators are and what is behind the figures, then a sheet a breakdown.

    A sheet that would have an empty table is left out.
    """
    run = content.run
    told = notes(run.weighting, {figure.method for figure in content.figures})
    front = (
        _indicators(content.indicators),
        responses(run, invited=content.told.definition.invited),
        cleaning(run, content.by_id),
        who_answered(run.representation),
        weighting(run.weighting.lines),
        _notes([*whom(content), *told, *finding_notes(content)]),
        targets(content),
        changes(content),
    )
    present = dict.fromkeys(figure.breakdown for figure in content.figures)
    return [*filter(None, front), *(_figures(content, name) for name in present)]


def _indicators(indicators: Sequence[Indicator]) -> Sheet:
    return Sheet(
        name="Indicators",
        title="What each indicator is",
        table="indicators",
        headings=(
            Heading("Indicator", 54),
            Heading("Code", 30),
            Heading("Unit", 24),
            Heading("Better", 12),
            Heading("Note", 60),
        ),
        rows=[
            (each.name, each.id, unit(each), each.better.value, each.note or NONE)
            for each in indicators
        ],
        lines=("This worksheet has one table. The code is the name in the CSV files.",),
    )


def _notes(told: Sequence[Note]) -> Sheet:
    return Sheet(
        name="Notes",
        title="How the figures are made",
        table="notes",
        headings=(Heading("About", 32), Heading("Note", 100)),
        rows=told,
        lines=("This worksheet has one table. Terms in brackets are those of statisticians.",),
    )


def _figures(content: Content, breakdown: str) -> Sheet:
    rows = [figure for figure in content.figures if figure.breakdown == breakdown]
    overall, title = breakdown == OVERALL, content.titles[breakdown]
    named = f"{title[0].lower()}{title[1:]}"
    residents = content.told.definition.role("connection") is not None
    only = residents and breakdown not in {OVERALL, CONNECTION}
    return Sheet(
        name=_sheet_name(title if overall else f"By {named}"),
        title=f"Figures for {named}" if overall else f"Figures by {named}",
        table=f"figures_{breakdown}",
        headings=(
            Heading("Indicator", 54),
            *(() if overall else (Heading(title, 30),)),
            Heading("Unit", 18),
            *NUMBERS,
            Heading("Symbols", 12),
            *(OF_EVERYBODY if overall else ()),
        ),
        rows=[
            (*_row(content, figure), *(_of_everybody(content, figure) if overall else ()))
            for figure in rows
        ],
        lines=(ON_COVER, *((ONLY_RESIDENTS,) if only else ()), how_made(rows)),
    )


def _row(content: Content, figure: StoredFigure) -> tuple[Cell, ...]:
    indicator, made = content.by_id.get(figure.indicator), figure.estimate
    shown: tuple[float | int | None, ...] = (
        made.value,
        made.lower,
        made.upper,
        made.base,
        made.standard_error,
        made.effective_base,
        made.design_effect,
    )
    percentage = is_percentage(indicator)
    cells = [
        figure_cell(number, made, percentage=percentage and place in {0, 1, 2, 4})
        for place, number in enumerate(shown)
    ]
    group = () if figure.breakdown == OVERALL else (figure.label,)
    name = content.name(figure.indicator)
    return (name, *group, unit(indicator), *cells, symbols_cell(made))


def _of_everybody(content: Content, figure: StoredFigure) -> tuple[Cell, ...]:
    """Who did not answer, and the figure in words that can stand alone."""
    made, indicator = figure.estimate, content.by_id.get(figure.indicator)
    without = content.run.unanswered.get(figure.indicator)
    said = sentence(indicator, made, content.told.whom(figure, alone=True)) if indicator else NONE
    if without is None:
        symbol = EMPTY if made.empty else HIDDEN
        return symbol, symbol, symbol, said
    return without.asked, *map(WholePercent, (without.dont_know, without.missing)), said


def _sheet_name(title: str) -> str:
    """A name that spreadsheets take: at most 31 characters, none of them special."""
    return re.sub(r"[^\w \-]", "", title)[:31].strip()
