"""`flask --app run check-definitions` and `flask --app run waves ...`."""

import click
from flask.cli import AppGroup, with_appcontext

from engage import clock
from engage.core.definition.faults import DefinitionError
from engage.core.definition.load import load_definition
from engage.extensions import db, site_settings
from engage.waves.catalogue import definition_files, is_numbered, newest_file
from engage.waves.checking import faults_of_everything
from engage.waves.lock import LOCK, changed, marks, read_lock, write_lock
from engage.waves.published import publish
from engage.waves.store import all_waves

waves = AppGroup("waves", help="Publish definitions; list waves.")


@click.command("check-definitions")
@with_appcontext
def check_definitions() -> None:
    """Check every questionnaire and indicator file, and list all faults at once."""
    own = site_settings().definitions_dir
    faults = faults_of_everything(own)
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults.")
    click.echo(f"{len(definition_files(own))} questionnaires and their indicators are sound.")


@waves.command("list")
def list_waves() -> None:
    """Print every wave: its number, survey, name, state and dates."""
    found = all_waves(db.session())
    for wave in found:
        days = f"{wave.opens_on} to {wave.closes_on}, deleted on {wave.delete_on}"
        click.echo(f"{wave.id}\t{wave.questionnaire}\t{wave.name}\t{wave.state}\t{days}")
    if not found:
        click.echo("There are no waves yet: create one on the page Waves.")


@waves.command("publish")
@click.argument("questionnaire")
def publish_newest(questionnaire: str) -> None:
    """Publish the newest definition of QUESTIONNAIRE, as creating a wave does by itself."""
    try:
        file = newest_file(questionnaire, site_settings().definitions_dir)
        row = publish(db.session(), file, clock.today())
    except (LookupError, DefinitionError) as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{row.questionnaire} version {row.version} is published as number {row.id}.")


@waves.command("lock")
@click.option("--replace", is_flag=True, help="Lock changed versions anew: never after a release.")
def lock_versions(*, replace: bool) -> None:
    """Lock the versions that ship, so that no later change goes unnoticed."""
    locked, files = read_lock(), [file for file in definition_files() if is_numbered(file)]
    try:
        for file in files:
            load_definition(file)
        found = marks(files)
    except DefinitionError as error:
        raise click.ClickException(str(error)) from error
    faults = changed(locked, found)
    if faults and not replace:
        raise click.ClickException("\n".join(str(fault) for fault in faults))
    write_lock(found)
    click.echo(f"{len(found)} versions are locked in {LOCK}.")
