"""The one cookie: signed, out of reach of scripts, and bound to this host over HTTPS."""

from flask import Flask

from engage.config import Settings


def set_cookie_rules(app: Flask, settings: Settings) -> None:
    """Set the session cookie's name and rules.

    Browsers refuse a `__Host-` name without HTTPS, so plain HTTP on this machine uses a plain one.
    """
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
    )
