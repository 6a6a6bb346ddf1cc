"""The demonstration borough answers nobody who is not on this machine."""

from flask import Flask, abort, request

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host")


def keep_here(app: Flask) -> None:
    """Refuse every request that came through a proxy: its logins are known to everyone."""
    app.before_request(_check)


def _check() -> None:
    if any(name in request.headers for name in FORWARDED):
        abort(403, "The demonstration borough is only for the machine that it runs on.")
