"""What the page of a comparison shows: rows in words, and a chart of how differently sides changed.

The assumptions are those of `engage.core.statistics.did`, which needs numpy and so is not loaded
here; a test holds the two together.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engage.charting.chart import Chart
from engage.core.charts import table
from engage.core.charts.bars import BarRow, bars
from engage.core.indicators.model import Better, Indicator
from engage.core.statistics.estimate import HIDDEN, Estimate
from engage.core.words.change import CLEAR
from engage.core.words.rounding import points, rounded
from engage.figures.charted import marks_in, shown_of

ASSUMPTIONS: tuple[tuple[str, str], ...] = (
    (
        "Without the work, the treated areas would have changed as much as the control areas.",
        "cannot be tested with two waves",
    ),
    (
        "The work in the treated areas did not reach the control areas, nor move problems there.",
        "must be known from how the work was done",
    ),
    (
        "Both waves asked the same words, in the same order and in the same way.",
        "must be known from how the work was done",
    ),
    (
        (
            "Areas differ by more than the chance of who answered. With few areas the error is "
            "larger than the one shown, which is about people and not areas."
        ),
        "makes the printed error a lower bound",
    ),
)

REASONS = {
    "hidden": "Not shown, to keep people private: too few, or it would tell of a few people beside "
    "figures that are shown already.",
    "break": "Not compared: it was asked or counted in another way in the two waves.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: both sides in both waves, and how differently they changed, in words.

    `leads` is so for a main finding of the survey and for whatever changed clearly differently.
    """

    name: str
    cells: tuple[str, ...]
    change: str
    interval: str
    says: str
    leads: bool = False


def rows(
    result: Mapping[str, Any], indicators: Mapping[str, Indicator], main: Container[str]
) -> list[Row]:
    """Each indicator of a result that the questionnaire still has, in the result's order.

    `main` are the indicators of the survey's main findings.
    """
    return [
        replace(_row(each, indicators[name]), leads=name in main or _clear(each))
        for each in result["rows"]
        if (name := each["indicator"]) in indicators
    ]


def in_brief(result: Mapping[str, Any], indicators: Mapping[str, Indicator]) -> str:
    """How many figures changed clearly differently, and which: not the highest of many."""
    compared = [
        each for each in result["rows"] if each["indicator"] in indicators and not each["reason"]
    ]
    clear = [indicators[each["indicator"]].name for each in compared if _clear(each)]
    if not compared:
        return "No figure could be compared."
    if not clear:
        return (
            f"None of the {len(compared)} figures that could be compared changed clearly "
            "differently. Among so many, some differ much by chance alone."
        )
    return (
        f"Of the {len(compared)} figures that could be compared, {len(clear)} changed clearly "
        f"differently: {'; '.join(clear)}. The others may differ by chance alone."
    )


def chart(
    result: Mapping[str, Any], indicators: Mapping[str, Indicator], main: Container[str]
) -> Chart | None:
    """The differences in change of the percentages that lead, as bars both ways from nought.

    None without any.
    """
    made = [
        BarRow(indicators[name].name, each["value"], each["lower"], each["upper"])
        if each["reason"] == ""
        else BarRow(indicators[name].name, None, mark=HIDDEN)
        for each in result["rows"]
        if (name := each["indicator"]) in indicators
        and indicators[name].kind.is_percentage
        and each["reason"] != "break"
        and (name in main or _clear(each))
    ]
    if not any(each.value is not None for each in made):
        return None
    title = "Change where something was done less change elsewhere, in percentage points"
    return Chart(
        svg=bars(made, title=title, unit="points"),
        sentence=in_brief(result, indicators),
        table=table.of_bars(made, caption=title, unit="points"),
        key=marks_in(*(each.mark for each in made)),
    )


def _row(row: Mapping[str, Any], indicator: Indicator) -> Row:
    if row["reason"]:
        return Row(indicator.name, (), "", "", REASONS[row["reason"]])
    cells = tuple(shown_of(indicator, _estimate(each)) for each in row["cells"])
    write = _points if indicator.kind.is_percentage else _score
    if row["value"] is None:
        return Row(indicator.name, cells, "", "", "There is no number.")
    spread = "" if row["lower"] is None else f"{write(row['lower'])} to {write(row['upper'])}"
    return Row(indicator.name, cells, write(row["value"]), spread, _says(row, indicator))


def _clear(row: Mapping[str, Any]) -> bool:
    """Whether a difference is told from chance, among all tests of its table."""
    if row["reason"] or row["p_adjusted"] is None or row["lower"] is None:
        return False
    p, low, high = row["p_adjusted"], row["lower"], row["upper"]
    return bool(p < CLEAR and not low <= 0 <= high)


def _says(row: Mapping[str, Any], indicator: Indicator) -> str:
    if row["p_adjusted"] is None or row["lower"] is None:
        return "Not tested: all answers were alike."
    if not _clear(row):
        return "No clear difference: chance alone could make this one."
    rose = row["value"] > 0
    told = f"The treated wards changed clearly {'more upwards' if rose else 'more downwards'}"
    if indicator.better is Better.NEITHER:
        return f"{told}."
    better = rose is (indicator.better is Better.HIGHER)
    return f"{told}, which is {'better' if better else 'worse'}."


def _estimate(cell: Mapping[str, Any]) -> Estimate:
    return Estimate.from_row(
        {**cell, "estimate": cell["value"], "standard_error": None, "design_effect": None}
    )


def _points(value: float) -> str:
    size = points(abs(value))
    return size if size == "0" else f"{'+' if value > 0 else '−'}{size}"


def _score(value: float) -> str:
    return rounded(value, 1).replace("-", "−")
