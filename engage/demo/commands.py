"""`flask --app run demo load`, `demo logins` and `demo code`."""

import click
from flask import current_app
from flask.cli import AppGroup

from engage import clock
from engage.config import Settings
from engage.demo.allowed import reasons_against
from engage.demo.load import DemoError, is_loaded, load
from engage.demo.logins import code_now, told
from engage.extensions import db

demo = AppGroup("demo", help="Load the demonstration borough.")


def _settings() -> Settings:
    """The settings of a site that may show the demonstration; refuses any other."""
    settings: Settings = current_app.extensions["settings"]
    if reasons := reasons_against(settings):
        listed = "\n- ".join(reasons)
        raise click.ClickException(f"The demonstration is only for this machine:\n- {listed}")
    return settings


@demo.command("load")
def load_demo() -> None:
    """Load the made-up borough Quillhaven with its surveys, unless it is there."""
    settings = _settings()
    try:
        loaded = load(db.session(), settings, clock.now())
    except DemoError as error:
        raise click.ClickException(str(error)) from error
    finally:
        db.session.rollback()
    said = "was loaded" if loaded else "is loaded already"
    click.echo(f"Quillhaven, an invented borough, {said}.\n{told()}")


@demo.command("logins")
def show_logins() -> None:
    """Print who may sign in to the demonstration."""
    _settings()
    if not is_loaded(db.session()):
        raise click.ClickException("It is not loaded: first `flask --app run demo load`.")
    db.session.rollback()
    click.echo(told())


@demo.command("code")
@click.argument("email")
def show_code(email: str) -> None:
    """Print the code with which EMAIL, a demonstration account, signs in at this moment."""
    _settings()
    code = code_now(db.session(), email, clock.now())
    db.session.rollback()
    if code is None:
        raise click.ClickException(
            f"No code for {email!r}: it is no demonstration account with a second step, or both "
            "codes of this minute were used. Then wait half a minute."
        )
    click.echo(code)
