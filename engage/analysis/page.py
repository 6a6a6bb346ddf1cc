"""What the analyst's page of a wave shows: everything read and worded before the template."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engage.analysis.bars import Bar, bar, key_of, unit_of
from engage.analysis.words import DIRECTION
from engage.core.charts import sentences
from engage.core.charts.ward_map import Shape
from engage.core.indicators.model import Indicator
from engage.figures.charted import bar_row, unit_of as unit_in_charts
from engage.figures.store import StoredFigure, StoredRun, figures_of
from engage.figures.words import OVERALL

WARD = "ward"
NO_GROUP = "Too few people answered to show it for any group."


@dataclass(frozen=True, slots=True)
class Block:
    """Bars under one heading, in one unit."""

    title: str
    bars: Sequence[Bar]
    notes: Sequence[str] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tables:
    """The blocks of one view, and the marks that occur in them with their meaning."""

    title: str
    blocks: Sequence[Block]
    key: Sequence[tuple[str, str]]


def overall(
    session: Session, run: StoredRun, indicators: Sequence[Indicator], title: str
) -> Tables:
    """Every indicator for everybody: percentages first, then scores."""
    by_id = {each.indicator: each for each in figures_of(session, run.id, [OVERALL])}
    blocks: dict[str, list[Bar]] = {}
    for indicator in indicators:
        if found := by_id.get(indicator.id):
            made = bar(indicator.name, indicator, found.estimate, f"?figure={indicator.id}")
            blocks.setdefault(unit_of(indicator), []).append(made)
    return _tables(title, [Block(unit, bars) for unit, bars in blocks.items()])


def by_breakdown(
    session: Session, run: StoredRun, indicators: Sequence[Indicator], name: str, title: str
) -> Tables:
    """Every indicator by the groups of one breakdown."""
    rows = figures_of(session, run.id, [name])
    blocks = [
        _block(indicator, [each for each in rows if each.indicator == indicator.id])
        for indicator in indicators
    ]
    return _tables(f"By {title[0].lower()}{title[1:]}", blocks)


def of_indicator(
    session: Session, run: StoredRun, indicator: Indicator, titles: dict[str, str]
) -> Tables:
    """One indicator by these breakdowns."""
    rows = figures_of(session, run.id, indicator=indicator.id)
    blocks = [
        Block(title, _groups(indicator, [each for each in rows if each.breakdown == name]))
        for name, title in titles.items()
    ]
    return _tables(indicator.name, blocks)


def across(
    session: Session, run: StoredRun, indicator: Indicator, name: str, title: str
) -> list[str]:
    """What one indicator shows by the groups of one breakdown, so that chance makes no order."""
    rows = figures_of(session, run.id, [name], indicator=indicator.id)
    bars = [bar_row(each.label, indicator, each.estimate) for each in rows]
    unit = unit_in_charts(indicator)
    if name == WARD:
        wards = [Shape(each.label, each.label, "", each.value, shown=each.shown) for each in bars]
        return [sentences.of_wards(wards, unit=unit, what=indicator.name)]
    what = f"{indicator.name}, by {title[0].lower()}{title[1:]}"
    return [sentences.of_bars(bars, unit=unit, what=what)] if len(bars) > 1 else []


def about(indicator: Indicator) -> list[str]:
    """What a reader should know about one indicator."""
    question = f"We asked: {indicator.question}" if indicator.question else ""
    told = [question, f"{unit_of(indicator)}. {DIRECTION[indicator.better]}", indicator.note]
    return [each for each in told if each]


def _block(indicator: Indicator, rows: Sequence[StoredFigure]) -> Block:
    """One indicator by group, or that there is no group of which it can be told."""
    href = f"?figure={indicator.id}"
    if rows and all(each.estimate.hidden or each.estimate.empty for each in rows):
        return Block(indicator.name, [], [NO_GROUP], href)
    return Block(indicator.name, _groups(indicator, rows), [f"{unit_of(indicator)}."], href)


def _groups(indicator: Indicator, rows: Sequence[StoredFigure]) -> list[Bar]:
    return [bar(each.label, indicator, each.estimate) for each in rows]


def _tables(title: str, blocks: Sequence[Block]) -> Tables:
    filled = [block for block in blocks if block.bars or block.notes]
    return Tables(title, filled, key_of([each for block in filled for each in block.bars]))
