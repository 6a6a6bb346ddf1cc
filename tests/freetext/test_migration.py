"""The tables of coded texts and of actions are what their models say, up and down."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from engage.actions import models as actions
from engage.extensions import Base, db, table_of
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
    assert not OURS & set(inspect(db.engine).get_table_names())
    upgrade()
    looked_at = {*OURS, table_of(ScreenedText).name}
    with db.engine.connect() as connection:
        compared = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _object, name, kind, _reflected, _other: (
                    kind != "table" or name in looked_at
                ),
                "compare_server_default": True,
            },
        )
        assert compare_metadata(compared, Base.metadata) == []
    assert len(OURS) == 13
