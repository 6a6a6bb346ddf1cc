"""What the migrations made of the database, beside what the models say."""

from collections.abc import Collection

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from engage.extensions import Base, db


def tables_there() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def differences(tables: Collection[str]) -> list[object]:
    """Where these tables are not what their models say, defaults of the server included."""
    with db.engine.connect() as connection:
        compared = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _parents: kind != "table" or name in tables,
                "include_object": lambda _object, name, kind, _reflected, _other: (
                    kind != "table" or name in tables
                ),
                "compare_server_default": True,
            },
        )
        found: list[object] = compare_metadata(compared, Base.metadata)
        return found
