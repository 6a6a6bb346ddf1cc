"""Tables that were asked for are stored as the migration makes them, and it goes both ways."""

from flask_migrate import downgrade, upgrade
from migrated import differences, tables_there

OURS = {"cross_tables", "saved_tables"}


def test_the_tables_go_down_and_up_and_are_those_of_the_models(app):
    downgrade(revision="0036")
    assert not OURS & tables_there()
    upgrade()
    assert differences(OURS) == []
