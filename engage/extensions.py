"""The Flask extensions, made once; `engage.app` binds them to an application."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, has_request_context, request
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Dialect, MetaData, Table, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.orm import DeclarativeBase

from engage.config import Settings
from engage.network import network_key


class Base(DeclarativeBase):
    """The base of every stored thing; fixed constraint names let migrations name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both databases; SQLite would hand it back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone, and store UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: take moments from engage.clock.")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back an aware moment."""
        if value is None or value.tzinfo is not None:
            return None if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


# What was sought or answered never stands in the error of a statement, nor so in a log.
db = SQLAlchemy(model_class=Base, engine_options={"hide_parameters": True})
# Flask-SQLAlchemy makes its Model at run time; the checker is told what it is.
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def site_settings() -> Settings:
    """The settings of the site whose request or job this is."""
    settings: Settings = current_app.extensions["settings"]
    return settings


def table_of(model: type[Base]) -> Table:
    """The table of a model, for Core statements on the paths where speed counts."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not stored in one table.")
    return table


INSERTS: Mapping[str, Callable[[Table], postgresql.Insert | sqlite.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}
"""What makes an INSERT with ON CONFLICT, by the name of the database's dialect.

Statements of the paths where speed counts are made once, for each of the two: making one costs
more than sending it.
"""

migrate = Migrate(db=db, render_as_batch=True)
csrf = CSRFProtect()
login = LoginManager()
limiter = Limiter(key_func=network_key, headers_enabled=False)


@limiter.request_filter
def _only_looks() -> bool:
    """Whether a request sends nothing: every limit is one of forms, so need not be looked for."""
    return request.method in {"GET", "HEAD", "OPTIONS"}


def bind_database(app: Flask) -> None:
    """Bind the database to the application and make SQLite keep its promises."""
    db.init_app(app)
    migrate.init_app(app, directory=str(app.config["MIGRATIONS_DIR"]))
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin)
        else:
            event.listen(engine, "handle_error", _leave_rows_out)


def _leave_rows_out(context: ExceptionContext) -> None:
    """Keep the first line of an error of PostgreSQL: those after it show the row that failed."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).split("\nDETAIL:", 1)[0], *error.args[1:])


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Durable, checked and patient: what was confirmed survives a power cut."""
    connection.isolation_level = None  # the driver would begin late and only before some writes
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock first: a reader that turns writer would lose updates (tried: 3 in 4).

    Requests that may not change anything (GET, HEAD) begin plainly, and so never wait for a
    writer; elsewhere a connection can ask for that with the execution option `read_only`.
    """
    safe = has_request_context() and request.method in {"GET", "HEAD", "OPTIONS"}
    reading = connection.get_execution_options().get("read_only", safe)
    if reading:
        connection.connection.cursor().execute("BEGIN")  # waits for nobody, so it cannot fail
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
