"""Where to get help, as the pages of a survey show it."""

from collections.abc import Iterable

from flask import Flask

from engage.core.definition.help_list import at_foot
from engage.core.definition.question import Service
from engage.extensions import site_settings
from engage.web.language import language


def help_services(named: Iterable[Service] = ()) -> tuple[Service, ...]:
    """The services that a survey shows, in the reader's language; `named` are its own."""
    settings = site_settings()
    return settings.help.services(named, language().code)


def prepare_help(app: Flask) -> None:
    """Let templates show where help is."""
    app.jinja_env.globals.update(help_services=help_services, help_at_foot=at_foot)
