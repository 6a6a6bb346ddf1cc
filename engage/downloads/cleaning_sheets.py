"""How the answers were cleaned and what that did to the figures, as sheets of a workbook."""

from collections.abc import Mapping

from engage.core.cleaning.steps import steps, versions
from engage.core.export.cells import Cell
from engage.core.export.sheets import Heading, Sheet
from engage.core.indicators.model import Indicator
from engage.core.statistics.estimate import EMPTY, HIDDEN
from engage.core.words.tens import count
from engage.downloads.cells import (
    NONE,
    NOT_APPLICABLE,
    ON_COVER,
    figure_cell,
    is_percentage,
    moved_cell,
    unit,
)
from engage.figures.moved import UNSAID, Moved, Unsaid
from engage.figures.store import StoredRun

SYMBOL: dict[str, str] = {Unsaid.HIDDEN: HIDDEN, Unsaid.ROUNDED: HIDDEN, Unsaid.NOBODY: EMPTY}
IN_POINTS = "In whole points: the rest would tell what a few people said."


def responses(run: StoredRun, *, invited: bool = False) -> Sheet:
    """How many responses came and are used, under the rules of the figures and older ones.

    Of a survey for the `invited` it is told in tens only.
    """
    used, *older = versions(run.flow, run.past_flows)
    return Sheet(
        name="Responses",
        title="How many responses came and how many are used",
        table="responses",
        headings=(
            Heading("Step", 54),
            Heading(f"Rules {used.rules}, which the figures follow (responses)", 18),
            *(Heading(f"Rules {flow.rules} (responses)", 14) for flow in older),
            Heading("Why", 80),
        ),
        rows=[
            (
                step.name,
                *(_counted(number, invited=invited) for number in step.counts),
                step.reason,
            )
            for step in steps([used, *older])
        ],
        lines=(
            (
                f"This worksheet has one table. {NOT_APPLICABLE} stands for a rule that this "
                "version does not have, or that had nothing to go by."
            ),
        ),
    )


def _counted(number: int | None, *, invited: bool) -> Cell:
    if number is None:
        return NOT_APPLICABLE
    return count(number, invited=True) if invited else number


def cleaning(run: StoredRun, indicators: Mapping[str, Indicator]) -> Sheet | None:
    """The leading figures with and without what cleaning took out; None without any."""
    rows = [
        _moved(each, indicators[each.indicator])
        for each in run.sensitivity
        if each.indicator in indicators
    ]
    if not rows:
        return None
    return Sheet(
        name="Cleaning",
        title="What cleaning did to the leading figures",
        table="cleaning",
        headings=(
            Heading("Figure", 54),
            Heading("Code", 30),
            Heading("Unit", 20),
            Heading("From the answers used (percent or mean score)", 18),
            Heading("From all that came (percent or mean score)", 18),
            Heading("Moved by (percentage points, or points of a score)", 18),
            Heading("Note", 60),
        ),
        rows=rows,
        lines=(
            ON_COVER,
            "Both are weighted in the same way. How many were removed is on the sheet Responses.",
        ),
    )


def _moved(moved: Moved, indicator: Indicator) -> tuple[Cell, ...]:
    percentage = is_percentage(indicator)
    symbol = SYMBOL.get(moved.reason, NOT_APPLICABLE)
    figures = (
        symbol if number is None else figure_cell(number, None, percentage=percentage)
        for number in (moved.used, moved.received)
    )
    gap = moved.difference
    return (
        moved.title,
        moved.indicator,
        unit(indicator),
        *figures,
        symbol if gap is None else moved_cell(gap, indicator, None),
        IN_POINTS if moved.reason == Unsaid.ROUNDED else UNSAID.get(moved.reason, NONE),
    )
