"""The demonstration borough answers nobody who is not on this machine."""

from flask import Flask, abort, current_app, request

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host")

DOMAIN = "@quillhaven.example"
"""Of the addresses of its accounts; nobody can have one outside of it (RFC 2606)."""


def is_demo_login(email: str) -> bool:
    """Whether an account is one of the demonstration's, on a site that may show it."""
    return bool(current_app.extensions["settings"].demo) and email.endswith(DOMAIN)


def keep_here(app: Flask) -> None:
    """Refuse every request that came through a proxy: its logins are known to everyone."""
    app.before_request(_check)


def _check() -> None:
    if any(name in request.headers for name in FORWARDED):
        abort(403, "The demonstration borough is only for the machine that it runs on.")
