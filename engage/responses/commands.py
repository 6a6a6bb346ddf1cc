"""Commands over stored responses: whether their packed codes are right, and making them right."""

import click
from flask.cli import AppGroup

from engage.extensions import db
from engage.responses import packed

responses = AppGroup("responses", help="Check stored responses.")


@responses.command("check")
def check() -> None:
    """Compare the packed codes of every response with its answers; fail if any differ."""
    with db.engine.connect().execution_options(read_only=True) as connection:
        waves = packed.check(connection)
    for wave in waves:
        click.echo(f"{wave.wave}: {wave.responses} responses, {wave.different} differ")
    if not waves:
        click.echo("There are no responses.")
    if any(wave.different for wave in waves):
        raise click.ClickException(
            "Some codes do not say what the answers say, and the figures come from the codes. Run "
            "`flask --app run responses rebuild`: the answers are the truth."
        )


@responses.command("rebuild")
def rebuild() -> None:
    """Pack the answers anew wherever the codes differ from them."""
    count = packed.rebuild(db.engine)
    click.echo(f"{count} responses packed anew.")
