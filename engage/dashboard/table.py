"""The performance table of a survey: last actual, this actual, change in words, target, status."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from engage.core.charts.spark import spark
from engage.core.definition.model import Definition
from engage.core.indicators.model import Indicator, IndicatorFile, Key, at_version
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.sampling import SampleType
from engage.core.statistics.target import Verdict
from engage.core.words.change import Between, change_words, is_clear
from engage.core.words.figure import capital
from engage.core.words.rounding import printed
from engage.core.words.target import aim_words
from engage.dashboard.series import Series, series_of
from engage.dashboard.stored import Stored, stored_of
from engage.figures.comparisons.store import StoredChange, StoredVerdict
from engage.figures.indicators import indicator_file_of
from engage.figures.store import StoredFigure
from engage.figures.words import OVERALL
from engage.waves.models import Wave
from engage.waves.published import definition_of

NONE = "–"


class Way(StrEnum):
    """Which way a figure went, where chance is no good explanation."""

    BETTER = "better"
    WORSE = "worse"
    CHANGED = "changed"
    UNCLEAR = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: `then` and `now` as printed, its change in words, its target and status.

    `size` is the change in the figure's unit (not a number without one), to sort by. `line` is an
    SVG of all waves. `position` is the figure's place in the file of indicators.
    """

    key: Key
    name: str
    leads: bool
    then: str
    now: str
    mark: str
    interval: str
    change: str
    way: Way
    size: float
    target: str
    status: str
    verdict: Verdict | None
    line: str
    position: int


@dataclass(frozen=True, slots=True)
class Performance:
    """The table of the newest wave with figures; `earlier` is the name of the wave before."""

    wave: Wave
    definition: Definition
    run_id: int
    interim: bool
    earlier: str
    rows: Sequence[Row]


def performance(
    session: Session, questionnaire: str, *, leading: bool, final: bool = False
) -> Performance | None:
    """The table of a survey, or with `leading` its headlines alone; None without any figures.

    With `final` it tells of no figures that were made while answers still came.
    """
    held = series_of(session, questionnaire, final=final)
    if held is None:
        return None
    wave = session.get_one(Wave, held.newest.wave_id)
    file = indicator_file_of(questionnaire)
    definition = definition_of(wave.definition)
    heads = {each.key: each.title for each in file.headlines}
    stored = stored_of(session, held, heads, leading=leading, final=final)
    rows = [
        _row(
            at_version(indicator, definition.version),
            stored,
            held,
            key,
            name=title,
            position=position,
            leads=key in heads,
        )
        for position, (key, title, indicator) in enumerate(_ordered(file, heads, stored.figures))
    ]
    before = held.before
    return Performance(
        wave, definition, held.newest.run_id, held.newest.interim, before.name if before else "",
        rows,
    )  # fmt: skip


def _ordered(
    file: IndicatorFile, heads: Mapping[Key, str], figures: Mapping[Key, StoredFigure]
) -> Iterable[tuple[Key, str, Indicator]]:
    """Headlines first, in the order of the file, then all else of everybody."""
    indicators = {each.id: each for each in file.indicators}
    for key, title in heads.items():
        if key in figures and key[0] in indicators:
            figure, name = figures[key], indicators[key[0]].name
            named = name if key[1] == OVERALL else f"{name}: {figure.label}"
            yield key, title or named, indicators[key[0]]
    for key in figures:
        if key not in heads and key[0] in indicators:
            yield key, indicators[key[0]].name, indicators[key[0]]


def _row(
    indicator: Indicator,
    stored: Stored,
    held: Series,
    key: Key,
    *,
    name: str,
    position: int,
    leads: bool,
) -> Row:
    estimate, then = stored.figures[key].estimate, stored.before.get(key)
    change, verdict = stored.changes.get(key), stored.verdicts.get(key)
    if estimate.hidden or (then and then.hidden):
        # A change of what is hidden says nothing, by whatever road it came to be stored.
        change = None
    return Row(
        key=key,
        name=name,
        leads=leads,
        then=_printed(indicator, then) if then else NONE,
        now=_printed(indicator, estimate),
        mark=estimate.flag if estimate.low else "",
        interval=_interval(indicator, estimate),
        change=_change(indicator, change, (then, estimate), held),
        way=_way(indicator, change),
        size=math.nan if change is None else change.value,
        target=_target(indicator, verdict),
        status=_status(verdict),
        verdict=verdict.verdict if verdict else None,
        line=spark(*held.line(key)),
        position=position,
    )


def _printed(indicator: Indicator, estimate: Estimate) -> str:
    if estimate.hidden or estimate.empty:
        return estimate.flag
    share = indicator.kind.is_percentage
    return printed(estimate.value, estimate.effective_base, percentage=share)


def _interval(indicator: Indicator, estimate: Estimate) -> str:
    if estimate.hidden or estimate.empty or math.isnan(estimate.lower + estimate.upper):
        return ""
    share, base = indicator.kind.is_percentage, estimate.effective_base
    low, high = (printed(each, base, percentage=share) for each in (estimate.lower, estimate.upper))
    return f"{low} to {high}"


def _change(
    indicator: Indicator,
    change: StoredChange | None,
    figures: tuple[Estimate | None, Estimate],
    held: Series,
) -> str:
    if change is None or figures[1].hidden:
        return NONE
    now = SampleType(held.newest.sample)
    asked = SampleType(held.before.sample) if held.before else now
    between = Between(change.before_wave, asked, now, *figures)
    return change_words(indicator, change, between, among=False)


def _way(indicator: Indicator, change: StoredChange | None) -> Way:
    if change is None or change.reason or not is_clear(change):
        return Way.UNCLEAR
    if indicator.better == "neither":
        return Way.CHANGED
    return Way.BETTER if (change.value > 0) is (indicator.better == "higher") else Way.WORSE


def _target(indicator: Indicator, verdict: StoredVerdict | None) -> str:
    if verdict is None:
        return NONE
    year = f" in {verdict.target.year}" if verdict.target.year else ""
    return f"{capital(aim_words(indicator, verdict.target))}{year}"


def _status(verdict: StoredVerdict | None) -> str:
    if verdict is None:
        return "No target"
    if verdict.verdict is None:
        return verdict.says
    return f"{capital(verdict.verdict)}{' so far' if verdict.ahead else ''}"
