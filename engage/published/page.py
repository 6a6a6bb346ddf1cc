"""The page of an edition, laid out before the template: the same for the preview and the public."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from engage.areas.outlines import WardOutline
from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW
from engage.published.about import About, Named
from engage.published.blocks import Block, by_every, by_one, overall, said_of
from engage.published.figure import Figure
from engage.published.store import ALL, OVERALL, WARD
from engage.published.wards import map_of

MOST_CHARTS = 12
"""On one page: each brings a row for every group, and a page of all would weigh a megabyte."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that leads, or stands alone: its name, and what is said of it.

    `aimed` is whether it is held to a target.
    """

    anchor: str
    title: str
    said: Sequence[str]
    href: str
    indicator: str
    aimed: bool


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks to see: everybody, one breakdown, or one indicator by every group.

    `hidden` of the `number` of figures of the edition are not shown, `marks` explains the marks.
    `others` are indicators that have no chart here, each with the address of one. `mapped` says
    that the page of each figure by ward has a map.
    """

    title: str
    by: str
    figure: str
    blocks: Sequence[Block]
    findings: Sequence[Shown]
    hidden: int
    number: int
    others: Sequence[tuple[str, str]]
    marks: Sequence[tuple[str, str]]
    mapped: bool = False


def view(
    about: About,
    figures: Sequence[Figure],
    *,
    by: str = "",
    figure: str = "",
    outlines: Sequence[WardOutline] = (),
) -> View | None:
    """The page that an address asks for; none where there is no such breakdown or indicator."""
    by = by or ("" if figure else OVERALL if OVERALL in about.breakdowns else "")
    if not by and not figure:
        by = next(iter(about.breakdowns), "")
    indicator = about.indicator(figure)
    if (figure and indicator is None) or (by and by not in about.breakdowns):
        return None
    if indicator is not None:
        left: Sequence[Named] = ()
        blocks = by_every(about, indicator, figures, by)
        drawn = map_of(indicator, figures, outlines) if by in {"", WARD} else None
        place = [each.anchor for each in blocks].index(f"by-{WARD}") if drawn else 0
        blocks = [*blocks[:place], *([drawn] if drawn else []), *blocks[place:]]
        title = indicator.name
    else:
        led = about.indicators if by == OVERALL else _leading(about)
        left = [each for each in about.indicators if each not in led]
        blocks = (
            overall(about, figures)
            if by == OVERALL
            else by_one(led, figures, by, about.breakdowns[by])
        )
        title = about.breakdowns[by]
    findings = [] if figure or by != OVERALL else _findings(about, figures)
    return View(
        title=title,
        by=by,
        figure=figure,
        blocks=blocks,
        findings=findings,
        number=len(figures),
        others=[(each.name, f"?figure={each.id}&by={by}#results") for each in left],
        hidden=sum(each.estimate.hidden for each in figures),
        marks=_marks(figures),
        mapped=bool(outlines) and by == WARD and not figure,
    )


def _leading(about: About) -> Sequence[Named]:
    """The indicators with a chart on the page of one breakdown: all, or of many the headlines."""
    if len(about.indicators) <= MOST_CHARTS:
        return about.indicators
    leading = [key[0] for key in about.headlines]
    found = [each for each in about.indicators if each.id in leading]
    return found or about.indicators[:MOST_CHARTS]


def _findings(about: About, figures: Sequence[Figure]) -> list[Shown]:
    there = {each.key: each for each in figures}
    titles = dict(zip(about.headlines, about.titles, strict=False))
    keys = [key for key in about.headlines if key in there]
    keys = keys or [each.key for each in figures if each.breakdown == OVERALL][:5]
    made = []
    for key in keys:
        indicator = about.indicator(key[0])
        if indicator is not None and not there[key].estimate.hidden:
            label = "" if key[2] == ALL else f": {there[key].label}"
            named = titles.get(key) or indicator.name + label
            href = f"?figure={indicator.id}#results"
            said = said_of(indicator, there[key])
            anchor = f"finding-{indicator.id}"
            aimed = bool(there[key].targets)
            made.append(Shown(anchor, named, said, href, indicator.id, aimed))
    return made


def _marks(figures: Sequence[Figure]) -> list[tuple[str, str]]:
    flags = " ".join(each.estimate.flag for each in figures)
    meant = (
        (HIDDEN, _("Not shown, so that nobody can be recognised.")),
        (LOW, _("Fewer than 100 people answered. Read it with care.")),
        (EMPTY, _("Nobody answered.")),
    )
    return [(mark, says) for mark, says in meant if mark in flags]
