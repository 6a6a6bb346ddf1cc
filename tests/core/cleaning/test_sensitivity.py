"""Headline figures with and without what cleaning removed."""

import math

from engage.core.cleaning.log import clean
from engage.core.cleaning.sensitivity import Moved, sensitivity
from engage.core.cleaning.table import table_from_answers


def headline(table):
    day = table["day"]
    base = day.isin(["1", "2"]).sum()
    return {
        "safe": (day == "1").sum() / base if base else math.nan,
        "people": float(len(table)),
        "nothing": math.nan,
    }


def test_each_headline_is_told_both_ways(definition, full):
    unsafe = full | {"day": "2"}
    table = table_from_answers(definition, [full, full, full, unsafe, unsafe | {"age": "1"}])
    assert sensitivity(table, clean(definition, table), headline) == (
        Moved("safe", 0.75, 0.6, 0.75 - 0.6),
        Moved("people", 4, 5, -1),
        Moved("nothing", None, None, None),
    )


def test_where_all_are_removed_there_is_no_figure_and_no_difference(definition, full):
    table = table_from_answers(definition, [full | {"age": "1"}])
    safe, people, _nothing = sensitivity(table, clean(definition, table), headline)
    assert safe == Moved("safe", None, 1, None)
    assert people == Moved("people", 0, 1, -1)
