"""The demonstration borough answers nobody who is not on this machine."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, abort, current_app, request
from sqlalchemy.orm import Session

from engage.extensions import site_settings

CodeOf = Callable[[Session, str, datetime], str | None]
"""What finds the code of a login of the demonstration at a moment."""

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host")

DOMAIN = "@quillhaven.example"
"""Of the addresses of its accounts; nobody can have one outside of it (RFC 2606)."""


def is_demo_login(email: str) -> bool:
    """Whether an account is one of the demonstration's, on a site that may show it."""
    return bool(site_settings().demo) and email.endswith(DOMAIN)


def keep_here(app: Flask) -> None:
    """Refuse every request that came through a proxy: its logins are known to everyone."""
    app.before_request(_check)


def show_codes(app: Flask, code_of: CodeOf) -> None:
    """Let pages show the code of a login of the demonstration, who has no generator."""
    app.extensions["demo_codes"] = code_of


def code_shown(session: Session, email: str, now: datetime) -> str | None:
    """The code that a page shows to a login of the demonstration; none for half a minute at times.

    Ask only where `is_demo_login` says so.
    """
    code_of: CodeOf = current_app.extensions["demo_codes"]
    return code_of(session, email, now)


def _check() -> None:
    if any(name in request.headers for name in FORWARDED):
        abort(403, "The demonstration borough is only for the machine that it runs on.")
