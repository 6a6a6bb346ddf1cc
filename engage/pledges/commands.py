"""Commands over pledges: list them, and count their signatures anew."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from engage import clock
from engage.extensions import db, table_of
from engage.pledges import counts
from engage.pledges.models import Pledge
from engage.pledges.pledge import stage_on

TABLE = table_of(Pledge)

pledges = AppGroup("pledges", help="List pledges; check their counts.")


@pledges.command("list")
def list_() -> None:
    """Show every pledge: its name, whether it can be signed, and how many did."""
    with db.engine.connect().execution_options(read_only=True) as connection:
        rows = connection.execute(select(TABLE).order_by(TABLE.c.id)).all()
        numbers = counts.totals(connection)
    for row in rows:
        stage = stage_on(clock.today(), row.opens_on, row.closes_on).replace("_", " ")
        shown = stage if row.published else "not published"
        click.echo(f"{row.slug}: {numbers.get(row.id, 0)} signatures, {shown}")
    if not rows:
        click.echo("There are no pledges.")


@pledges.command("recount")
@click.option("--mend", is_flag=True, help="Add to the counts what they lack.")
def recount(*, mend: bool) -> None:
    """Compare the counts with the signatures; fail if they differ. People may sign meanwhile."""
    connected = db.engine.connect().execution_options(read_only=not mend)
    with connected as connection, connection.begin():
        found = counts.mend(connection) if mend else counts.recount(connection)
        numbers = counts.totals(connection)
        names = {row.id: row.slug for row in connection.execute(select(TABLE))}
    for each in found:
        ward = each.ward or "no ward"
        click.echo(f"{names[each.pledge_id]}, {each.kind}, {ward}: lacks {each.by}")
    click.echo(f"{sum(numbers.values())} signatures counted, {len(found)} counts differ.")
    if found and not mend:
        raise click.ClickException(
            "A count differs from its signatures, which cannot happen by signing. The signatures "
            "are the truth: run `flask --app run pledges recount --mend`, and look for what "
            "changed the tables by another way."
        )
