"""The page of an edition, laid out before the template: the same for the preview and the public."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW
from engage.published.about import About
from engage.published.blocks import Block, by_every, by_one, overall, said_of
from engage.published.figure import Figure
from engage.published.store import ALL, OVERALL


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that leads, or stands alone: its name, and what is said of it."""

    anchor: str
    title: str
    said: Sequence[str]
    href: str


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks to see: everybody, one breakdown, or one indicator by every group.

    `hidden` is how many of the figures of the edition are not shown, `marks` explains the marks.
    """

    title: str
    by: str
    figure: str
    blocks: Sequence[Block]
    findings: Sequence[Shown]
    hidden: int
    marks: Sequence[tuple[str, str]]


def view(about: About, figures: Sequence[Figure], *, by: str = "", figure: str = "") -> View | None:
    """The page that an address asks for; none where there is no such breakdown or indicator."""
    by = by or ("" if figure else OVERALL if OVERALL in about.breakdowns else "")
    if not by and not figure:
        by = next(iter(about.breakdowns), "")
    indicator = about.indicator(figure)
    if (figure and indicator is None) or (by and by not in about.breakdowns):
        return None
    if indicator is not None:
        blocks = by_every(about, indicator, figures)
        title = indicator.name
    else:
        blocks = overall(about, figures) if by == OVERALL else by_one(about, figures, by)
        title = about.breakdowns[by]
    findings = [] if figure or by != OVERALL else _findings(about, figures)
    return View(
        title=title,
        by=by,
        figure=figure,
        blocks=blocks,
        findings=findings,
        hidden=sum(each.estimate.hidden for each in figures),
        marks=_marks(figures),
    )


def _findings(about: About, figures: Sequence[Figure]) -> list[Shown]:
    there = {each.key: each for each in figures}
    keys = [key for key in about.headlines if key in there]
    keys = keys or [each.key for each in figures if each.breakdown == OVERALL][:5]
    made = []
    for key in keys:
        indicator = about.indicator(key[0])
        if indicator is not None and not there[key].estimate.hidden:
            label = "" if key[2] == ALL else f": {there[key].label}"
            href = f"?figure={indicator.id}#results"
            said = said_of(indicator, there[key])
            made.append(Shown(f"finding-{indicator.id}", indicator.name + label, said, href))
    return made


def _marks(figures: Sequence[Figure]) -> list[tuple[str, str]]:
    flags = " ".join(each.estimate.flag for each in figures)
    meant = (
        (HIDDEN, _("Not shown, so that nobody can be recognised.")),
        (LOW, _("Fewer than 100 people answered. Read it with care.")),
        (EMPTY, _("Nobody answered.")),
    )
    return [(mark, says) for mark, says in meant if mark in flags]
