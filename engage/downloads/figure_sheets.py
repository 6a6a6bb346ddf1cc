"""Stored figures as the sheets of a workbook and as the rows of a tidy CSV."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from engage.core.cleaning.words import FLAGS, REMOVES
from engage.core.definition.model import Definition
from engage.core.export.csv_file import Cell as CsvCell
from engage.core.export.workbook import Cell, Heading, Percent, Sheet
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW, Estimate
from engage.downloads.figure_words import ONLY_RESIDENTS, how_made, notes
from engage.figures.store import StoredFigure, StoredRun
from engage.figures.weighting import Line
from engage.figures.words import CONNECTION, FEW_HIDDEN, OVERALL, breakdown_titles

NOT_APPLICABLE = "[z]"
SYMBOLS = (
    (HIDDEN, "Hidden, to keep the people who answered private"),
    (LOW, "Low: only 30 to 99 people answered, so this figure needs care"),
    (EMPTY, "Not available: nobody answered"),
    (NOT_APPLICABLE, "Not applicable"),
    ("exact", "0% or 100%: the interval is made in another way, see the sheet Notes"),
)
COVER = (
    (
        "People chose to answer this survey, so they are not a random sample. The intervals allow "
        "for chance only."
    ),
    (
        "Figures are not rounded; only the format of the cells rounds what is shown. Compute "
        "differences from the cells."
    ),
    "Symbols:",
    *(f"{symbol} {said}" for symbol, said in SYMBOLS),
)
SYMBOLS_ON_COVER = "This worksheet has one table. The symbols are explained on the cover."
NUMBERS = (
    Heading("Estimate (percent or mean score)", 14),
    Heading("Lower limit of the 95% interval", 14),
    Heading("Upper limit of the 95% interval", 14),
    Heading("People who answered (number)", 12),
    Heading("Standard error (of a proportion or score)", 14),
    Heading("Effective base (number)", 12),
    Heading("Design effect", 12),
)


def tidy_rows(wave: str, figures: Sequence[StoredFigure]) -> Iterator[tuple[CsvCell, ...]]:
    """The figures as rows of `engage.core.statistics.estimate.TIDY_COLUMNS`."""
    for figure in figures:
        made = figure.estimate
        yield (
            wave,
            figure.indicator,
            figure.breakdown,
            figure.group,
            figure.estimator,
            figure.method,
            made.value,
            made.standard_error,
            made.lower,
            made.upper,
            made.base,
            made.effective_base,
            made.design_effect,
            made.flag,
        )


def sheets(
    definition: Definition,
    indicators: Sequence[Indicator],
    run: StoredRun,
    figures: Sequence[StoredFigure],
) -> list[Sheet]:
    """What the indicators are, how many responses are behind them, then a sheet a breakdown."""
    by_id = {indicator.id: indicator for indicator in indicators}
    titles = breakdown_titles(definition, dict.fromkeys(each.breakdown for each in figures))
    told = notes(run.weighting, {figure.method for figure in figures})
    made = [_indicators(indicators), _responses(run), _notes(told)]
    if run.weighting.lines:
        made.append(_weighting(run.weighting.lines))
    residents = definition.role("connection") is not None
    for breakdown, title in titles.items():
        rows = [figure for figure in figures if figure.breakdown == breakdown]
        only = residents and breakdown not in {OVERALL, CONNECTION}
        lines = (SYMBOLS_ON_COVER, *((ONLY_RESIDENTS,) if only else ()), how_made(rows))
        made.append(_figures(breakdown, title, by_id, rows, lines))
    return made


def _indicators(indicators: Sequence[Indicator]) -> Sheet:
    return Sheet(
        name="Indicators",
        title="What each indicator is",
        table="indicators",
        headings=(
            Heading("Indicator", 54),
            Heading("Code", 24),
            Heading("Unit", 24),
            Heading("Better", 12),
            Heading("Note", 60),
        ),
        rows=[
            (each.name, each.id, _unit(each), each.better.value, each.note or "None")
            for each in indicators
        ],
        lines=("This worksheet has one table. The code is the name in the CSV file.",),
    )


def _responses(run: StoredRun) -> Sheet:
    flow = run.flow
    removed = [
        (f"Removed: {REMOVES[rule].label}", count, REMOVES[rule].reason)
        for rule, count in flow.removed.items()
    ]
    flagged = [
        (f"Marked, but used: {FLAGS[rule].label}", count, FLAGS[rule].reason)
        for rule, count in flow.flagged.items()
    ]
    cleared = [
        (f"Used without some answers: {REMOVES[rule].label}", count, REMOVES[rule].reason)
        for rule, count in flow.cleared.items()
    ]
    return Sheet(
        name="Responses",
        title="How many responses came and how many are used",
        table="responses",
        headings=(Heading("Step", 44), Heading("Responses (number)", 14), Heading("Why", 80)),
        rows=[
            ("Received", flow.received, "Everything that was sent"),
            *removed,
            ("Used", flow.used, "Received less removed"),
            *flagged,
            *cleared,
        ],
        lines=("This worksheet has one table.",),
    )


def _notes(told: Sequence[tuple[str, str]]) -> Sheet:
    return Sheet(
        name="Notes",
        title="How the figures are made",
        table="notes",
        headings=(Heading("About", 32), Heading("Note", 100)),
        rows=told,
        lines=("This worksheet has one table. Terms in brackets are those of statisticians.",),
    )


def _weighting(lines: Sequence[Line]) -> Sheet:
    return Sheet(
        name="Weighting",
        title="Whom the answers stand for",
        table="weighting",
        headings=(
            Heading("Weighted by", 24),
            Heading("Group", 44),
            Heading("People who answered (number)", 14),
            Heading("Residents they stand for without weights (number)", 16),
            Heading("Residents they stand for with weights (number)", 16),
        ),
        rows=[
            (
                line.margin,
                line.group,
                *map(_count, (line.people, line.before, line.residents)),
            )
            for line in lines
        ],
        lines=(
            "This worksheet has one table. The sheet Notes says how the weights are made.",
            FEW_HIDDEN,
        ),
    )


def _count(number: float | None) -> Cell:
    return HIDDEN if number is None else round(number)


def _figures(
    breakdown: str,
    title: str,
    indicators: Mapping[str, Indicator],
    rows: Sequence[StoredFigure],
    lines: tuple[str, ...],
) -> Sheet:
    overall = breakdown == OVERALL
    named = f"{title[0].lower()}{title[1:]}"
    first = (Heading("Indicator", 54), *(() if overall else (Heading(title, 30),)))
    return Sheet(
        name=_sheet_name(title if overall else f"By {named}"),
        title=f"Figures for {named}" if overall else f"Figures by {named}",
        table=f"figures_{breakdown}",
        headings=(*first, Heading("Unit", 18), *NUMBERS, Heading("Symbols", 12)),
        rows=[_row(figure, indicators.get(figure.indicator), named=not overall) for figure in rows],
        lines=lines,
    )


def _row(figure: StoredFigure, indicator: Indicator | None, *, named: bool) -> tuple[Cell, ...]:
    made = figure.estimate
    shown: tuple[float | int | None, ...] = (
        made.value,
        made.lower,
        made.upper,
        made.base,
        made.standard_error,
        made.effective_base,
        made.design_effect,
    )
    percentage = indicator is None or indicator.kind.is_percentage
    cells = [
        _cell(number, made, percentage=percentage and place in {0, 1, 2, 4})
        for place, number in enumerate(shown)
    ]
    about = (indicator.name if indicator else figure.indicator, *((figure.label,) if named else ()))
    return (*about, _unit(indicator) if indicator else "Percent", *cells, made.flag or "None")


def _cell(number: float | None, made: Estimate, *, percentage: bool) -> Cell:
    if number is None or math.isnan(number):
        if made.hidden:
            return HIDDEN
        return EMPTY if made.empty else NOT_APPLICABLE
    return Percent(number) if percentage else number


def _unit(indicator: Indicator) -> str:
    if indicator.kind.is_share:
        return "Percent of people"
    if indicator.kind is Kind.MEAN_OF_PROPORTIONS:
        return "Mean of percentages"
    return "Mean score"


def _sheet_name(title: str) -> str:
    """A name that spreadsheets take: at most 31 characters, none of them special."""
    return re.sub(r"[^\w \-]", "", title)[:31].strip()
