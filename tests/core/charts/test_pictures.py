"""Charts are complete by themselves, draw what they are given, and never what is hidden."""

from xml.etree import ElementTree as ET

import pytest

from engage.core.charts import bars as bar_chart, sentences, table
from engage.core.charts.bars import ROOM, BarRow, bars
from engage.core.charts.canvas import SERIES, wrapped
from engage.core.charts.lines import Line, Point, trend
from engage.core.charts.spark import spark
from engage.core.charts.units import ticks, written
from engage.core.charts.ward_map import Shape, band_of, bands, ward_map

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    BarRow("Abbey <Ward> & Co", 0.5, 0.4, 0.6),
    BarRow("Marsh", None, 0.0317, 0.0917, mark="[c]", shown="6.17%"),
    BarRow("St John’s", 0.25, 0.1, 0.45, mark="[u]", shown="25.0%"),
]
POINTS = [
    Point("2023", 0.4, 0.35, 0.45),
    Point("2024", None, 0.0317, 0.0917, mark="[c]", shown="6.17%"),
    Point("2025", 0.5, 0.45, 0.55),
    Point("2026", 0.52, 0.47, 0.57),
]
SQUARES = [
    Shape(f"W{n}", f"Ward {n}", f"M{n * 9} 0L{n * 9 + 9} 0L{n * 9 + 9} 9L{n * 9} 9Z", value, mark)
    for n, (value, mark) in enumerate([(0.31, ""), (None, "[c]"), (0.58, "")])
]


def pictures():
    lines = [Line("Women", POINTS, [2])]
    classes = bands([0.31, 0.58])
    return {
        "bars": bars(ROWS, title="Feels safe", unit="percent", target=0.6),
        "trend": trend(lines, title="Feels safe", unit="percent", target=0.6),
        "map": ward_map(SQUARES, title="Feels safe", unit="percent", bands=classes),
    }


def texts(root):
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", ["bars", "trend", "map"])
def test_a_picture_names_itself_and_has_nothing_that_a_policy_blocks_or_hides(name):
    drawn = pictures()[name]
    assert drawn == pictures()[name]
    root = ET.fromstring(drawn)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert root.get("aria-labelledby").split() == ids[:2]
    assert root.find(f"{SVG}title").text == "Feels safe"
    assert not {"style", "onload"} & {
        attribute for each in root.iter() for attribute in each.attrib
    }
    assert {each.tag for each in root.iter()}.isdisjoint({f"{SVG}style", f"{SVG}script"})
    assert "[c]" in " ".join(texts(root))
    assert "not shown, to keep people private" in root.find(f"{SVG}desc").text
    for figure in ("6.17", "6%", "0.06", "3%", "9%"):
        assert figure not in drawn


def test_bars_are_as_long_as_what_they_stand_for():
    root = ET.fromstring(pictures()["bars"])
    drawn = [float(e.get("width")) for e in root.iter(f"{SVG}rect") if e.get("fill") == SERIES[0]]
    assert drawn == pytest.approx([ROOM / 2, ROOM / 4], abs=0.1)
    assert texts(root).count("25.0%") == 1
    changes = [BarRow("up", 0.06, 0.01, 0.11), BarRow("down", -0.03, -0.08, 0.02)]
    both = ET.fromstring(bars(changes, title="Changes", unit="points"))
    up, down = [e for e in both.iter(f"{SVG}rect") if e.get("fill") == SERIES[0]]
    assert float(up.get("x")) == pytest.approx(
        float(down.get("x")) + float(down.get("width")), abs=0.2
    )
    assert {"+6", "−3"} <= set(texts(both))


def test_a_line_is_not_drawn_across_a_break_or_a_hidden_figure():
    drawn = trend([Line("x", POINTS, [3])], title="t", unit="percent")
    assert drawn.count('stroke-width="2.5"') == 0
    assert (
        trend([Line("x", POINTS, [])], title="t", unit="percent").count('stroke-width="2.5"') == 1
    )
    assert spark([0.1, 0.2, None, 0.3]).count("<polyline") == 1
    assert spark([0.1, None]) == ""


@pytest.mark.parametrize("values", [[0.31, 0.58], [0.5], [0.001, 0.999], [3.2, 3.3, 4.9], [0, 0]])
def test_classes_have_round_limits_and_hold_every_value(values):
    made = bands(values)
    assert 1 <= len(made) <= 6
    for value in values:
        found = made[band_of(value, made)]
        assert found.low <= value <= found.high
    assert all(round(each.low, 3) == each.low for each in made)


def test_the_sentence_does_not_make_an_order_of_chance():
    what = sentences.of_bars(ROWS, unit="percent", what="Feels safe")
    assert what.startswith("Feels safe: highest for Abbey <Ward> & Co (50%), lowest for St John’s")
    assert sentences.CHANCE in what
    assert what.endswith("1 is not shown.")
    apart = [BarRow("a", 0.8, 0.75, 0.85), BarRow("b", 0.2, 0.15, 0.25)]
    assert sentences.CHANCE not in sentences.of_bars(apart, unit="percent", what="x")
    told = sentences.of_lines([Line("x", POINTS, [2])], unit="percent", what="Feels safe")
    assert told.startswith("Feels safe: 50% in 2025, 52% in 2026. The two intervals overlap")
    assert "The series breaks before 2025" in told
    three = [Point("2024", 0.66, 0.6, 0.7), Point("2025", 0.72), Point("2026", 0.73, 0.65, 0.8)]
    told = sentences.of_lines([Line("x", three, [])], unit="percent", what="Safe")
    assert told.startswith("Safe: 66% in 2024, 72% in 2025, 73% in 2026. The first interval and")


def test_the_table_says_the_same_as_the_picture():
    made = table.of_bars(ROWS, caption="Feels safe", unit="percent")
    assert made.rows[0] == ("Abbey <Ward> & Co", "50%", "40% to 60%")
    assert made.rows[1] == ("Marsh", "[c]", "")
    assert made.rows[2][1] == "25.0% [u]"
    lines = table.of_lines([Line("Women", POINTS, [2])], caption="Feels safe", unit="percent")
    assert [row[-1] for row in lines.rows] == ["", "Same series", "Series breaks", "Same series"]


def test_long_names_go_onto_lines_and_numbers_are_round():
    lines = wrapped("A ward whose name is so long that it has no room on one line", 120)
    assert len(lines) > 2
    assert " ".join(lines).startswith("A ward whose name")
    assert ticks(0.03, 0.97) == [0, 0.25, 0.5, 0.75, 1.0]
    assert [written(0.064, "points"), written(-0.064, "points"), written(0, "points")] == [
        "+6",
        "−6",
        "0",
    ]
    assert bar_chart.printed(BarRow("x", None), "percent") == "[x]"
