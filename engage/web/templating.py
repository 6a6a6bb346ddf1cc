"""What every template can use: the council, the built files, dates in words."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import format_decimal
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from markupsafe import Markup

from engage.clock import LONDON
from engage.config import ROOT, Settings
from engage.web.days import day, ordinal
from engage.web.headers import nonce
from engage.web.kept_html import KeptHtml

MANIFEST = ROOT / "static" / "build" / "manifest.json"


class AssetsMissingError(RuntimeError):
    """The front-end files have not been built."""


def read_manifest(file: Path = MANIFEST) -> dict[str, str]:
    """Name of each front-end file to its built path below static/; raises AssetsMissingError."""
    try:
        manifest: dict[str, str] = json.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise AssetsMissingError(f"{file} is not there: run `make assets` to build it.") from error
    return manifest


def prepare_templates(app: Flask, settings: Settings) -> None:
    """Give templates their globals and filters, and the GOV.UK macros beside our own."""
    # Plain paths, made once: an error page must not depend on routing.
    paths = {name: f"{app.static_url_path}/{file}" for name, file in read_manifest().items()}
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    environment = app.jinja_env
    environment.add_extension(KeptHtml)
    if app.jinja_loader is not None:
        # The macros import one another by this prefix.
        macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
        environment.loader = ChoiceLoader([app.jinja_loader, macros])

    def asset(name: str) -> str:
        return paths[name]

    def scripts(*names: str) -> Markup:
        """The tags that run our own scripts on this page, in this order."""
        own = nonce()
        tags = [
            f'<script type="module" src="{paths[name]}" nonce="{own}"></script>' for name in names
        ]
        return Markup("\n".join(tags))  # noqa: S704  made of our paths and a random value

    environment.globals.update(
        asset=asset,
        scripts=scripts,
        nonce=nonce,
        council_name=settings.council_name or "This council",
        council_colour=settings.council_colour,
        demo=settings.demo,
        exit_url=settings.exit_url,
        privacy_contact=settings.privacy_contact,
        paper_return=settings.paper_return,
    )
    environment.filters.update(
        day=day,
        grouped=format_decimal,
        moment=moment_in_words,
        ordinal=ordinal,
        percent=percent,
        without_reveal=without_reveal,
    )


def in_words(value: date) -> str:
    """A day as people write it: 3 March 2026."""
    return f"{value.day} {value:%B %Y}"


def moment_in_words(value: datetime) -> str:
    """A moment as staff read it on their clock: 3 March 2026, 14:05."""
    here = value.astimezone(LONDON)
    return f"{in_words(here)}, {here:%H:%M}"


def percent(value: Any) -> str:
    """A proportion as a whole percentage, half away from zero; empty for nothing."""
    return "" if value is None else f"{int(float(value) * 100 + 0.5)}%"


def without_reveal(html: Markup) -> Markup:
    """Choices whose boxes our style sheet shows and hides, in place of the library's script.

    The script says `aria-expanded` on radio buttons, which is not allowed there, and needs to run.
    """
    plain = html.replace(" data-aria-controls=", " data-box=")
    return plain.replace("__conditional--hidden", "__conditional--box")
