"""Making the comparisons of a run, from stored tables alone: answers are not looked at.

The tables are suppressed already and have all their digits, so a change tells nothing that the two
do not tell together, and waves whose answers were deleted long ago are compared like any other.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table, delete, insert
from sqlalchemy.orm import Session

from engage.core.indicators.changes import changes
from engage.core.indicators.goals import ALL, OVERALL, Goal, aims
from engage.core.indicators.model import Better, BreakKind, Indicator
from engage.core.indicators.series import Break, broken
from engage.core.indicators.verdicts import hold
from engage.extensions import table_of
from engage.figures.breakdowns import CONNECTION
from engage.figures.comparisons.models import FigureChange, FigureVerdict
from engage.figures.comparisons.rows import Row, change_row, verdict_row
from engage.figures.comparisons.waves import (
    hold_others_off,
    wave_after,
    wave_before,
    waves_with_figures,
)
from engage.figures.indicators import indicator_file_of, indicators_of
from engage.figures.models import FigureRun
from engage.figures.store import StoredFigure, StoredRun, figures_of, newest_run
from engage.targets.store import goals_of
from engage.waves.models import Wave
from engage.waves.published import definition_by_id

CHANGES, VERDICTS = table_of(FigureChange), table_of(FigureVerdict)
ANOTHER_SAMPLE = Break(
    BreakKind.MODE,
    "The people who answered were found in another way than those of the wave before.",
)
COPIES = {(CONNECTION, "resident"): (OVERALL, ALL)}
"""Residents are everybody under another name."""
Indicators = Mapping[str, Indicator]


def compare_run(session: Session, run: FigureRun) -> None:
    """Make the comparisons of a wave's new run, in the caller's transaction.

    Those of the wave after it are made anew too: it is compared with this one.
    """
    wave = session.get_one(Wave, run.wave_id)
    hold_others_off(session, wave.questionnaire)
    _compare(session, wave)
    after = wave_after(session, wave)
    if after is not None:
        _compare(session, after)


def compare_all(session: Session, questionnaire: str) -> int:
    """Make the comparisons of a questionnaire's newest runs anew, and say how many runs.

    For when targets changed. The caller commits.
    """
    hold_others_off(session, questionnaire)
    waves = waves_with_figures(session, questionnaire)
    for wave in waves:
        _compare(session, wave)
    return len(waves)


def _compare(session: Session, wave: Wave) -> None:
    """Put new comparisons of a wave's newest run in the place of the old.

    An earlier run that partners see is held to the targets of today too; its changes stay.
    """
    run, out = newest_run(session, wave.id), newest_run(session, wave.id, final=True)
    if run is None:
        return
    figures = figures_of(session, run.id)
    indicators = {each.id: each for each in indicators_of(wave.questionnaire)}
    _put(session, CHANGES, run, _changes(session, wave, run, figures, indicators))
    _put(session, VERDICTS, run, _verdicts(session, wave, figures, indicators))
    if out is not None and out.id != run.id:
        figures = figures_of(session, out.id)
        _put(session, VERDICTS, out, _verdicts(session, wave, figures, indicators))


def _put(session: Session, table: Table, run: StoredRun, rows: Sequence[Row]) -> None:
    session.execute(delete(table).where(table.c.run_id == run.id))
    numbered = [{"run_id": run.id, "position": position} | row for position, row in enumerate(rows)]
    if numbered:
        session.execute(insert(table), numbered)


def _changes(
    session: Session,
    wave: Wave,
    run: StoredRun,
    figures: Sequence[StoredFigure],
    indicators: Indicators,
) -> list[Row]:
    """The rows of what changed since the wave before; none without one."""
    earlier = wave_before(session, wave)
    before = newest_run(session, earlier.id) if earlier else None
    if earlier is None or before is None:
        return []
    connection = session.connection()
    was, now = (definition_by_id(connection, each.definition_id) for each in (before, run))
    breaks = {name: broken(indicator, was, now) for name, indicator in indicators.items()}
    if earlier.sample != wave.sample:
        breaks = {name: (*each, ANOTHER_SAMPLE) for name, each in breaks.items()}
    headlines = [each.key for each in indicator_file_of(wave.questionnaire).headlines]
    made = changes(
        figures_of(session, before.id),
        figures,
        breaks,
        headlines,
        alike=before.weighting.margins == run.weighting.margins,
        copies=COPIES,
    )
    return [
        change_row(each, figure.label, before.id)
        for figure, each in zip(figures, made, strict=True)
    ]


def _verdicts(
    session: Session, wave: Wave, figures: Sequence[StoredFigure], indicators: Indicators
) -> list[Row]:
    """The rows of the targets that count for a wave, in the order of its figures."""
    shown = {(each.indicator, each.breakdown, each.group): each for each in figures}
    order = {figure: place for place, figure in enumerate(shown)}
    counted = aims(_goals(session, wave.questionnaire, indicators), wave.opens_on)
    rows = []
    for aim in sorted(counted, key=lambda aim: order.get(aim.goal.figure, len(order))):
        figure, indicator = shown.get(aim.goal.figure), indicators.get(aim.goal.indicator)
        # Of an indicator that left its file nobody knows any more which way is better.
        known = figure.estimate if figure and indicator else None
        better = indicator.better if indicator else Better.NEITHER
        held = hold(aim.goal.target, known, better)
        rows.append(verdict_row(aim, held, figure.label if figure else aim.goal.group))
    return rows


def _goals(session: Session, questionnaire: str, indicators: Indicators) -> list[Goal]:
    """The targets on record; where one has none for everybody, that of its own file."""
    on_record = goals_of(session, questionnaire)
    taken = {goal.figure for goal in on_record}
    own = [Goal(each.id, each.target) for each in indicators.values() if each.target]
    return on_record + [goal for goal in own if goal.figure not in taken]
