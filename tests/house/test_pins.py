"""What is installed is pinned by hash, and from whichever index the machine uses."""

import json
import re
import subprocess

import pytest

from engage.config import ROOT

PINNED = ("requirements.txt", "requirements-dev.txt", "tools/requirements-node.txt")
# Where packages come from is the machine's affair: its pip and npm know.
INDEX = re.compile(r"https?://(?:registry|files|deb|pypi|packages|security)\.", re.IGNORECASE)


def tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_lock_names_hashes_and_no_download_address():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, name
        assert entry["integrity"].startswith("sha512-"), name


def test_the_lock_fits_the_package_file():
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    root = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"][""]
    assert package["private"] is True
    assert root["dependencies"] == package["dependencies"]
    assert root["devDependencies"] == package["devDependencies"]


@pytest.mark.parametrize("name", PINNED)
def test_every_requirement_is_pinned_with_its_hash(name):
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    assert lines
    for line in lines:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_no_file_names_a_package_index():
    for name in tracked_files():
        try:
            text = (ROOT / name).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found = INDEX.search(text)
        assert not found, f"{name} names {found and found.group()}"
