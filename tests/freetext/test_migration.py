"""The tables of coded texts and of actions are what their models say, up and down."""

from flask_migrate import downgrade, upgrade
from migrated import differences, tables_there

from engage.actions import models as actions
from engage.extensions import table_of
from engage.freetext import models as freetext
from engage.responses.screened import ScreenedText

OURS = {
    model.__table__.name
    for room in (freetext, actions)
    for model in vars(room).values()
    if hasattr(model, "__table__")
}


def test_the_tables_go_down_and_up_and_are_what_the_models_say(app):
    downgrade(revision="0035")
    assert not OURS & tables_there()
    upgrade()
    assert differences({*OURS, table_of(ScreenedText).name}) == []
    assert len(OURS) == 13
