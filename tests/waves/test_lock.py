"""A published version never changes."""

import pytest

from engage.core.definition.faults import DefinitionError
from engage.waves.catalogue import SHIPPED, definition_files
from engage.waves.lock import changed, marks, read_lock, unlocked, write_lock


def faults(catalogue) -> str:
    locked, found = read_lock(catalogue.lock), marks([*catalogue.shipped.glob("*/v*.yaml")])
    return "\n".join(str(fault) for fault in [*changed(locked, found), *unlocked(locked, found)])


def test_every_version_that_ships_is_locked_and_unchanged():
    locked = read_lock()
    found = marks(file for file in definition_files() if SHIPPED in file.parents)
    assert found
    assert [str(fault) for fault in changed(locked, found)] == []
    assert [str(fault) for fault in unlocked(locked, found)] == []


def test_a_locked_version_may_be_laid_out_anew_but_not_reworded(catalogue):
    write_lock(marks([catalogue.first]), catalogue.lock)
    assert faults(catalogue) == ""
    catalogue.first.write_text("# A remark changes nothing.\n" + catalogue.first.read_text())
    assert faults(catalogue) == ""
    catalogue.change(catalogue.first, "Very safe", "Quite safe")
    assert "every_kind/v1.yaml" in faults(catalogue)
    assert "make it in v2.yaml" in faults(catalogue)


def test_a_locked_version_may_not_go_away(catalogue):
    write_lock(marks([catalogue.first]), catalogue.lock)
    catalogue.first.unlink()
    assert "its file is gone" in faults(catalogue)


def test_a_version_that_is_not_locked_is_named(catalogue):
    assert "version 1 is not in published.lock" in faults(catalogue)


def test_the_lock_is_read_as_it_was_written(catalogue):
    locked = {("b", 10): "x" * 64, ("b", 9): "y" * 64, ("a", 1): "z" * 64}
    write_lock(locked, catalogue.lock)
    assert read_lock(catalogue.lock) == locked
    assert [line.split()[:2] for line in catalogue.lock.read_text().splitlines()] == [
        ["a", "1"],
        ["b", "9"],
        ["b", "10"],
    ]


def test_a_file_that_is_not_yaml_is_named(catalogue):
    catalogue.first.write_text("{")
    with pytest.raises(DefinitionError, match=r"every_kind/v1\.yaml"):
        marks([catalogue.first])
