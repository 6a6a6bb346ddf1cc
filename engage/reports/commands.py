"""`flask --app run reports retention`: what goes of reports, and letting it go."""

import click
from flask.cli import AppGroup

from engage import clock
from engage.extensions import db
from engage.reports import retention, retention_run
from engage.reports.policy import policy
from engage.reports.retention import Stage

reports = AppGroup("reports", help="The keys and the retention of sealed reports.")

GOES = {
    Stage.IDENTITY: "names, contact, suspects and what was said with the person",
    Stage.NARRATIVE: "the words, the files, notes and other entries",
    Stage.FACTS: "all the rest but what is counted",
}


@reports.command("retention")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def retention_(*, dry_run: bool) -> None:
    """Let the parts of reports go whose months are over. The worker does it every night."""
    with db.engine.connect().execution_options(read_only=True) as connection:
        found = retention.due(connection, clock.today(), policy().retention)
    word = "would lose" if dry_run else "lose"
    for each in found:
        held = f" ({each.held} more are held)" if each.held else ""
        click.echo(f"{each.reports} reports {word} {GOES[each.stage]}{held}.")
    if not dry_run:
        retention_run.expire(db.session(), clock.now())
        click.echo("Backups keep what they hold until they are deleted.")
