"""Quillhaven's targets: made up, after what such plans have set out to reach."""

import csv
from datetime import date

from engage.core.indicators.goals import Goal
from engage.core.statistics.target import Operator, Target
from engage.demo.borough import FOLDER
from engage.demo.plan import opened_on

FILE = FOLDER / "targets.csv"


def targets(today: date) -> dict[str, list[Goal]]:
    """The targets by questionnaire, for the years in which its waves opened."""
    found: dict[str, list[Goal]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            target = Target(
                Operator(row["operator"]),
                float(row["value"]),
                str(opened_on(int(row["years_ago"]), today).year),
                row["source"],
            )
            goal = Goal(row["indicator"], target, row["breakdown"], row["group"])
            found.setdefault(row["questionnaire"], []).append(goal)
    return found
