"""Tables that were asked for are stored as the migration makes them, and it goes both ways."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from engage.extensions import Base, db

OURS = {"cross_tables", "saved_tables"}


def test_the_tables_go_down_and_up_and_are_those_of_the_models(app):
    downgrade(revision="0036")
    assert not OURS & {*inspect(db.engine).get_table_names()}
    upgrade()
    with db.engine.connect() as connection:
        compared = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _parents: kind != "table" or name in OURS,
                "include_object": lambda _object, name, kind, _reflected, _other: (
                    kind != "table" or name in OURS
                ),
                "compare_server_default": True,
            },
        )
        assert compare_metadata(compared, Base.metadata) == []
