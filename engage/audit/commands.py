"""`flask --app run audit verify` and `flask --app run audit anchor`."""

from dataclasses import replace
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import inspect, select

from engage import clock
from engage.audit import anchors
from engage.audit.anchors import Anchor
from engage.audit.append import EVENTS, HEADS
from engage.audit.chain import GENESIS
from engage.audit.check import check
from engage.audit.verify import Verdict
from engage.extensions import db

audit = AppGroup("audit", help="Verify the audit log; print where it stands.")


@audit.command("verify")
@click.option(
    "--anchors",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Anchors that were kept elsewhere, instead of the site's own.",
)
def verify_(file: Path | None) -> None:
    """Read the whole audit log; fail if anything was changed, cut off or written anew."""
    source = file or anchors.file_of_site()
    checked = check(source, clock.now())
    found = checked.verdict
    _tell(found, source, checked.broken)
    if found.faults:
        raise click.ClickException(
            "\n".join(["The audit log is not as it was written.", *found.faults])
            + "\nKeep the database as it is, tell the data protection officer, and compare with "
            "the last good backup: docs/security.md says how."
        )
    click.echo("The audit log is as it was written.")


def _tell(found: Verdict, source: Path, broken: int) -> None:
    span = f", numbers {found.first} to {found.last}" if found.events else ""
    click.echo(f"{found.events} events{span}; {found.agree} agree with the anchors in {source}.")
    if found.unanchored > 0:
        click.echo(f"{found.unanchored} events since the last anchor are held by the chain alone.")
    if broken:
        click.echo(f"{broken} lines of {source} are no anchors and were passed over.")
    for each in found.restores:
        click.echo(f"A backup was put back on {each.at:%d %B %Y}: later events were lost then.")


@audit.command("anchor")
def anchor() -> None:
    """Print where the log stands, to be kept elsewhere, and write it into the site's own file."""
    found = head()
    anchors.append(anchors.file_of_site(), found)
    click.echo(found.line())


def head() -> Anchor:
    """Where the log stands now; at its very beginning where it has no event."""
    with db.engine.connect().execution_options(read_only=True) as connection:
        row = connection.execute(select(HEADS)).one_or_none()
        number, hashed = (row.last_id, bytes(row.last_hash)) if row else (0, GENESIS)
        at = connection.scalar(select(EVENTS.c.at).where(EVENTS.c.id == number))
    return Anchor(number, hashed, at or clock.now())


def note_restored() -> None:
    """Note in the site's anchors that a backup was put back, and where the log stands since.

    One of a version before the chain has no place in it: its events are chained by the upgrade.
    """
    stands = head() if inspect(db.engine).has_table(HEADS.name) else Anchor(0, GENESIS, clock.now())
    anchors.drop(replace(stands, at=clock.now(), restored=True))
