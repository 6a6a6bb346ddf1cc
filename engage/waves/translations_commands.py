"""`flask --app run translations ...`: questionnaires in other languages, out, in and checked."""

from pathlib import Path

import click
from flask.cli import AppGroup

from engage.core.definition.faults import DefinitionError
from engage.core.definition.translation import translate
from engage.core.definition.translation_csv import csv_of
from engage.extensions import site_settings
from engage.waves.translations_check import Line, check_translations, raw_of
from engage.waves.translations_import import so_far, take
from engage.web.interface_texts import faulty_texts, missing_texts
from engage.web.language import ENGLISH, LANGUAGES

translations = AppGroup("translations", help="Questionnaires in other languages.")


def _own() -> Path | None:
    own: Path | None = site_settings().definitions_dir
    return own


@translations.command("export")
@click.argument("questionnaire")
@click.argument("language")
@click.option("--version", type=int, help="Of the questionnaire; the newest, unless you say.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def export(questionnaire: str, language: str, version: int | None, out: Path | None) -> None:
    """Write the texts of QUESTIONNAIRE as CSV, for a translator into LANGUAGE (such as pl)."""
    try:
        raw = raw_of(questionnaire, version, _own())
        before = so_far(questionnaire, raw["version"], language, _own())
        out = out or Path(f"{questionnaire}.v{raw['version']}.{language}.csv")
        out.write_bytes(csv_of(raw, before))
    except (LookupError, DefinitionError, OSError) as error:
        raise click.ClickException(str(error)) from error
    tally = translate(raw, before)[1]
    left = tally.total - tally.translated
    click.echo(f"{out} has {tally.total} texts, {left} of them to be translated.")


@translations.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--reviewed-by-native-reader",
    "reviewed",
    is_flag=True,
    help="A native reader has read all of it beside the English: it may be shown to everyone.",
)
def import_(file: Path, *, reviewed: bool) -> None:
    """Take the texts of a CSV FILE that came back from a translator; all of it or nothing."""
    try:
        written, tally = take(file, _own(), reviewed=reviewed)
    except (LookupError, DefinitionError, OSError) as error:
        raise click.ClickException(f"Nothing was taken over.\n{error}") from error
    said = "reviewed" if reviewed else "not reviewed, so only the demonstration shows it"
    click.echo(f"{written} has {tally.translated} of {tally.total} texts; {said}.")


@translations.command("check")
def check() -> None:
    """Print how far each translation is; fail where one says what no questionnaire says now."""
    lines, found = check_translations(_own())
    faults = [str(fault) for fault in found]
    click.echo(_table(lines))
    for tag in sorted({each.tag for each in LANGUAGES} - {ENGLISH.tag}):
        click.echo(f"interface in {tag}: {len(missing_texts(tag))} texts are missing")
        faults += [f"interface in {tag}: {fault}" for fault in faulty_texts(tag)]
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults.")


def _table(lines: list[Line]) -> str:
    heading = ("questionnaire", "version", "language", "texts", "missing", "stale", "reviewed")
    rows = [heading, *map(_cells, lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(heading))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _cells(line: Line) -> tuple[str, ...]:
    of, tally = line.translation, line.tally
    return (
        of.questionnaire,
        str(of.version),
        of.language,
        str(tally.total),
        str(tally.missing),
        str(tally.stale),
        "yes" if of.reviewed else "no",
    )
