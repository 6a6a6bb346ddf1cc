"""The tables of targets and comparisons are what their migration makes, and go as they came."""

from flask_migrate import downgrade, upgrade
from migrated import differences, tables_there

OURS = {"targets", "figure_changes", "figure_verdicts"}


def test_the_tables_go_down_and_up_and_are_those_of_the_models(app):
    assert tables_there() >= OURS
    downgrade(revision="0005")
    assert not tables_there() & OURS
    upgrade()
    assert differences(OURS) == []
