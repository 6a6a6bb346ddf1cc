"""README and the pages in docs/ name only what is there."""

import re
import subprocess

import pytest

from engage.cli import COMMANDS
from engage.config import ROOT
from engage.settings_table import SETTINGS

PAPERS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#:]+?)\)|src=\"([^\"]+)\"")
MAKE = re.compile(r"(?:^    |`)make ([a-z-]+)\b", re.MULTILINE)
COMMAND = re.compile(r"(?:flask --app run|^    engage|`engage) ([a-z][a-z-]+)", re.MULTILINE)
FLASKS_OWN = {"db"}


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_make_command_that_a_paper_names_is_a_target(paper):
    named = set(MAKE.findall(paper.read_text("utf-8")))
    assert named <= targets(), named - targets()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_command_of_the_site_that_a_paper_names_is_there(paper):
    named = set(COMMAND.findall(paper.read_text("utf-8")))
    known = set(COMMANDS) | FLASKS_OWN
    assert named <= known, named - known


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_file_that_a_paper_points_to_is_there(paper):
    for found in LINK.finditer(paper.read_text("utf-8")):
        path = found.group(1) or found.group(2)
        assert (paper.parent / path).exists(), path


def test_readme_says_make_run_and_make_test():
    named = MAKE.findall((ROOT / "README.md").read_text("utf-8"))
    assert {"run", "test", "check", "help"} <= set(named)


def test_readme_lists_the_settings_as_they_are():
    rows = re.findall(
        r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$",
        (ROOT / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert rows == [
        (setting.name, setting.default or "none", setting.purpose) for setting in SETTINGS
    ]


def test_deployment_names_no_setting_that_is_not_there():
    text = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    set_there = set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))
    assert set_there <= {setting.name for setting in SETTINGS}


def test_the_units_of_the_deployment_start_commands_that_there_are(lite_app):
    text = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    unit = re.compile(r"(?ms)^`/etc/systemd/system/(\S+)`:\n\n```ini\n(.*?)```")
    units = dict(unit.findall(text))
    timers = {name.removesuffix(".timer") for name in units if name.endswith(".timer")}
    assert timers >= {"engage-backup", "engage-bounces"}
    for name in timers:
        assert f"{name}.service" in units
        assert f"systemctl enable --now {name}.timer" in text
    started = [re.search(r"flask --app run (.+)", unit) for unit in units.values()]
    for words in (found[1].split() for found in started if found):
        command = lite_app.cli
        while hasattr(command, "commands") and words:
            word = words.pop(0)
            assert word in command.commands, f"docs/deploy.md starts {word!r}, which is no command"
            command = command.commands[word]


def test_the_proxy_of_the_deployment_puts_nothing_of_a_report_on_its_disk():
    text = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    [told] = re.findall(
        r"(?ms)^    location ~ \^/\(tell-us\|staff\)\(/\|\$\) \{\n(.*?)^    \}", text
    )
    said = {line.strip() for line in told.splitlines()}
    assert {"proxy_request_buffering off;", "proxy_max_temp_file_size 0;"} <= said


def test_help_lists_every_target():
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = set(re.findall(r"^  make ([a-z-]+) +\S", done.stdout, re.MULTILINE))
    assert listed == targets()
