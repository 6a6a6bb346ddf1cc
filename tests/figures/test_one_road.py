"""Figures have one road: they are suppressed once, stored, and read from the store."""

import ast
from pathlib import Path

import pytest

ENGAGE = Path(__file__).resolve().parents[2] / "engage"
# What makes or holds figures that are not suppressed, and the tables behind the store.
NEVER = (
    "engage.core.indicators.compute",
    "engage.core.indicators.counting",
    "engage.core.indicators.compare",
    "engage.core.indicators.changes",
    "engage.core.statistics",
    "engage.core.disclosure",
    "engage.figures.calculate",
    "engage.figures.comparisons.make",
    "engage.figures.comparisons.models",
    "engage.figures.refresh",
    "engage.figures.models",
)
ONLY_SHAPES = (
    "engage.core.statistics.estimate",
    "engage.core.statistics.sampling",
    "engage.core.statistics.target",
)
ALLOWED = {
    # Asks for new figures to be stored, and then reads them from the store.
    "downloads/make.py": ("engage.figures.refresh",),
    "downloads/commands.py": ("engage.figures.refresh.NoFiguresError", "engage.figures.refresh"),
    # Gives each response in a file its weight; makes no figure.
    "downloads/coded.py": ("engage.core.statistics.",),
}
READERS = sorted(
    file
    for folder in ("analysis", "downloads", "surveys", "fieldwork", "web")
    for file in (ENGAGE / folder).rglob("*.py")
)


def imported(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def side_roads(text):
    """What a reader imports that would get it figures from elsewhere than the store."""
    return {
        name
        for name in imported(text)
        for never in NEVER
        if f"{name}.".startswith(f"{never}.") and not name.startswith(ONLY_SHAPES)
    }


@pytest.mark.parametrize("file", READERS, ids=lambda file: str(file.relative_to(ENGAGE)))
def test_pages_and_files_read_figures_from_the_store_alone(file):
    allowed = ALLOWED.get(str(file.relative_to(ENGAGE)), ())
    found = side_roads(file.read_text("utf-8"))
    assert {each for each in found if not each.startswith(allowed)} == set()


@pytest.mark.parametrize(
    "line",
    [
        "from engage.core.indicators.compute import compute",
        "from engage.core.statistics import ratios",
        "import engage.figures.models",
        "from engage.figures.comparisons.models import FigureChange",
        "from engage.figures import calculate",
    ],
)
def test_a_side_road_is_seen(line):
    assert side_roads(line)
    assert not side_roads("from engage.core.statistics.estimate import Estimate")


def reached(text):
    """What each public function of a module calls, by itself or through its other functions."""
    tree = ast.parse(text)
    calls = {
        function.name: {
            node.func.id
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
    }
    for _step in calls:
        for name, called in calls.items():
            calls[name] = called.union(*(calls.get(each, set()) for each in called))
    return {name: called for name, called in calls.items() if not name.startswith("_")}


def leaks(text):
    """The public functions of a module that compute figures and do not suppress any."""
    return {
        name
        for name, called in reached(text).items()
        if {"compute", "tabulate"} & called and "suppress" not in called
    }


@pytest.mark.parametrize("file", sorted((ENGAGE / "figures").rglob("*.py")), ids=lambda f: f.stem)
def test_only_suppressed_tables_leave_the_calculation(file):
    assert leaks(file.read_text("utf-8")) == set()


def test_a_table_that_is_not_suppressed_is_seen():
    text = (ENGAGE / "figures" / "tables.py").read_text("utf-8")
    assert set(reached(text)) >= {"resident_tables", "visitor_table"}
    assert leaks(text.replace("suppress(", "dict(")) == {"resident_tables", "visitor_table"}
