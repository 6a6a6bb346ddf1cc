"""What changed since the wave before, and what of the targets is met, as sheets of a workbook."""

import math
from collections.abc import Iterator

from engage.core.export.cells import Cell, Chance
from engage.core.export.sheets import Heading, Sheet
from engage.core.indicators.model import Better, Indicator, Key
from engage.core.words.change import is_clear
from engage.core.words.figure import capital
from engage.core.words.target import aim_words, target_words
from engage.downloads.cells import (
    NONE,
    NOT_APPLICABLE,
    ON_COVER,
    figure_cell,
    is_percentage,
    moved_cell,
    plain_cell,
    size_cell,
    unit,
)
from engage.downloads.content import Content
from engage.figures.comparisons.store import StoredChange, StoredVerdict
from engage.figures.sentences import BEFORE_ROUNDING, prints_alike

CLEAR = (
    "A change is clear if its p-value, adjusted for all tests of its family, is below 0.05 and "
    "its interval does not hold 0."
)
NOT_NOTHING = (
    "No clear change does not mean that nothing changed. It means that these answers cannot tell."
)
NOT_GIVEN = "Not given"
WHICH = (Heading("Indicator", 44), Heading("Breakdown", 24), Heading("Group", 26))
MEASURE = "percentage points, or points of a score"
REACH = Heading(f"Smallest change that the next wave would show ({MEASURE})", 16)


def changes(content: Content) -> Sheet | None:
    """Every figure beside that of the wave before, its change and its test; None without one."""
    told = content.told
    if told.earlier is None:
        return None
    since = f"Each figure of {told.wave.name} less that of {told.earlier.name}."
    return Sheet(
        name="Changes",
        title=f"What changed since {told.earlier.name}",
        table="changes",
        headings=(
            *WHICH,
            Heading("Unit", 18),
            Heading(f"The wave before, {told.earlier.name} (percent or mean score)", 14),
            Heading(f"This wave, {told.wave.name} (percent or mean score)", 14),
            Heading(f"Change ({MEASURE})", 14),
            Heading("Lower limit of the 95% interval of the change", 14),
            Heading("Upper limit of the 95% interval of the change", 14),
            Heading("What that says", 20),
            Heading("p-value by itself", 13),
            Heading("p-value, adjusted", 13),
            Heading("Tests in its family (number)", 12),
            Heading(f"Standard error of the change ({MEASURE})", 14),
            REACH,
            Heading("Why there is no change", 40),
        ),
        rows=[_change(content, key, change) for key, change in told.changes.items()],
        lines=(ON_COVER, f"{since} {CLEAR}", f"{NOT_NOTHING} {content.among}".strip()),
    )


def targets(content: Content) -> Sheet | None:
    """Every target that counts for the wave, with what its figure says; None without any."""
    if not content.told.verdicts:
        return None
    return Sheet(
        name="Targets",
        title="What of the targets is met",
        table="targets",
        headings=(
            *WHICH,
            Heading("Unit", 18),
            Heading("Target", 20),
            Heading("Set for", 12),
            Heading("Set out in", 24),
            Heading("Estimate (percent or mean score)", 14),
            Heading(f"Estimate less target ({MEASURE})", 16),
            Heading("Lower limit of the 95% interval less target", 14),
            Heading("Upper limit of the 95% interval less target", 14),
            Heading("Verdict", 24),
            REACH,
            Heading("In words", 60),
        ),
        rows=[*_targets(content)],
        lines=(
            ON_COVER,
            (
                "A target is met or not met only if the whole 95% interval is on one side of it. "
                "In between, chance could decide: within sampling error."
            ),
        ),
    )


def _which(content: Content, row: StoredChange | StoredVerdict) -> tuple[str, str, str]:
    return content.name(row.indicator), content.titles[row.breakdown], row.label


def _change(content: Content, key: Key, change: StoredChange) -> tuple[Cell, ...]:
    indicator, why = content.by_id.get(change.indicator), change.reason
    percentage = is_percentage(indicator)
    figures = (
        figure_cell(made.value if made else None, made, percentage=percentage)
        for made in (content.told.before.get(key), content.estimate(key))
    )
    return (
        *_which(content, change),
        unit(indicator),
        *figures,
        *(moved_cell(each, indicator, why) for each in (change.value, change.lower, change.upper)),
        _finding(change, indicator),
        *(plain_cell(each, why, Chance) for each in (change.p, change.p_adjusted)),
        change.tests if not math.isnan(change.p_adjusted) else NOT_APPLICABLE,
        size_cell(change.standard_error, indicator, why),
        size_cell(change.detectable, indicator, why),
        change.says or NONE,
    )


def _finding(change: StoredChange, indicator: Indicator | None) -> str:
    """Up or down where that is clear, and whether that is better."""
    if change.reason or math.isnan(change.value):
        return "Not compared"
    if math.isnan(change.p_adjusted):
        return "Not tested: in each wave all answers were alike"
    if not is_clear(change):
        return "No clear change"
    up = change.value > 0
    told = "Up" if up else "Down"
    if indicator is None or indicator.better is Better.NEITHER:
        return told
    better = up is (indicator.better is Better.HIGHER)
    return f"{told}, which is {'better' if better else 'worse'}"


def _targets(content: Content) -> Iterator[tuple[Cell, ...]]:
    for key, held in content.told.verdicts.items():
        for verdict in held:
            yield _target(content, key, verdict)


def _target(content: Content, key: Key, verdict: StoredVerdict) -> tuple[Cell, ...]:
    indicator, made = content.by_id.get(key[0]), content.estimate(key)
    why, target = verdict.reason, verdict.target
    gaps = (verdict.distance, verdict.lower, verdict.upper)
    return (
        *_which(content, verdict),
        unit(indicator),
        capital(aim_words(indicator, target)) if indicator else target.value,
        target.year or NOT_GIVEN,
        target.source or NOT_GIVEN,
        figure_cell(made.value if made else None, made, percentage=is_percentage(indicator)),
        *(moved_cell(each, indicator, why) for each in gaps),
        _state(verdict),
        size_cell(verdict.detectable, indicator, why),
        _in_words(content, key, verdict),
    )


def _state(verdict: StoredVerdict) -> str:
    if verdict.verdict is None:
        return "Not looked at"
    return capital(f"{verdict.verdict}{' so far' if verdict.ahead else ''}")


def _in_words(content: Content, key: Key, verdict: StoredVerdict) -> str:
    indicator, figure = content.by_id.get(key[0]), content.told.figures.get(key)
    if indicator is None or figure is None:
        return verdict.says or NONE
    told = target_words(
        indicator,
        verdict.target,
        verdict.verdict,
        content.told.whom(figure),
        ahead=verdict.ahead,
        says=verdict.says,
    )
    return f"{told} {BEFORE_ROUNDING}" if prints_alike(indicator, verdict) else told
