"""The scripts behind `make` say what a machine lacks, and how to install it."""

import os
import shutil
import subprocess

import pytest

from engage.config import ROOT

TOOLS = ("sh", "cat", "dirname", "cksum", "head", "grep", "rm", "true")


@pytest.fixture
def bare(tmp_path):
    """A machine with a shell and a few small tools, and a copy of our scripts."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in TOOLS:
        (programs / name).symlink_to(shutil.which(name))
    shutil.copytree(ROOT / "tools", tmp_path / "tools")

    def run(*command: str, **environ: str) -> subprocess.CompletedProcess:
        environ = {"PATH": str(programs), "HOME": str(tmp_path), **environ}
        return subprocess.run(
            command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
        )

    return run


def program(folder, name: str, text: str) -> None:
    file = folder / "bin" / name
    file.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    file.chmod(0o755)


def test_a_machine_without_python_is_told_which_package_to_install(bare):
    done = bare("sh", "tools/setup.sh")
    assert done.returncode == 1
    assert "Engage needs Python 3.11 or newer" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_an_old_python_does_not_do(bare, tmp_path):
    program(tmp_path, "python3", "exit 1")
    assert "3.11 or newer" in bare("sh", "tools/setup.sh").stderr


def test_a_python_without_venv_is_told_which_package_to_install(bare, tmp_path):
    program(tmp_path, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = bare("sh", "tools/setup.sh")
    assert done.returncode == 1
    assert "cannot make a virtual environment" in done.stderr
    assert "apt-get install python3-venv" in done.stderr


def test_missing_programs_are_named_with_the_command_that_installs_them(bare):
    done = bare("sh", "tools/needs.sh")
    assert done.returncode == 0
    assert "Chromium" in done.stderr
    assert "sudo apt-get install chromium-headless-shell chromium redis-server" in done.stderr


def test_nothing_may_be_missing_when_ci_is_true(bare):
    assert bare("sh", "tools/needs.sh", CI="true").returncode == 1


def test_only_what_is_missing_is_named(bare, tmp_path):
    for name in ("chromium", "chromium-headless-shell", "redis-server"):
        program(tmp_path, name, "true")
    listed = bare("sh", "tools/needs.sh", "--packages").stdout.split()
    wanted = {"libreoffice-calc", "zbar-tools", "poppler-utils", "pspp", "r-base-core"}
    assert set(listed) - {"fonts-dejavu-core"} == wanted


def test_ci_ends_with_the_tests():
    script = (ROOT / ".ci" / "run").read_text("utf-8").strip().splitlines()
    assert script[-1].startswith("make test")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
