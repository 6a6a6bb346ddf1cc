"""Programs that tests call: where a machine lacks one, the test says how to install it."""

import os
import shutil

import pytest


def needs(program: str, package: str) -> str:
    """The path of a program; without it the test is skipped, or fails where nothing may be."""
    found = shutil.which(program)
    if found:
        return found
    told = f"{program} is not installed: run `sudo apt-get install {package}`."
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)
