"""A borough of three wards, and its commands."""

import pytest
from areas.shapes import collection, feature

WARDS = {"T01": "Ash Hill", "T02": "Bégonia Vale", "T03": "St John’s"}


@pytest.fixture
def file(tmp_path):
    """Write a file and give its path; bytes as they are, text in UTF-8."""

    def write(name, content):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, "utf-8")
        return str(path)

    return write


@pytest.fixture
def run(app):
    """Run a command on either database; gives its exit code and everything it printed."""

    def command(*arguments):
        result = app.test_cli_runner().invoke(args=arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return command


@pytest.fixture
def borough(run, file):
    """Three wards on record."""
    text = collection(*(feature(code, name) for code, name in WARDS.items()))
    code, output = run("areas", "import", file("wards.geojson", text))
    assert code == 0, output
    return WARDS
