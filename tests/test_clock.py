"""A day is a day in London, wherever one is asked for."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

from engage.clock import day_of, end_of_day

ENGAGE = Path(__file__).resolve().parent.parent / "engage"


def test_in_summer_a_day_begins_before_it_does_in_utc():
    assert day_of(datetime(2026, 6, 1, 22, 59, tzinfo=UTC)) == date(2026, 6, 1)
    assert day_of(datetime(2026, 6, 1, 23, 0, tzinfo=UTC)) == date(2026, 6, 2)
    assert end_of_day(datetime(2026, 6, 1, 12, tzinfo=UTC)) == datetime(2026, 6, 1, 23, tzinfo=UTC)


def test_in_winter_london_keeps_utc():
    assert day_of(datetime(2026, 1, 1, 23, 59, tzinfo=UTC)) == date(2026, 1, 1)


def test_only_the_clock_makes_a_day_of_a_moment():
    wrong = [
        f"{file.relative_to(ENGAGE)}:{node.lineno}"
        for file in sorted(ENGAGE.rglob("*.py"))
        if file != ENGAGE / "clock.py"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
    ]
    assert wrong == [], "use clock.day_of: these are days in UTC"
