"""`flask --app run mail ...`."""

import click
from flask.cli import AppGroup

from engage import clock
from engage.extensions import site_settings
from engage.mail.send import MailError, compose, send

mail = AppGroup("mail", help="Try the mail settings.")


@mail.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Send a test message to ADDRESS."""
    settings = site_settings()
    text = f"This message shows that the site at {settings.public_url} can send mail.\n"
    try:
        message = compose(
            settings, to=address, subject="A test of the mail settings", text=text, now=clock.now()
        )
        send(settings, message)
    except MailError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The mail server took a message for {address}. See whether it arrives.")
