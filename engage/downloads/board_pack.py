"""The data pack for a board: stored, suppressed figures of a wave as an accessible PDF (PDF/UA)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.core.charts import bars as charts
from engage.core.charts.bars import BarRow
from engage.core.charts.sentences import of_bars
from engage.core.charts.units import Unit
from engage.core.export.about import About
from engage.core.words.whom import listed
from engage.downloads.cells import NOT_APPLICABLE
from engage.downloads.content import Content
from engage.downloads.figure_files import content_of
from engage.downloads.kinds import PDF, FileKind
from engage.downloads.made import Made, NothingToMakeError, Wanted
from engage.downloads.pack_figures import Leading, leading, performance, ten_sentences
from engage.downloads.pack_people import answered, methods, suppressed
from engage.extensions import site_settings
from engage.figures.charted import bar_row, ends_of, interval, marks_in, shown_of, unit_of
from engage.figures.words import OVERALL
from engage.papers.pdf import PaperError, pdf
from engage.web.days import day
from engage.web.speaking import speaking

AREAS = ("area_group", "ward")
"""By which wards are put together in the pack: the first of these that the figures have."""

FEW, NARROW, WIDE = 5, 95, 110
"""Two charts of so few bars go on a page; how wide these and others are, in millimetres."""

Part = dict[str, Any]


def board_pack(session: Session, wanted: Wanted) -> list[Made]:
    """The pack of the newest figures; raises NothingToMakeError where there are none."""
    name, made, run_id = pack_of(session, wanted)
    return [Made(FileKind.BOARD_PACK, name, PDF, made, run_id)]


def pack_of(session: Session, wanted: Wanted) -> tuple[str, bytes, int]:
    """The name of the pack's file, the PDF, and the number of its run of figures."""
    content = content_of(session, wanted)
    about = wanted.about(content.run.made_at, interim=content.run.interim)
    return about.file_name("board-pack", "pdf"), pack_pdf(content, about), content.run.id


def pack_pdf(content: Content, about: About) -> bytes:
    """The pack as PDF: the same figures give the same bytes."""
    try:
        return pdf("board_pack", pack_data(content, about))
    except PaperError as error:
        raise NothingToMakeError(f"The board pack was not made: {error}") from error


def pack_data(content: Content, about: About) -> Part:
    """What the template asks for: words, charts with what they say, and tables."""
    figures = leading(content)
    made_on = day_of(content.run.made_at)
    wave = content.told.wave
    settings = site_settings()
    with speaking("en"):
        return {
            "title": f"{about.title} {about.wave}: board data pack",
            "survey": about.title,
            "wave": about.wave,
            "council": about.council or "This council",
            "colour": settings.council_colour,
            "year": made_on.year,
            "month": made_on.month,
            "day": made_on.day,
            "dated": day(made_on),
            "fielded": f"{day(wave.opens_on)} to {day(wave.closes_on)}",
            "warnings": _warnings(about),
            "sentences": ten_sentences(content, figures),
            "headlines": _headlines(figures),
            "performance": performance(content, figures),
            "earlier": content.told.earlier.name if content.told.earlier else "",
            "areas": _areas(content, figures),
            "answered": answered(content),
            "methods": methods(content),
            "suppressed": suppressed(content),
        }


def _warnings(about: About) -> list[str]:
    told = []
    if about.made_up:
        told.append("The answers of this wave are made up.")
    if about.interim:
        told.append("Interim: answers were still coming in, so these figures will change.")
    return told


def _headlines(figures: Sequence[Leading]) -> list[Part]:
    """A chart with its table for the leading figures of each scale."""
    scales: dict[tuple[Unit, float, float], list[Leading]] = {}
    for each in figures:
        scales.setdefault((unit_of(each.indicator), *ends_of(each.indicator)), []).append(each)
    parts = []
    for (unit, low, high), some in scales.items():
        scale = "percent" if unit == "percent" else f"scores from {low:g} to {high:g}"
        parts.append(_part(f"In {scale}", "What", some, of_bars_apart(some)))
    return parts


def of_bars_apart(some: Sequence[Leading]) -> str:
    """What is said of bars that are different things, which are not to be ranked."""
    hidden = [each.title for each in some if _bar(each).value is None]
    told = "Each bar is a figure of its own. The line at its end is the 95% interval."
    return f"{told} Not shown: {listed(hidden)}." if hidden else told


def _areas(content: Content, figures: Sequence[Leading]) -> list[Part]:
    """Each leading figure of everybody by group of wards: chart, sentence and table."""
    by = next((each for each in AREAS if each in content.titles), None)
    if by is None:
        return []
    parts = []
    for each in figures:
        if each.figure.breakdown != OVERALL:
            continue
        groups = [
            Leading(figure.label, each.indicator, figure)
            for figure in content.figures
            if (figure.indicator, figure.breakdown) == (each.indicator.id, by)
        ]
        if groups:
            head = content.titles[by]
            rows = [_bar(one) for one in groups]
            said = of_bars(rows, unit=unit_of(each.indicator), what=each.title)
            parts.append(_part(f"{each.title}, by {head.lower()}", head, groups, said))
    return sorted(parts, key=lambda part: not part["svg"])  # last, of which nothing can be shown


def _row(each: Leading) -> list[str]:
    """A row below a chart; where there is no figure its symbol stands in every cell."""
    estimate = each.figure.estimate
    shown = shown_of(each.indicator, estimate)
    if estimate.hidden or estimate.base is None:
        return [each.title, shown, shown, shown]
    limits = interval(each.indicator, estimate) or NOT_APPLICABLE
    return [each.title, shown, limits, f"{estimate.base:,}"]


def _bar(each: Leading) -> BarRow:
    return bar_row(each.title, each.indicator, each.figure.estimate)


def _part(title: str, head: str, some: Sequence[Leading], said: str) -> Part:
    """A chart of figures of one scale, what it shows, and the figures below it."""
    unit, (low, high) = unit_of(some[0].indicator), ends_of(some[0].indicator)
    rows = [_bar(each) for each in some]
    shown = any(row.value is not None for row in rows)
    drawn = "Percent" if unit == "percent" else f"Scores from {low:g} to {high:g}"
    return {
        "title": title,
        "says": said,
        "svg": charts.bars(
            rows, title=f"{drawn}, with 95% intervals", unit=unit, most=high, least=low
        )
        if shown
        else "",
        "width": NARROW if len(rows) <= FEW else WIDE,
        "alt": f"{title}. Bars: {charts.described(rows, unit)}.",
        "head": head,
        "rows": [_row(each) for each in some],
        "marks": [list(each) for each in marks_in(*(row.mark for row in rows))],
    }
