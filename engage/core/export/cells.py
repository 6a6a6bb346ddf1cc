"""What stands in the cells of a workbook: texts, and numbers by how they are shown."""

Cell = str | int | float


class Percent(float):
    """A proportion from 0 to 1, shown as a percentage with one decimal."""


class WholePercent(float):
    """A proportion from 0 to 1 that is known roughly, and shown in whole percent."""


class Rough(float):
    """A number that comes from rounded counts, shown with one decimal."""


class Points(float):
    """The size of a difference in percentage points, shown with one decimal and no sign."""


class Score(float):
    """The size of a difference of scores, shown with two decimals and no sign."""


class PointsMoved(float):
    """A difference in percentage points, shown with its sign and one decimal."""


class ScoreMoved(float):
    """A difference of scores, shown with its sign and two decimals."""


class Chance(float):
    """A p-value, shown with three decimals, or as under 0.001."""


NUMBERS: dict[type, str] = {
    int: "#,##0",
    float: "0.00",
    Percent: "0.0%",
    WholePercent: "0%",
    Rough: "0.0",
    Points: "0.0;0.0",
    Score: "0.00;0.00",
    PointsMoved: "+0.0;\u22120.0;0.0",
    ScoreMoved: "+0.00;\u22120.00;0.00",
    Chance: '[<0.001]"under 0.001";0.000',
}
"""How each kind of number is shown; the cell has all its digits."""
