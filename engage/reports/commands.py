"""`flask --app run reports ...`: the recovery key, and what goes of reports."""

import sys

import click
from flask.cli import AppGroup

from engage import clock
from engage.accounts import store as accounts
from engage.accounts.store import AccountError
from engage.audit.log import record
from engage.extensions import db
from engage.keyring.shared import KeyringError, make_recovery
from engage.reports import replacing, restoring, retention, retention_run
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


@reports.command("recovery-key")
@click.option(
    "--replace",
    "replaces",
    is_flag=True,
    help="Make another in its place. Reads the private half of the old one from standard input.",
)
def recovery_key(*, replaces: bool) -> None:
    """Make the recovery key and print its private half, once. Keep it away from this machine."""
    try:
        private = _replaced() if replaces else make_recovery(db.session(), clock.today())
    except KeyringError as error:
        raise click.ClickException(str(error)) from error
    # It is printed first: one that was stored and never printed would open nothing for anybody.
    click.echo(restoring.written(private))
    _log("keys.recovery_replaced" if replaces else "keys.recovery_made", "key:recovery")
    click.echo(
        "This is the only copy. Write it down or print it, lock it away in two places, and clear "
        "this screen. Whoever has it and a copy of the database can read every report.",
        err=True,
    )


@reports.command("restore")
@click.argument("email")
def restore(email: str) -> None:
    """Let EMAIL open again what their lost keys opened.

    Reads the private half of the recovery key from standard input. The person has a new password
    and new keys already: first `staff reset-password`.
    """
    try:
        member = accounts.named(db.session(), email)
        recovery = restoring.recovery_pair(db.session(), _typed())
        opened = restoring.restore(db.session(), recovery, member)
    except (AccountError, KeyringError) as error:
        raise click.ClickException(str(error)) from error
    _log("keys.restored", f"staff:{member.id}")
    click.echo(f"{member.email} can open {opened} reports again.")


def _typed() -> str:
    """What is given as the private half of the recovery key."""
    if sys.stdin.isatty():
        return str(click.prompt("The sixteen groups of the recovery key", hide_input=True))
    return sys.stdin.readline()


def _replaced() -> bytes:
    """The private half of a new recovery key; what it opens now is said on standard error."""
    old = restoring.recovery_pair(db.session(), _typed())
    done = replacing.replace(db.session(), old, clock.today())
    click.echo(f"Sealed {done.reports} reports to the new recovery key.", err=True)
    if done.left:
        click.echo(
            f"{done.left} rows did not open with the old one: somebody changed them. They were "
            "left as they are. See `engage audit verify`.",
            err=True,
        )
    click.echo(
        "Keep the old one until every backup from before today is deleted: those need it.", err=True
    )
    return done.private


def _log(action: str, subject: str) -> None:
    """Keep what the one at the server's console did, and that they did it."""
    record(db.session(), at=clock.now(), staff_id=None, action=action, subject=subject)
    db.session.commit()
