"""The charts of a page of results, each with its table and what is said of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from engage.core.charts import table as tables
from engage.core.charts.bars import BarRow, bars
from engage.core.charts.table import Table
from engage.core.charts.units import Unit
from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW
from engage.published import words
from engage.published.about import About, Named
from engage.published.figure import Figure
from engage.published.store import OVERALL

MOST_BARS = 15
"""In one picture: more are a drawing that no page of paper and no screen holds."""


@dataclass(frozen=True, slots=True)
class Block:
    """A chart with its table under one heading; `said` are sentences above it.

    `indicator` is the id of the one that it is about, empty where there are several. `aimed` says
    that a figure in the sentences is held to a target.
    """

    anchor: str
    title: str
    said: Sequence[str]
    svg: str
    table: Table
    href: str = ""
    indicator: str = ""
    aimed: bool = False


def said_of(indicator: Named, figure: Figure) -> list[str]:
    """All that is said of one figure: how many, what changed, its targets."""
    told = words.found(indicator, figure.estimate)
    if figure.change is not None:
        told.append(words.changed(indicator, figure.change, figure.estimate))
    return told + [words.held(indicator, each, figure.estimate) for each in figure.targets]


def overall(about: About, figures: Sequence[Figure]) -> list[Block]:
    """Everybody: charts of percentages, then of each scale of scores, none of them too tall."""
    scales: dict[tuple[str, float, float], list[tuple[Named, Figure]]] = {}
    for each in figures:
        indicator = about.indicator(each.indicator)
        if each.breakdown == OVERALL and indicator is not None:
            scale = (indicator.unit, indicator.low, indicator.high)
            scales.setdefault(scale, []).append((indicator, each))
    blocks: list[Block] = []
    for (unit, low, high), rows in scales.items():
        scale_named = _(
            "Scores from %(low)s to %(high)s", low=words.plain(low), high=words.plain(high)
        )
        title = _("Percent of people") if unit == "percent" else scale_named
        drawn = [bar(indicator, each, indicator.name) for indicator, each in rows]
        for part, some in _parts(title, drawn):
            anchor = f"figures-{len(blocks) + 1}"
            blocks.append(_block(anchor, part, [], some, indicator=rows[0][0]))
    return blocks


def _parts(title: str, rows: Sequence[BarRow]) -> list[tuple[str, Sequence[BarRow]]]:
    """Bars in pictures of about as many each, and what each of them is called."""
    if len(rows) <= MOST_BARS:
        return [(title, rows)]
    most = math.ceil(len(rows) / math.ceil(len(rows) / MOST_BARS))
    made = []
    for first in range(0, len(rows), most):
        last = min(first + most, len(rows))
        ends = {"first": first + 1, "last": last, "number": len(rows)}
        named = _("%(title)s: %(first)s to %(last)s of %(number)s", title=title, **ends)
        made.append((named, rows[first:last]))
    return made


def by_one(
    indicators: Sequence[Named], figures: Sequence[Figure], by: str, title: str
) -> list[Block]:
    """Each of these indicators by the groups of one breakdown, whose title it is."""
    blocks = []
    for indicator in indicators:
        rows = [each for each in figures if (each.indicator, each.breakdown) == (indicator.id, by)]
        if rows:
            drawn = [bar(indicator, each, each.label) for each in rows]
            href = f"?figure={indicator.id}&by={by}#results"
            anchor = f"figure-{indicator.id}"
            made = _pictures(
                anchor, indicator.name, drawn, f"{indicator.name}: {title}", indicator, href=href
            )
            blocks += [replace(made[0], said=_about(indicator), indicator=indicator.id), *made[1:]]
    return blocks


def by_every(
    about: About, indicator: Named, figures: Sequence[Figure], only: str = ""
) -> list[Block]:
    """One indicator by every breakdown, or one, that of everybody with what is said of it."""
    blocks: list[Block] = []
    for name, title in about.breakdowns.items():
        rows = [
            each for each in figures if (each.indicator, each.breakdown) == (indicator.id, name)
        ]
        if rows and only in {"", name}:
            drawn = [bar(indicator, each, each.label) for each in rows]
            said = said_of(indicator, rows[0]) if name == OVERALL else []
            if not blocks:
                said = [*_about(indicator), *said]
            drawing, anchor = f"{indicator.name}: {title}", f"by-{name}"
            made = _pictures(anchor, title, drawn, drawing, indicator)
            aimed = name == OVERALL and bool(rows[0].targets)
            blocks += [replace(made[0], said=said, aimed=aimed), *made[1:]]
    return blocks


def _pictures(
    anchor: str,
    title: str,
    rows: Sequence[BarRow],
    drawing: str,
    indicator: Named,
    *,
    href: str = "",
) -> list[Block]:
    """One indicator by the groups of a breakdown: a picture, or several where there are many."""
    return [
        _block(
            anchor if number == 1 else f"{anchor}-{number}",
            part,
            [],
            some,
            indicator=indicator,
            href=href,
            drawing=called,
        )
        for number, ((part, some), (called, _rows)) in enumerate(
            zip(_parts(title, rows), _parts(drawing, rows), strict=True), start=1
        )
    ]


def _about(indicator: Named) -> list[str]:
    asked = _("We asked: %(question)s", question=indicator.question) if indicator.question else ""
    return [each for each in (asked, words.better(indicator)) if each]


def bar(indicator: Named, figure: Figure, label: str) -> BarRow:
    """A figure as charts and their tables show it."""
    made = figure.estimate
    if made.hidden or made.empty:
        return BarRow(label, None, mark=HIDDEN if made.hidden else EMPTY)
    spread = made.lower == made.lower
    return BarRow(
        label=label,
        value=made.value,
        low=made.lower if spread else None,
        high=made.upper if spread else None,
        mark=LOW if made.low else "",
        shown=words.shown(indicator, made),
    )


def _block(
    anchor: str,
    title: str,
    said: Sequence[str],
    rows: Sequence[BarRow],
    *,
    indicator: Named,
    href: str = "",
    drawing: str = "",
) -> Block:
    unit: Unit = "percent" if indicator.unit == "percent" else "score"
    most = None if unit == "percent" else indicator.high
    least = 0.0 if unit == "percent" else indicator.low
    svg = bars(
        rows, title=drawing or title, unit=unit, most=most, least=least, words=words.of_charts()
    )
    heads = (_("Group"), _("Figure"), _("Range that chance allows"))
    table = tables.of_bars(rows, caption=title, unit=unit, columns=heads, words=words.of_charts())
    return Block(anchor, title, said, svg, table, href)
