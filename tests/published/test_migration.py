"""What is published is stored as the migrations make it, and can be taken away and put back."""

from flask_migrate import downgrade, upgrade
from migrated import differences, tables_there

OURS = {"publications", "published_figures", "published_files"}


def test_the_tables_go_down_and_up_and_are_those_of_the_models(app):
    downgrade(revision="0038")
    assert not OURS & tables_there()
    upgrade()
    assert differences(OURS) == []
