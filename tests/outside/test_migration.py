"""The tables of outside series go away and come back, and are those of the models."""

from flask_migrate import downgrade, upgrade
from migrated import differences, tables_there

OURS = {"outside_series", "outside_values", "outside_remarks"}


def test_the_tables_go_down_and_up_and_are_those_of_the_models(app):
    assert tables_there() >= OURS
    downgrade(revision="0007")
    assert not OURS & tables_there()
    upgrade()
    assert differences(OURS) == []
