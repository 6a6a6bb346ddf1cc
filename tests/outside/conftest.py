"""A borough of three wards with residents, files to import, and the commands."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from engage.areas.models import Population, Ward
from engage.extensions import db, table_of

WARDS = {"T01": "Ash Hill", "T02": "Bégonia Vale", "T03": "St John’s"}


@pytest.fixture
def file(tmp_path) -> Callable[..., str]:
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
def run(app, clock) -> Callable[..., tuple[int, str]]:
    """Run a command on either database; gives its exit code and everything it printed."""

    def command(*arguments):
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=("outside", *arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return command


@pytest.fixture
def borough(app) -> dict[str, str]:
    """Three wards on record, with 1,000, 2,000 and 0 residents."""
    db.session.execute(
        insert(table_of(Ward)), [{"code": code, "name": name} for code, name in WARDS.items()]
    )
    db.session.execute(
        insert(table_of(Population)),
        [
            {"ward_code": ward, "sex": sex, "age_from": 0, "age_to": 999, "residents": half}
            for ward, half in (("T01", 500), ("T02", 1000))
            for sex in ("female", "male")
        ],
    )
    db.session.commit()
    return WARDS
