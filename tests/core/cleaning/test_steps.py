"""The steps of cleaning under several versions of the rules, side by side."""

from engage.core.cleaning.flow import Flow
from engage.core.cleaning.steps import steps, versions

NEW = Flow(100, {"trial": 2, "mostly_empty": 8}, {"speeding": 0}, 90, {"inconsistent": 1}, rules=3)
OLD = Flow(100, {"mostly_empty": 12}, {"speeding": 4}, 88, rules=2)
OLDEST = Flow(100, {}, {}, 100)


def test_the_version_that_is_used_comes_first_and_then_the_newest():
    assert [flow.rules for flow in versions(NEW, {1: OLDEST, 2: OLD})] == [3, 2, 1]


def test_each_step_has_a_count_a_version_and_none_where_the_rule_did_not_run():
    told = {step.name: step.counts for step in steps([NEW, OLD])}

    assert told == {
        "Received": (100, 100),
        "Removed: a test": (2, None),
        "Removed: mostly empty": (8, 12),
        "Used": (90, 88),
        "Marked, and used: very quick": (0, 4),
        "Without some answers, and used: contradictions": (1, None),
    }
    assert [*told][:4] == ["Received", "Removed: a test", "Removed: mostly empty", "Used"]
    assert all(step.reason for step in steps([NEW, OLD]))
