"""Alembic's entry: the application's own engine and metadata, online only."""

from alembic import context
from flask import current_app

from engage.extensions import UtcDateTime

database = current_app.extensions["migrate"].db


def render_item(kind, item, _autogen):
    """Write our own types as the plain ones they store."""
    return (
        "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False
    )


def run() -> None:
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A batch change copies a table; with the rule on, dropping the old one would cascade.
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=render_item,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA foreign_keys=ON")


run()
