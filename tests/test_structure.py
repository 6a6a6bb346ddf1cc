"""What must be true of the whole, whatever is added to it."""

import ast
import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from page import PageClient
from werkzeug.exceptions import default_exceptions

from engage.accounts.models import Role
from engage.core.definition.kinds import Means, Theme
from engage.extensions import Base
from engage.web.access import KEYED, PUBLIC, SIGNED_IN, public, rule_of

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "engage").rglob("*.py"))
LONGEST = 250
ROLES = {*Role, PUBLIC, SIGNED_IN, KEYED}


def test_imports_run_one_way():
    linted = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert linted.returncode == 0, linted.stdout[-3000:]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_is_small_and_imports_at_its_top(file):
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST, "split it along its nouns"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = [
                each for each in ast.walk(node) if isinstance(each, ast.Import | ast.ImportFrom)
            ]
            assert not inside, f"{node.name} imports inside itself"
    if file.name == "__init__.py":
        assert len(ast.parse(text).body) == 1, "a package's __init__ is its docstring"
    assert ast.get_docstring(ast.parse(text)), "it does not say what it is for"


def test_every_response_that_comes_in_is_put_into_the_queue_of_what_people_wrote():
    by_hand = {
        str(file.relative_to(ROOT))
        for file in MODULES
        if re.search(r"\binsert_(one|many)\(", file.read_text("utf-8"))
    }
    # The demonstration puts its own rows there, as if most had been looked at.
    assert by_hand == {
        "engage/demo/wave.py",
        "engage/responses/screening.py",
        "engage/responses/store.py",
    }


def test_no_room_is_called_after_nothing():
    names = {part for file in MODULES for part in file.relative_to(ROOT).with_suffix("").parts}
    assert not names & {"utils", "util", "helpers", "helper", "common", "misc"}


def test_every_route_says_who_may_open_it(lite_app):
    for endpoint, view in lite_app.view_functions.items():
        rule = rule_of(view)
        assert rule, f"{endpoint} has no access rule: mark it with @public or @staff(...)"
        assert rule <= ROLES, f"{endpoint} names a role that does not exist"


def test_staff_pages_send_strangers_to_sign_in(lite_app):
    client = lite_app.test_client()
    for rule in lite_app.url_map.iter_rules():
        if PUBLIC in rule_of(lite_app.view_functions[rule.endpoint]):
            continue
        one_of = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
        path = re.sub(r"<[^>]*>", "1", one_of)
        for method in rule.methods & {"GET", "POST"}:
            answer = client.open(path, method=method)
            sent_away = answer.status_code in {302, 303} and "sign-in" in answer.location
            assert sent_away or answer.status_code == 400, f"{method} {path}"


@pytest.mark.parametrize("status", sorted(default_exceptions))
def test_every_http_error_renders(lite_app, status):
    error = default_exceptions[status]

    @public
    def fail() -> None:
        raise error

    lite_app.add_url_rule(f"/fail/{status}", f"fail{status}", fail)
    client = PageClient(lite_app)
    client.get(f"/fail/{status}", status=status)
    assert client.text


def test_a_fault_of_ours_renders_and_its_log_quotes_nobody(lite_app, caplog):
    @public
    def fail() -> None:
        raise ValueError("my name is Ada and I live at 4 Mill Lane")

    lite_app.add_url_rule("/fault", "fault", fail)
    lite_app.testing = False
    client = PageClient(lite_app)
    assert "something went wrong" in client.get("/fault", status=500).text
    assert "ValueError" in caplog.text
    assert "Ada" not in caplog.text


def test_the_schema_knows_what_answers_mean_and_what_they_are_about():
    schema = json.loads(files("engage.core.definition").joinpath("schema.json").read_text("utf-8"))
    definitions = schema["$defs"]
    assert set(definitions["option"]["properties"]["means"]["enum"]) == set(Means)
    assert set(definitions["themes"]["items"]["enum"]) == set(Theme)


def test_every_stored_column_is_in_the_register_of_personal_data():
    register = (ROOT / "docs" / "personal-data.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `(\w+)\.(\w+)` \|", register, re.MULTILINE))
    stored = {
        (table.name, column.name) for table in Base.metadata.sorted_tables for column in table.c
    }
    assert listed == stored, f"missing {stored - listed}, gone {listed - stored}"
    for line in register.splitlines():
        if line.startswith("| `"):
            _, _, personal, purpose, end, _ = (cell.strip() for cell in line.split("|"))
            assert personal in {"no", "yes", "maybe"}, line
            assert purpose, line
            assert personal == "no" or end not in {"", "-"}, f"no end date: {line}"


def test_the_web_process_never_loads_pandas(tmp_path):
    code = (
        "import sys\n"
        "from run import app\n"
        "client = app.test_client()\n"
        "assert client.get('/privacy').status_code == 200\n"
        "heavy = {'pandas', 'numpy', 'scipy', 'xlsxwriter', 'pyarrow', 'pyreadstat'}\n"
        "loaded = heavy & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    environ = {"INSTANCE_DIR": str(tmp_path), "DEMO": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


def test_importing_the_core_loads_no_framework():
    code = (
        "import sys\n"
        "import engage.core.definition.load, engage.core.definition.codebook\n"
        "import engage.core.cleaning.table, engage.core.indicators.compute\n"
        "loaded = {'flask', 'sqlalchemy', 'wtforms', 'jinja2'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
