"""The pictures of a page of results: none has more bars than paper and eye can hold."""

from engage.core.statistics.estimate import Estimate
from engage.published.about import Named
from engage.published.blocks import MOST_BARS, by_one
from engage.published.figure import Figure


def test_many_groups_are_divided_into_pictures_of_about_as_many(lite_app):
    safe = Named("safe_dark", "Feels safe", "percent")
    rows = [
        Figure("safe_dark", "ward", f"W{n}", f"Ward {n}", "rake", "xlogit",
               Estimate(0.5, 0.1, 0.4, 0.6, 150, 120.0))
        for n in range(1, 21)
    ]  # fmt: skip
    with lite_app.test_request_context():
        blocks = by_one([safe], rows, "ward", "Ward")
        (one,) = by_one([safe], rows[:MOST_BARS], "ward", "Ward")
    assert [(each.anchor, len(each.table.rows)) for each in blocks] == [
        ("figure-safe_dark", 10),
        ("figure-safe_dark-2", 10),
    ]
    assert [each.title for each in blocks] == [
        "Feels safe: 1 to 10 of 20",
        "Feels safe: 11 to 20 of 20",
    ]
    assert blocks[0].indicator
    assert not blocks[1].indicator
    assert one.title == "Feels safe"
