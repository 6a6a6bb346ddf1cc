"""Questionnaires in other languages: found, written for translators, taken back and checked."""

import csv
import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from programs import needs
from survey import DEFINITIONS

from engage.core.definition.texts import texts_of
from engage.core.definition.translation import Text, load_translation, mark_of
from engage.core.definition.translation_yaml import yaml_of
from engage.core.definition.yaml_text import read_yaml
from engage.waves.catalogue import SHIPPED, definition_files, translation_files
from engage.waves.checking import faults_of_everything
from engage.waves.lock import marks, read_lock
from engage.waves.translations import translations_of
from engage.waves.translations_check import check_translations
from engage.waves.translations_import import so_far

ENGLISH = texts_of(
    read_yaml((DEFINITIONS / "every_kind" / "v1.yaml").read_text("utf-8"), "v1.yaml")
)
TEXTS = len(ENGLISH)


@pytest.fixture
def site(lite_app, catalogue):
    """A site with a folder of its own that holds one questionnaire, of every kind."""
    settings = lite_app.extensions["settings"]
    lite_app.extensions["settings"] = replace(settings, definitions_dir=catalogue.own)
    catalogue.put(catalogue.own / "every_kind" / "v1.yaml", catalogue.first.read_text())
    return lite_app


def run(app, *words):
    return app.test_cli_runner().invoke(args=["translations", *words])


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def write(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows(rows)


def filled_in(file: Path, words: dict[str, str]) -> Path:
    """The table with these translations, as a translator sends it back."""
    rows = rows_of(file)
    for row in rows:
        row[2] = words.get(row[0], row[2])
    write(file, rows)
    return file


@pytest.fixture
def table(site, tmp_path) -> Path:
    file = tmp_path / "every_kind.pl.csv"
    result = run(site, "export", "every_kind", "pl", "--out", str(file))
    assert result.exit_code == 0, result.output
    assert f"has {TEXTS} texts, {TEXTS} of them to be translated" in result.output
    return file


WORDS = {
    "title": "Po jednym pytaniu każdego rodzaju",
    "start": "=SUM(1) nie jest wzorem.\n\nDrugi akapit.",
    "thanks": "شکریہ، “آپ” کا۔",
}


def test_a_table_goes_to_the_translator_and_comes_back(site, catalogue, table):
    result = run(site, "import", str(filled_in(table, WORDS)))
    assert result.exit_code == 0, result.output
    assert f"3 of {TEXTS} texts; not reviewed, so only the demonstration shows it" in result.output
    made = load_translation(catalogue.own / "every_kind" / "v1.pl.yaml")
    assert {key: text.text for key, text in made.texts.items()} == WORDS
    assert not made.reviewed
    again = run(site, "export", "every_kind", "pl", "--out", str(table))
    assert f"{TEXTS - 3} of them to be translated" in again.output
    said = {row[0]: row[2] for row in rows_of(table)}
    assert said["title"] == WORDS["title"]
    assert said["start"] == "'" + WORDS["start"]


def test_a_spreadsheet_opens_and_saves_a_table_without_harm(site, catalogue, table, tmp_path):
    program = needs("soffice", "libreoffice-calc")
    filled_in(table, WORDS | {"start": "'" + WORDS["start"]})
    out = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    as_people_open_it = ["--infilter=CSV:44,34,76,1", "--headless"]
    subprocess.run(
        [
            program,
            profile,
            *as_people_open_it,
            "--convert-to",
            form,
            "--outdir",
            str(out),
            str(table),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    result = run(site, "import", str(out / table.name), "--reviewed-by-native-reader")
    assert result.exit_code == 0, result.output
    made = load_translation(catalogue.own / "every_kind" / "v1.pl.yaml")
    assert {key: text.text for key, text in made.texts.items()} == WORDS
    assert made.reviewed


def test_a_bad_table_is_told_row_by_row_and_nothing_is_written(site, catalogue, table):
    rows = rows_of(table)
    rows[2][1], rows[3][0], rows[4][2] = "Another title", "nothing", "dobrze"
    write(table, rows)
    result = run(site, "import", str(table))
    assert result.exit_code == 1
    for told in ("Nothing was taken over", "row 3", "row 4"):
        assert told in result.output
    assert list(catalogue.own.glob("*/*.pl.yaml")) == []


def test_a_table_of_a_questionnaire_that_is_not_there_is_refused(site, table):
    rows = rows_of(table)
    for about, told in (("gone version 1", "no questionnaire"), ("every_kind version 7", "no ver")):
        rows[1][1] = about
        write(table, rows)
        result = run(site, "import", str(table))
        assert (result.exit_code, told in result.output) == (1, True), result.output


def test_a_language_that_is_no_code_is_refused(site, table, tmp_path):
    result = run(site, "export", "every_kind", "../pl", "--out", str(tmp_path / "x.csv"))
    assert result.exit_code == 1
    rows = rows_of(table)
    rows[1][2] = "../../pl"
    write(table, rows)
    assert run(site, "import", str(table)).exit_code == 1
    assert list(tmp_path.rglob("*pl.yaml")) == []


def test_an_import_that_cannot_be_written_leaves_nothing_behind(site, catalogue, table):
    folder = catalogue.own / "every_kind"
    (folder / "v1.pl.yaml").mkdir()
    result = run(site, "import", str(filled_in(table, WORDS)))
    assert result.exit_code == 1
    assert sorted(each.name for each in folder.iterdir()) == ["v1.pl.yaml", "v1.yaml"]


def put(catalogue, language: str, texts: dict[str, str], *, reviewed: bool) -> Path:
    """A translation of the council's own, made from the English that there is."""
    before = so_far("every_kind", 1, language, None)
    made = {key: Text(mark_of(ENGLISH[key]), text) for key, text in texts.items()}
    text = yaml_of(replace(before, texts=made, reviewed=reviewed))
    return catalogue.put(catalogue.own / "every_kind" / f"v1.{language}.yaml", text)


def test_the_check_counts_the_texts_of_each_language(site, catalogue):
    put(catalogue, "pl", {"title": "Tytuł"}, reviewed=False)
    result = run(site, "check")
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.output.splitlines()]
    assert lines[0] == ["questionnaire", "version", "language", "texts", "missing", "stale",
                        "reviewed"]  # fmt: skip
    assert ["every_kind", "1", "pl", str(TEXTS), str(TEXTS - 1), "0", "no"] in lines


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("of:", 'of: "00000000" #', "texts/title: the English is not what this was made from"),
        ("title:", "titel:", "texts/titel: the questionnaire has no such text"),
        ("Tytuł", "Tytuł {ward|miejsce}", "texts/title: it repeats the answers ward"),
        ("version: 1", "version: 2", "version 2"),
        ("questionnaire: every_kind", "questionnaire: other", "Give both the same name"),
        ("language: pl", "language: ur", "Call it v1.ur.yaml"),
        ("texts:", "texts: [", "line"),
    ],
)
def test_a_translation_that_drifted_fails_the_check(site, catalogue, old, new, told):
    catalogue.change(put(catalogue, "pl", {"title": "Tytuł"}, reviewed=True), old, new)
    result = run(site, "check")
    assert result.exit_code == 1
    assert told in result.output
    assert "v1.pl.yaml" in result.output


def test_only_a_reviewed_translation_is_shown_outside_the_demonstration(site, catalogue):
    put(catalogue, "pl", {"title": "Tytuł"}, reviewed=False)
    put(catalogue, "ur", {"title": "عنوان"}, reviewed=True)
    assert set(translations_of("every_kind", 1, catalogue.own)) == {"ur"}
    assert set(translations_of("every_kind", 1, catalogue.own, unreviewed=True)) == {"pl", "ur"}
    assert not translations_of("every_kind", 2, catalogue.own, unreviewed=True)


def test_the_councils_own_translation_takes_the_place_of_ours(catalogue):
    own = catalogue.own / "fear_of_crime" / "v1.easy.yaml"
    ours = (SHIPPED / "fear_of_crime" / "v1.easy.yaml").read_text("utf-8")
    catalogue.put(own, ours.replace("text: How safe do you feel?", "text: How safe are you?", 1))
    titles = [
        translations_of("fear_of_crime", 1, folder)["easy"].texts["title"].text
        for folder in (None, catalogue.own)
    ]
    assert titles == ["How safe do you feel?", "How safe are you?"]
    catalogue.change(own, "reviewed: true", "reviewed: false")
    assert translations_of("fear_of_crime", 1, catalogue.own) == {}


def test_a_translation_that_cannot_be_read_is_left_out_and_logged(catalogue, caplog):
    catalogue.put(catalogue.own / "fear_of_crime" / "v1.easy.yaml", "texts: [")
    assert translations_of("fear_of_crime", 1, catalogue.own) == {}
    assert "v1.easy.yaml is left out" in caplog.text


def test_translations_are_no_definitions_and_no_part_of_the_lock(site, catalogue):
    put(catalogue, "pl", {"title": "Tytuł"}, reviewed=False)
    assert [each.name for each in definition_files(catalogue.own) if each.stem != "v1"] == []
    assert marks(definition_files()) == read_lock()
    told = faults_of_everything(
        None, shipped=catalogue.own, indicators=catalogue.indicators, lock=catalogue.lock
    )
    assert not [fault for fault in told if ".pl.yaml" in fault.file]


def test_every_translation_that_ships_says_what_its_questionnaire_says():
    lines, faults = check_translations()
    assert faults == []
    assert {line.file for line in lines} == set(translation_files())
    for line in lines:
        assert (line.tally.missing, line.tally.stale) == (0, 0), line.file
