"""`flask --app run outbox ...`."""

import mailbox
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from engage import clock
from engage.contacts.address import address_key
from engage.contacts.store import by_key
from engage.extensions import db, site_settings
from engage.outbox.bounces import contact_of, refuse, returned
from engage.outbox.leases import TWICE
from engage.outbox.models import OutgoingMessage

outbox = AppGroup("outbox", help="Watch the mail that leaves, and take what came back.")


@outbox.command("status")
def status() -> None:
    """Say how many messages are in each state."""
    counted = select(OutgoingMessage.state, func.count()).group_by(OutgoingMessage.state)
    for state, number in db.session.execute(counted.order_by(OutgoingMessage.state)):
        click.echo(f"{state}: {number}")
    twice = select(func.count()).where(OutgoingMessage.fault == TWICE)
    click.echo(f"perhaps sent twice: {db.session.scalar(twice)}")


@outbox.command("bounce")
@click.argument("address")
def bounce(address: str) -> None:
    """Write to ADDRESS no more: a message to it came back."""
    settings = site_settings()
    contact = by_key(db.session.connection(), address_key(address, settings.address_key))
    if contact is None:
        raise click.ClickException("Nobody with that address is known here: check how it is typed.")
    new = refuse(db.session(), contact.id, clock.today())
    db.session.commit()
    click.echo("Nothing more is sent there." if new else "Nothing was sent there any more.")


@outbox.command("bounces")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def bounces(folder: Path) -> None:
    """Read the messages that came back, in a Maildir FOLDER; those that were understood go.

    Only one that quotes the Message-ID of a message of ours counts, so nobody can have somebody
    else written to no more.
    """
    box = mailbox.Maildir(folder, create=False)
    gone = other = 0
    for key, message in list(box.items()):
        message_id = returned(message)
        contact_id = contact_of(db.session(), message_id) if message_id else None
        if contact_id is None:
            other += 1
            continue
        refuse(db.session(), contact_id, clock.today())
        db.session.commit()
        box.discard(key)
        gone += 1
    box.close()
    click.echo(f"{gone} mailboxes are written to no more. Left in the folder: {other} messages.")
