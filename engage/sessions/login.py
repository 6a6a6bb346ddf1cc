"""Flask-Login over our own sessions: the cookie holds a token, the database says whose it is."""

from flask import g, session as cookie
from flask_login import LoginManager, login_user, logout_user

from engage import clock
from engage.audit.log import EMERGENCY
from engage.extensions import db
from engage.sessions.store import STEP, SignedIn, awaited, end, keep_alive, recognise
from engage.web.access import current_user


def attach(manager: LoginManager) -> None:
    """Let a login manager recognise our sessions."""
    # Its own protection compares a hash of the address and the browser, which we do not keep.
    manager.session_protection = None  # type: ignore[assignment]  # the documented way
    manager.user_loader(_load)


def sign_in(member: SignedIn) -> None:
    """Bind the browser to a new session; everything that its cookie held before is dropped.

    With it goes the form token, so that nobody who planted a cookie knows the new one. A session
    that the browser had until now is ended: its token may be known to somebody else.
    """
    if current_user.is_authenticated:
        end(db.session(), current_user.id, current_user.session_id, clock.now())
        db.session.commit()
    cookie.clear()
    login_user(member)
    cookie.pop("_id", None)  # the hash of address and browser, made whether it is used or not


def sign_out() -> None:
    """Empty the browser's cookie; the caller ends the session itself."""
    logout_user()
    cookie.clear()


def awaiting() -> SignedIn | None:
    """Who gave the right password in this browser and owes the second step."""
    token = cookie.get("_user_id")  # where Flask-Login keeps it
    if not isinstance(token, str):
        return None
    with db.engine.connect().execution_options(read_only=True) as connection:
        return awaited(connection, token, clock.now())


def _load(token: str) -> SignedIn | None:
    """The person of a token, read apart from the request's own transaction.

    Were it read there, a form would hold SQLite's write lock from its very first line.
    """
    now = clock.now()
    with db.engine.connect().execution_options(read_only=True) as connection:
        member = recognise(connection, token, now)
    if member is not None and now - member.seen_at >= STEP:
        with db.engine.connect().execution_options(read_only=False) as writing, writing.begin():
            keep_alive(writing, member.session_id, now)
    if member is not None and member.emergency is not None:
        g.setdefault(EMERGENCY, member.emergency)
    return member
