"""The script with which an agency reads a package: it knows nothing of Engage."""

import json
import runpy
import subprocess
import sys

import pytest

from engage.config import ROOT
from engage.core.reporting.fields import FieldClass
from engage.handover.package import file_of, sha256_of
from engage.handover.words import CLASSES

SCRIPT = ROOT / "tools" / "read_handover.py"
BODY = {
    "format": "engage-handover",
    "version": 1,
    "package": "ab" * 16,
    "made_on": "2026-03-02",
    "from": "Testham Council",
    "to": {"id": "police", "name": "The police"},
    "basis": {"by": "wish", "level": "no_contact", "giver": "victim"},
    "contact": {"allowed": False, "rules": ["Do not contact them. They said so."]},
    "evidence": [{"kind": "image/png", "size": 10, "sha256": "cd" * 32}],
    "answers": [
        {
            "id": "what_happened",
            "class": "words",
            "question": "What happened?",
            "value": '„Verschwinde“, \u007f 他骂我\n\tand a "quote" \\ \u2028 end 🙂',
            "words": ['„Verschwinde“, \u007f 他骂我\n\tand a "quote" \\ \u2028 end 🙂'],
            "treatment": "given",
        }
    ],
    "withheld": ["contact"],
}  # fmt: skip


def run(tmp_path, package: dict) -> subprocess.CompletedProcess:
    """The script as an agency calls it: another Python process without this project."""
    file = tmp_path / "package.json"
    file.write_bytes(file_of(package))
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(file)],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={"PYTHONUTF8": "1"},
    )  # fmt: skip


def sealed(body: dict) -> dict:
    return body | {"sha256": sha256_of(body)}


def test_a_whole_package_is_read_with_its_terms(tmp_path):
    done = run(tmp_path, sealed(BODY))
    assert done.returncode == 0, done.stderr
    assert "他骂我" in done.stdout
    assert "Contact: NOT ALLOWED." in done.stdout
    assert "details, but no contact, by the victim's wish." in done.stdout


def test_a_wish_that_a_witness_told_is_not_called_the_victims(tmp_path):
    done = run(tmp_path, sealed(BODY | {"basis": BODY["basis"] | {"giver": "other"}}))
    assert "by what whoever reported says that the victim wishes" in done.stdout
    assert "by the victim's wish" not in done.stdout


def test_a_covert_package_says_so_before_anything_else(tmp_path):
    basis = {"by": "override", "level": "no_contact", "victim_told": False}
    done = run(tmp_path, sealed(BODY | {"basis": basis | {"not_told_words": "It would warn him"}}))
    assert "the victim was NOT told (DO NOT REVEAL THIS TO ANYBODY)" in done.stdout
    assert "It would warn him" in done.stdout
    assert "was said: how to reach the person." in done.stdout


def test_what_is_held_back_is_named_as_in_the_paper():
    assert runpy.run_path(str(SCRIPT))["CLASSES"] == {str(each): CLASSES[each] for each in CLASSES}
    assert set(CLASSES) == set(FieldClass)


def test_the_script_imports_nothing_of_engage():
    assert "import engage" not in SCRIPT.read_text("utf-8")
    assert "from engage" not in SCRIPT.read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"made_on": "2026-03-03"}, "fingerprint does not fit"),
        ({"contact": {"allowed": True, "rules": ["x"]}}, "fingerprint does not fit"),
        ({"version": 2}, "reads 1"),
        ({"format": "other"}, "no package"),
        ({"answers": None}, "'answers' is missing"),
    ],
)
def test_a_package_that_was_changed_is_refused(tmp_path, change, said):
    done = run(tmp_path, json.loads(json.dumps(sealed(BODY))) | change)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stdout == ""


def test_terms_that_do_not_go_together_are_refused(tmp_path):
    done = run(tmp_path, sealed(BODY | {"contact": {"allowed": True, "rules": ["x"]}}))
    assert done.returncode == 1
    assert "allows contact on terms that do not" in done.stderr
