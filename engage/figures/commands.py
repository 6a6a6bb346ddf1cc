"""`flask --app run targets ...`: what the council set out to reach."""

from pathlib import Path

import click
from flask.cli import AppGroup

from engage import clock
from engage.core.definition.faults import DefinitionError
from engage.core.files.faults import RefusedFileError
from engage.extensions import db, site_settings
from engage.figures.comparisons.make import compare_all
from engage.figures.comparisons.waves import questionnaires
from engage.figures.targets import load_targets
from engage.targets.store import all_targets

targets = AppGroup("targets", help="Load the council's targets; list them.")


@targets.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--questionnaire", metavar="ID", help="The survey, where the file does not say it.")
def load(file: Path, questionnaire: str | None) -> None:
    """Put the targets of a CSV FILE in the place of those on record of the same surveys.

    Columns: indicator, operator, value, year, source, and if needed questionnaire, breakdown and
    group. See docs/targets.md.
    """
    own = site_settings().definitions_dir
    try:
        done = load_targets(db.session(), file, clock.today(), questionnaire=questionnaire, own=own)
        db.session.commit()
    except (RefusedFileError, DefinitionError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"The file could not be read: {error}") from error
    finally:
        db.session.rollback()
    for name, each in done.items():
        click.echo(
            f"{name}: {each.on_record} targets are on record; {each.added} new, {each.changed} "
            f"changed, {each.gone} gone."
        )


@targets.command("judge")
def judge() -> None:
    """Hold the figures that are stored to targets, and to the wave before, once more.

    Needs no answers. For figures that were made before comparisons were kept.
    """
    done = {name: compare_all(db.session(), name) for name in questionnaires(db.session())}
    db.session.commit()
    for name, runs in done.items():
        click.echo(f"{name}: the figures of {runs} waves were compared.")


@targets.command("list")
def list_targets() -> None:
    """Print every target on record."""
    found = all_targets(db.session)
    click.echo("questionnaire\tindicator\tbreakdown\tgroup\toperator\tvalue\tyear\tsource\tset on")
    for each in found:
        figure = f"{each.questionnaire}\t{each.indicator}\t{each.breakdown}\t{each.group}"
        set_to = f"{each.operator}\t{each.value:g}\t{each.year}\t{each.source}\t{each.set_on}"
        click.echo(f"{figure}\t{set_to}")
    db.session.rollback()
