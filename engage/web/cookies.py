"""The one cookie: signed, out of reach of scripts, and bound to this host over HTTPS."""

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer

from engage.config import Settings


class Sessions(SecureCookieSessionInterface):
    """The library's sessions, with what signs and reads them made once, not for every request."""

    def __init__(self) -> None:
        """Make nothing yet: the secret key is set later."""
        self._signs: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs the cookie and reads it."""
        if self._signs is None:
            self._signs = super().get_signing_serializer(app)
        return self._signs

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where it changed; an answer that is public is the same with any cookie.

        The library would say of every answer that it varies with cookies, as what looks after
        sign-ins reads the session each time: then no cache could keep the answer.
        """
        if not response.cache_control.public or session.modified:
            super().save_session(app, session, response)


def set_cookie_rules(app: Flask, settings: Settings) -> None:
    """Set the session cookie's name and rules.

    Browsers refuse a `__Host-` name without HTTPS, so plain HTTP on this machine uses a plain one.
    """
    app.session_interface = Sessions()
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
    )
