"""Targets on record: reading them, and putting those of a survey in the place of the old ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from engage.core.indicators.goals import Goal
from engage.core.statistics.target import Operator, Target
from engage.targets.models import IndicatorTarget

Source = Session | scoped_session[Any]


@dataclass(frozen=True, slots=True)
class Replaced:
    """What putting targets in the place of others did, as numbers of targets."""

    added: int
    changed: int
    gone: int
    same: int

    @property
    def on_record(self) -> int:
        """How many the survey has now."""
        return self.added + self.changed + self.same


def all_targets(session: Source) -> list[IndicatorTarget]:
    """Every target: those of one survey, indicator and group together, by year."""
    row = IndicatorTarget
    order = (row.questionnaire, row.indicator, row.breakdown, row.group, row.year)
    return list(session.scalars(select(row).order_by(*order)))


def goals_of(session: Source, questionnaire: str) -> list[Goal]:
    """The targets on record of one questionnaire, in the order in which they were loaded."""
    rows = select(IndicatorTarget).filter_by(questionnaire=questionnaire)
    return [goal(row) for row in session.scalars(rows.order_by(IndicatorTarget.id))]


def goal(row: IndicatorTarget) -> Goal:
    """A stored target as the figures take it."""
    target = Target(Operator(row.operator), row.value, row.year, row.source)
    return Goal(row.indicator, target, row.breakdown, row.group)


def replace_targets(
    session: Source, questionnaire: str, goals: Iterable[Goal], today: date
) -> Replaced:
    """Put the targets of a questionnaire in the place of those on record; the caller commits.

    One that says the same as before keeps its day: it shows that a target was set before the
    figures were known.
    """
    rows = session.scalars(select(IndicatorTarget).filter_by(questionnaire=questionnaire))
    before = {(*goal(row).figure, row.year): row for row in rows}
    added = changed = same = 0
    for each in goals:
        row = before.pop((*each.figure, each.target.year), None)
        if row is None:
            added += 1
            session.add(_row(questionnaire, each, today))
        elif goal(row) == each:
            same += 1
        else:
            changed += 1
            row.operator, row.value = each.target.operator, each.target.value
            row.source, row.set_on = each.target.source, today
    for row in before.values():
        session.delete(row)
    session.flush()
    return Replaced(added, changed, len(before), same)


def _row(questionnaire: str, given: Goal, today: date) -> IndicatorTarget:
    return IndicatorTarget(
        questionnaire=questionnaire,
        indicator=given.indicator,
        breakdown=given.breakdown,
        group=given.group,
        operator=given.target.operator,
        value=given.target.value,
        year=given.target.year,
        source=given.target.source,
        set_on=today,
    )
