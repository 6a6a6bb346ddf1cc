"""A backup brought to a machine that has nothing yet, or lacks a program."""

import pytest
from backup.pairs import stored, write_pair
from settings import settings_for

from engage.app import create_app
from engage.extensions import db


@pytest.fixture
def backup(lite_app, clock, tmp_path):
    write_pair(0, 0, clock.at)
    file = tmp_path / "backup.zip"
    assert lite_app.test_cli_runner().invoke(args=["backup", str(file)]).exit_code == 0
    return file


def test_a_machine_without_a_database_gets_the_one_of_the_backup(backup, tmp_path):
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    app = create_app(settings_for(tmp_path, DATABASE_URL=url))
    with app.app_context():
        db.engine.dispose()
        done = app.test_cli_runner().invoke(args=["restore", str(backup)])
        assert done.exit_code == 0, done.output
        assert stored("right", 0) == [0]
        db.engine.dispose()


def test_a_database_that_was_never_migrated_has_nothing_to_back_up(tmp_path):
    app = create_app(settings_for(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite'}"))
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "b.zip")])
    assert done.exit_code == 1
    assert "db upgrade" in done.output
    assert not (tmp_path / "b.zip").exists()


def test_a_database_in_memory_is_refused_by_name(tmp_path):
    app = create_app(settings_for(tmp_path, DATABASE_URL="sqlite:///:memory:"))
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "b.zip")])
    assert done.exit_code == 1
    assert "DATABASE_URL" in done.output


def test_the_package_that_lacks_is_named(postgres_url, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    app = create_app(settings_for(tmp_path, DATABASE_URL=postgres_url))
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "b.zip")])
    assert done.exit_code == 1
    assert "apt-get install postgresql-client" in done.output
    with app.app_context():
        db.engine.dispose()


def test_a_damaged_database_is_not_backed_up_as_if_it_were_sound(lite_app, clock, tmp_path):
    for number in range(20):
        write_pair(0, number, clock.at)
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    db.engine.dispose()
    file = tmp_path / "engage.sqlite"
    # The key stands in the table and in its index; changed in one of them, they disagree.
    file.write_bytes(file.read_bytes().replace(b"left-0-3", b"left-0-z", 1))
    done = lite_app.test_cli_runner().invoke(args=["backup", str(tmp_path / "b.zip")])
    assert done.exit_code == 1
    assert "damaged" in done.output
    assert not (tmp_path / "b.zip").exists()
