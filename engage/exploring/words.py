"""A cross-table in words: its cells, what the test says, and the sentence above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engage.core.charts.bars import BarRow
from engage.core.statistics.estimate import HIDDEN, LOW
from engage.core.words.rounding import points, printed, rounded

ARROWS = {"up": "▲ higher than the rest", "down": "▼ lower than the rest", "": ""}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is printed: `share` of its row, `down` of its column."""

    share: str
    interval: str
    down: str
    gap: str
    p: str
    way: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table; `people` are how many are in it, or the mark for hidden."""

    label: str
    people: str
    cells: Sequence[Cell]


def lines(content: dict[str, Any]) -> list[Line]:
    """The rows of a stored table, those of nobody left out."""
    wide = len(content["column_labels"])
    return [
        Line(
            label,
            HIDDEN if people is None else f"{people:,}",
            [_cell(each) for each in content["cells"][at * wide : (at + 1) * wide]],
        )
        for at, (label, people) in enumerate(
            zip(content["row_labels"], content["rows"], strict=True)
        )
        if people != 0
    ]


def _cell(told: dict[str, Any]) -> Cell:
    if told.get("hidden"):
        return Cell(HIDDEN, "", HIDDEN, "", "", "")
    base = told["effective"] or 0.0
    interval = ""
    if told["low"] is not None:
        low, high = (printed(told[name], base, percentage=True) for name in ("low", "high"))
        interval = f"{low} to {high}"
    share = printed(told["share"], base, percentage=True)
    down = told.get("down")
    return Cell(
        f"{share} {LOW}" if told["few"] else share,
        interval,
        "–" if down is None else printed(down, told["down_effective"] or 0.0, percentage=True),
        _signed(told["gap"]),
        _p(told["p"]),
        ARROWS[told["way"]],
    )


def _signed(gap: float | None) -> str:
    if gap is None:
        return "–"
    size = points(abs(gap))
    return size if size == "0" else f"{'+' if gap > 0 else '−'}{size}"


def _p(p: float | None) -> str:
    if p is None:
        return "–"
    return "under 0.001" if p < 0.001 else rounded(p, 3)


def tested(content: dict[str, Any]) -> str:
    """What the test of the whole table says."""
    test = content["test"]
    if test is None:
        return "There is nothing to test: only one row or one column has people."
    clear = (
        "The two have to do with each other: chance alone would hardly make such differences"
        if test["clear"]
        else "These answers cannot tell whether the two have to do with each other"
    )
    if "p" in test:
        return (
            f"{clear} (Rao and Scott's test: F = {rounded(test['f'], 2)} with "
            f"{rounded(test['first'], 1)} and {rounded(test['second'])} degrees of freedom, "
            f"p {'' if test['p'] < 0.001 else '= '}{_p(test['p'])})."
        )
    below = f"p under {test['below']:g}" if test["below"] else "p is 0.05 or more"
    return f"{clear} (Rao and Scott's test: {below}; no more is told where cells are hidden)."


def said(content: dict[str, Any]) -> str:
    """What stands out most, or that nothing does."""
    wide = len(content["column_labels"])
    clear = [
        (abs(each["gap"]), at)
        for at, each in enumerate(content["cells"])
        if not each.get("hidden") and each["way"]
    ]
    if not clear:
        test = content["test"]
        if test and test["clear"]:
            return (
                "The rows differ taken together, but no single one stands out by itself once all "
                "the differences of the table are weighed."
            )
        return "No row is clearly different from the rest."
    _size, at = max(clear)
    cell = content["cells"][at]
    return (
        f"What stands out most: of “{content['row_labels'][at // wide]}”, "
        f"{printed(cell['share'], cell['effective'] or 0.0, percentage=True)} said "
        f"“{content['column_labels'][at % wide]}”, {points(abs(cell['gap']))} points "
        f"{'more' if cell['way'] == 'up' else 'less'} than the rest."
    )


def bars_of(content: dict[str, Any], column: int) -> list[BarRow]:
    """One column by row, as a chart draws it."""
    wide = len(content["column_labels"])
    made = []
    for at, (label, people) in enumerate(zip(content["row_labels"], content["rows"], strict=True)):
        cell = content["cells"][at * wide + column]
        if people == 0:
            continue
        if cell.get("hidden"):
            made.append(BarRow(label, None, mark=HIDDEN))
            continue
        shown = printed(cell["share"], cell["effective"] or 0.0, percentage=True)
        mark = LOW if cell["few"] else ""
        made.append(BarRow(label, cell["share"], cell["low"], cell["high"], mark, shown))
    return made
