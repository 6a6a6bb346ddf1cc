"""Targets of indicators: of which group and year they are, and which of them a wave is held to.

Read by pages, so without numpy.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engage.core.statistics.target import Target

OVERALL, ALL = "overall", "all"
_YEAR = re.compile(r"\b((?:19|20|21)\d\d)(?:[/–-](\d{4}|\d\d))?\b")


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of one indicator in one group, everybody unless said otherwise."""

    indicator: str
    target: Target
    breakdown: str = OVERALL
    group: str = ALL

    @property
    def figure(self) -> tuple[str, str, str]:
        """Which figure is held to it: indicator, breakdown and group."""
        return self.indicator, self.breakdown, self.group


@dataclass(frozen=True, slots=True)
class Aim:
    """The target that a figure of a wave is held to.

    It is `ahead` where its year had not begun when the wave opened: it is not due yet.
    """

    goal: Goal
    ahead: bool


def aims(goals: Iterable[Goal], opens_on: date) -> list[Aim]:
    """The one target of each figure that counts for a wave which opened on a day.

    It is the latest whose year had begun by then; where none had, the earliest of those to come.
    A target without a year has always begun.
    """
    by_figure: dict[tuple[str, str, str], list[Goal]] = {}
    for goal in goals:
        by_figure.setdefault(goal.figure, []).append(goal)
    made = []
    for each in by_figure.values():
        ordered = sorted(each, key=lambda goal: begins(goal.target.year))
        begun = [goal for goal in ordered if begins(goal.target.year) <= opens_on]
        made.append(Aim(begun[-1] if begun else ordered[0], not begun))
    return made


def begins(year: str) -> date:
    """The first day of a target's year: 1 January of 2026, 1 April 2025 of 2025/26.

    Of other words the first year in them counts. Without any the year has always begun.
    """
    found = _YEAR.search(year)
    if not found:
        return date.min
    return date(int(found[1]), 4 if _is_next(found) else 1, 1)


def plain_year(year: str) -> str:
    """A year as it is kept, 2026 or 2025/26; raises ValueError for anything else."""
    found = _YEAR.fullmatch(year.strip())
    if not found or (found[2] and not _is_next(found)):
        raise ValueError(f"{year!r} is not a year like 2026 or 2025/26.")
    return f"{found[1]}/{found[2][-2:]}" if found[2] else found[1]


def _is_next(found: re.Match[str]) -> bool:
    """Whether a year is written as two that follow one another, so that it begins in April."""
    return bool(found[2]) and str(int(found[1]) + 1).endswith(found[2])
