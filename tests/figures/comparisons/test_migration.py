"""The tables of targets and comparisons are what their migration makes, and go as they came."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from engage.extensions import Base, db

OURS = {"targets", "figure_changes", "figure_verdicts"}


def tables():
    return set(inspect(db.engine).get_table_names())


def test_the_models_are_what_the_migration_makes(app):
    with db.engine.connect() as connection:
        compared = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _parents: kind != "table" or name in OURS,
                "include_object": lambda _object, name, kind, _reflected, _other: (
                    kind != "table" or name in OURS
                ),
            },
        )
        assert compare_metadata(compared, Base.metadata) == []


def test_the_tables_go_down_and_come_back(app):
    assert tables() >= OURS
    downgrade(revision="0005")
    assert not tables() & OURS
    upgrade()
    assert tables() >= OURS
