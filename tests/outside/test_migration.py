"""The tables of outside series go away and come back, and are those of the models."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from engage.extensions import Base, db

TABLES = {"outside_series", "outside_values", "outside_remarks"}


def there():
    with db.engine.connect() as connection:
        return TABLES & set(inspect(connection).get_table_names())


def test_the_tables_go_and_come_back(app):
    assert there() == TABLES
    downgrade(revision="0007")
    assert there() == set()
    upgrade()
    assert there() == TABLES


def test_the_tables_are_those_of_the_models(app):
    with db.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [each for each in found if any(name in str(each) for name in TABLES)] == []
