"""`backup` and `restore`: what they refuse, and that a refusal changes nothing."""

import json
import stat
import zipfile

import pytest
from backup.pairs import forget_all, stored, write_pair


@pytest.fixture
def flask(app):
    return app.test_cli_runner()


@pytest.fixture
def backup(flask, clock, tmp_path):
    """A backup that holds one pair; the database still does."""
    write_pair(0, 0, clock.at)
    file = tmp_path / "backup.zip"
    done = flask.invoke(args=["backup", str(file)])
    assert done.exit_code == 0, done.output
    assert "migration" in done.output
    return file


def refused(flask, *args: str) -> str:
    done = flask.invoke(args=list(args))
    assert done.exit_code == 1, done.output
    assert "Traceback" not in done.output
    return done.output


def rewritten(backup, change) -> None:
    """Write the backup again with its manifest changed."""
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        database = archive.read("database")
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest | change))
        archive.writestr("database", database)


def test_only_its_owner_may_read_a_backup_and_nothing_else_is_left_behind(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.glob(".engage-backup-*")] == []


def test_a_backup_says_what_it_holds_and_holds_no_key(app, backup, clock):
    with zipfile.ZipFile(backup) as archive:
        assert archive.namelist() == ["manifest.json", "database"]
        manifest = json.loads(archive.read("manifest.json"))
        assert app.config["SECRET_KEY"].encode() not in archive.read("database")
    assert manifest["made"] == clock.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert manifest["rows"]["jobs"] == 2
    assert manifest["revision"]


def test_a_backup_never_takes_the_place_of_another(flask, backup):
    before = backup.read_bytes()
    assert "choose another name" in refused(flask, "backup", str(backup))
    assert backup.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(flask, app, tmp_path):
    assert str(tmp_path / "no") in refused(flask, "backup", str(tmp_path / "no" / "b.zip"))


def test_an_empty_database_takes_a_backup_without_being_told_to_replace(flask, backup):
    forget_all()
    done = flask.invoke(args=["restore", str(backup)])
    assert done.exit_code == 0, done.output
    assert stored("left", 0) == stored("right", 0) == [0]


def test_a_database_with_rows_is_only_replaced_when_told_to(flask, backup, clock):
    write_pair(0, 1, clock.at)
    message = refused(flask, "restore", str(backup))
    assert "jobs 4" in message
    assert "--replace" in message
    assert stored("left", 0) == [0, 1]

    done = flask.invoke(args=["restore", str(backup), "--replace"])
    assert done.exit_code == 0, done.output
    assert stored("left", 0) == [0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 2}, "format 2"),
        ({"revision": "ffffffffffff"}, "which this version does not know"),
        ({"sha256": "0" * 64}, "does not hold what its manifest says"),
        ({"database": "another"}, "set DATABASE_URL"),
        ({"more": 1}, "manifest cannot be read"),
    ],
)
def test_a_backup_whose_manifest_does_not_fit_is_refused(flask, backup, clock, change, message):
    write_pair(0, 1, clock.at)
    rewritten(backup, change)
    assert message in refused(flask, "restore", str(backup), "--replace")
    assert stored("left", 0) == [0, 1]


def test_a_backup_with_other_rows_than_its_manifest_lists_changes_nothing(flask, backup, clock):
    write_pair(0, 1, clock.at)
    with zipfile.ZipFile(backup) as archive:
        rows = json.loads(archive.read("manifest.json"))["rows"]
    rewritten(backup, {"rows": rows | {"jobs": 3}})
    assert "manifest" in refused(flask, "restore", str(backup), "--replace")
    assert stored("left", 0) == [0, 1]


def test_a_backup_cut_short_is_refused_at_every_length(flask, backup, clock):
    write_pair(0, 1, clock.at)
    whole = backup.read_bytes()
    for length in (0, 1, 40, len(whole) // 2, len(whole) - 1):
        backup.write_bytes(whole[:length])
        assert "not a whole backup" in refused(flask, "restore", str(backup), "--replace")
    assert stored("left", 0) == [0, 1]


def test_a_flipped_byte_is_noticed(flask, backup):
    damaged = bytearray(backup.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    backup.write_bytes(bytes(damaged))
    assert "Use another" in refused(flask, "restore", str(backup), "--replace")


def test_a_file_that_is_not_there_is_named(flask, app, tmp_path):
    assert "no.zip" in refused(flask, "restore", str(tmp_path / "no.zip"))


def test_a_backup_of_the_other_kind_of_database_is_refused(flask, backup, app):
    here = app.config["SQLALCHEMY_DATABASE_URI"].split(":", 1)[0].split("+")[0]
    other = "postgresql" if here == "sqlite" else "sqlite"
    rewritten(backup, {"database": other})
    message = refused(flask, "restore", str(backup))
    assert f"The backup is of {other}, the database here is {here}" in message
