"""The bundle of a wave: what is in it, that other programs open it, the same bytes each time."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from conftest import NOON, running
from csvw import CSVW
from downloads.opened import content_of, rows_of
from figures.town import answer, filled, found, people
from programs import needs
from sqlalchemy import select

from engage.audit.models import AuditEvent
from engage.core.export.disguise import telling_columns
from engage.downloads.make import make
from engage.downloads.models import MadeFile
from engage.extensions import db
from engage.figures.store import figures_of, newest_run
from engage.waves.models import Wave
from engage.waves.published import definition_of
from tools.check_csvw import checked, faults

PEOPLE = 250


def made(wave_id: int, kind="bundle", now=NOON) -> bytes:
    make(db.session(), {"kind": kind, "wave_id": wave_id}, now, council="Testham Council")
    db.session.commit()
    mine = select(MadeFile).filter_by(wave_id=wave_id, kind=kind)
    return content_of(db.session.scalars(mine).one())


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def app(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    with running(folder, f"sqlite:///{folder / 'engage.sqlite'}") as app:
        found(db.session())
        assert filled(db.session(), PEOPLE).id == 1
        yield app


@pytest.fixture(scope="module")
def content(app) -> bytes:
    return made(1)


@pytest.fixture(scope="module")
def bundle(content) -> dict[str, bytes]:
    return unzipped(content)


@pytest.fixture(scope="module")
def folder(bundle, tmp_path_factory):
    """The bundle as somebody has it who has unzipped it."""
    folder = tmp_path_factory.mktemp("unzipped")
    for name, part in bundle.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(part)
    return folder


def headlines(app) -> dict[str, float]:
    run = newest_run(db.session(), 1)
    return {
        each.indicator: each.estimate.value
        for each in figures_of(db.session(), run.id, ["overall"])
    }


def test_the_manifest_has_every_file_with_its_checksum(bundle, folder):
    manifest = json.loads(bundle["manifest.json"])

    listed = {each["path"]: each for each in manifest["files"]}
    assert set(listed) == set(bundle) - {"manifest.json", "SHA256SUMS"}
    for path, each in listed.items():
        assert each["sha256"] == hashlib.sha256(bundle[path]).hexdigest()
        assert each["bytes"] == len(bundle[path])
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count(": OK") == len(bundle) - 1


def test_the_same_data_gives_the_same_bytes_on_another_day(content):
    assert made(1, now=NOON.replace(day=4)) == content


def test_the_scripts_reproduce_the_leading_figures_from_the_files(app, folder):
    published = headlines(app)
    for program in (sys.executable, needs("Rscript", "r-base-core")):
        script = "headlines.py" if program == sys.executable else "headlines.R"
        done = subprocess.run(
            [program, f"scripts/{script}"], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        names = [
            "safe_day",
            "safe_dark",
            "worry_crime",
            "asb9_mean",
            "hate_problem",
            "would_report",
        ]
        assert [line.partition(":")[0] for line in done.stdout.splitlines()] == names
        for name, line in zip(names, done.stdout.splitlines(), strict=True):
            assert line.startswith(
                f"{name}: {published[name]:.6f}, published {published[name]:.6f}"
            )


def test_a_script_fails_where_a_figure_does_not_come_out(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "changed")
    table = tmp_path / "changed" / "scripts" / "headlines.csv"
    table.write_text(table.read_text("utf-8").replace(",2,1.0,", ",2,0.0,", 1), "utf-8")
    given = [needs("Rscript", "r-base-core"), "scripts/headlines.R"]
    done = subprocess.run(given, cwd=tmp_path / "changed", capture_output=True, check=False)
    assert done.returncode == 1


def test_weights_tell_no_more_of_somebody_than_the_other_columns(bundle):
    rows = rows_of(bundle["responses/responses.csv"])
    definition = definition_of(db.session.get(Wave, 1).definition)
    who = [name.replace("@", "response_") for name in telling_columns(definition, area_group=True)]
    leading = {row["variable"] for row in rows_of(bundle["scripts/headlines.csv"])}

    seen: dict[tuple, set[str]] = {}
    for row in rows:
        shown = tuple(row[name] for name in (*who, *sorted(leading)))
        seen.setdefault(shown, set()).add(row["response_weight"])
    assert min(Counter(tuple(row[name] for name in who) for row in rows).values()) >= 5
    # Rounding at the sixteenth digit may differ by the place of a row; nothing else may.
    assert all(len({f"{float(each):.9g}" for each in weights}) == 1 for weights in seen.values())
    assert {row["response_weight"] for row in rows if row["connection"] == "visitor"} == {"0"}
    assert not {"ward", "one_thing", "response_day", "response_id"} & set(rows[0])
    assert not any(b"words" in bundle[name] for name in bundle if name.startswith("responses/r"))


def test_the_labels_missing_values_and_weights_of_the_sav_are_those_of_the_codebook(bundle, folder):
    table, told = pyreadstat.read_sav(folder / "responses" / "responses.sav", user_missing=True)
    rows, codebook = (
        rows_of(bundle[f"responses/{name}.csv"]) for name in ("responses", "codebook")
    )

    names = {row["variable"]: row["spss_variable"] for row in codebook}
    assert list(table) == [names[heading] for heading in rows[0]]
    assert told.number_rows == len(rows) == len(table)
    numbers = {(row["variable"], row["code"]): row["spss_value"] for row in codebook}
    for heading, name in names.items():
        coded = any(known == heading and code for known, code in numbers)
        for row, value in zip(rows, table[name], strict=True):
            cell = row[heading]
            if coded:
                assert float(numbers[heading, cell]) == value
            else:
                assert pd.isna(value) if cell == "" else float(cell) == value
    for row in codebook:
        assert told.column_names_to_labels[row["spss_variable"]].startswith(row["label"][:60])
        if row["code"]:
            labels = told.variable_value_labels[row["spss_variable"]]
            assert labels[float(row["spss_value"])][:30] == row["meaning"][:30]
    assert told.missing_ranges["safe_dark"] == [{"lo": -9.0, "hi": -1.0}]
    assert told.variable_measure["safe_dark"] == "nominal"


def test_pspp_opens_the_sav_weighted_and_leaves_out_what_is_missing(bundle, folder, tmp_path):
    rows = rows_of(bundle["responses/responses.csv"])
    expected: Counter = Counter()
    for row in rows:
        expected[row["safe_dark"]] += float(row["response_weight"])
    syntax = (
        f"GET FILE='{folder / 'responses' / 'responses.sav'}'.\n"
        "AGGREGATE OUTFILE=* /BREAK=safe_dark /weighted=N /people=NU.\n"
        "SELECT IF NOT MISSING(safe_dark).\n"
        f"SAVE TRANSLATE /OUTFILE='{tmp_path / 'out.csv'}' /TYPE=CSV /FIELDNAMES /REPLACE.\n"
        f"GET FILE='{folder / 'responses' / 'responses.sav'}'.\nDISPLAY DICTIONARY.\n"
    )
    (tmp_path / "read.sps").write_text(syntax, "utf-8")
    done = subprocess.run(
        [needs("pspp", "pspp"), "read.sps"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Feel" in done.stdout or "safe" in done.stdout
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as opened:
        read = {row["safe_dark"]: float(row["weighted"]) for row in csv.DictReader(opened)}
    assert read == pytest.approx(
        {code: weight for code, weight in expected.items() if not code.startswith("-")}, rel=1e-4
    )


def test_parquet_holds_the_rows_of_the_csv(bundle):
    for name in ("responses/responses", "figures/indicators"):
        table = pq.read_table(io.BytesIO(bundle[f"{name}.parquet"]))
        rows = rows_of(bundle[f"{name}.csv"])
        assert table.num_rows == len(rows)
        for column in table.column_names:
            for cell, row in zip(table[column].to_pylist(), rows, strict=True):
                if isinstance(cell, float | int):
                    assert float(row[column]) == cell
                else:
                    assert row[column] == (cell or "")
        assert table.schema.metadata[b"origin"].startswith(b"Survey: ")


def test_every_csv_is_valid_by_the_rules_of_csv_on_the_web(bundle):
    found = checked(bundle)

    assert len(found) == 6
    assert not any(found.values()), found


def held_by_csvw(described: Path) -> bool:
    """Whether the package csvw, which is not ours, finds a description and its table valid."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # it counts the warnings of its own
        return bool(CSVW(str(described), validate=True).is_valid)


def test_every_csv_is_valid_by_a_program_that_is_not_ours(folder):
    described = sorted(folder.rglob("*-metadata.json"))

    assert len(described) == 6
    assert [each.name for each in described if not held_by_csvw(each)] == []


@pytest.mark.parametrize(
    ("was", "becomes"),
    [(b"rake,xlogit,0.", b"rake,xlogit,O."), (b"wave,", b"year,"), (b"\r\n", b",more\r\n")],
)
def test_that_program_sees_what_is_wrong_as_well(bundle, tmp_path, was, becomes):
    name = "indicators.csv"
    table = bundle[f"figures/{name}"]
    assert was in table
    (tmp_path / name).write_bytes(table.replace(was, becomes, 1))
    described = tmp_path / f"{name}-metadata.json"
    described.write_bytes(bundle[f"figures/{described.name}"])

    assert not held_by_csvw(described)


def test_the_check_of_csv_on_the_web_sees_what_is_wrong(bundle):
    described = bundle["figures/indicators.csv-metadata.json"]
    table = bundle["figures/indicators.csv"]
    told = json.loads(described)

    def seen(content=table, **changed) -> str:
        return " ".join(faults(json.dumps(told | changed).encode(), content, "indicators.csv"))

    assert not seen()
    first = table.split(b"\r\n")[1]
    assert "another row with the key" in seen(table + first + b"\r\n")
    assert "no double" in seen(table.replace(b"rake,xlogit,0.", b"rake,xlogit,O.", 1))
    assert "cells for 14 columns" in seen(table + b"one\r\n")
    assert "the heading is" in seen(table.replace(b"wave,", b"year,", 1))
    assert "does not know" in seen(title="x")
    assert "@context" in seen(**{"@context": "http://example.org"})
    assert "no name of a column" in seen(tableSchema={"columns": [{"name": "_x", "titles": "x"}]})


def test_the_workbook_and_the_open_document_say_the_same_and_one_opens_in_libreoffice(
    bundle, libreoffice
):
    book = pd.read_excel(io.BytesIO(bundle["figures/figures.xlsx"]), sheet_name=None, header=None)
    sheets = libreoffice(bundle["figures/figures.ods"])

    assert set(sheets) == set(book)
    assert len(sheets["By ward"]) == len(book["By ward"])
    assert sheets["By ward"][5][0] == book["By ward"].iloc[5, 0]
    assert any(line[0].startswith("[u] Low reliability") for line in sheets["Cover"])


def test_answers_that_came_after_the_figures_are_in_both(lite_app):
    found(db.session())
    wave = filled(db.session(), 60, "women_and_girls")
    rows = rows_of(unzipped(made(wave.id))["responses/responses.csv"])
    more = people(definition_of(wave.definition), 20, seed=5)
    answer(db.session(), wave, more, start=60)

    after = unzipped(made(wave.id))

    assert len(rows_of(after["responses/responses.csv"])) == len(rows) + 20
    assert newest_run(db.session(), wave.id).flow.used == len(rows) + 20


def test_a_bundle_of_figures_has_no_responses_and_can_be_made_when_they_are_gone(app, bundle):
    only = unzipped(made(1, "figures_bundle", now=NOON.replace(year=2028)))

    assert {name for name in bundle if name.startswith("figures/")} < set(only)
    assert not any(name.startswith(("responses/", "scripts/")) for name in only)
    assert only["figures/figures.ods"] == bundle["figures/figures.ods"]


def test_the_command_writes_the_same_bundle_for_its_owner_alone_and_it_is_logged(
    app, content, tmp_path
):
    done = app.test_cli_runner().invoke(args=["downloads", "bundle", "1", str(tmp_path)])

    assert done.exit_code == 0, done.output
    (file,) = tmp_path.iterdir()
    assert file.name == "fear-of-crime_2026_v1_bundle_20260302T1200Z.zip"
    told = json.loads(unzipped(file.read_bytes())["manifest.json"])
    assert told["files"] == json.loads(unzipped(content)["manifest.json"])["files"]
    assert file.stat().st_mode & 0o077 == 0
    assert f"responses.sav: {PEOPLE} of {PEOPLE} responses" in done.output
    event = db.session.scalars(select(AuditEvent).filter_by(action="file.exported")).one()
    assert json.loads(event.detail)["kind"] == "bundle"


def test_the_command_says_which_wave_is_not_there_and_leaves_nothing(app, tmp_path):
    done = app.test_cli_runner().invoke(args=["downloads", "bundle", "99", str(tmp_path)])

    assert done.exit_code == 1
    assert "There is no wave 99 in the field" in done.output
    assert not list(tmp_path.iterdir())
