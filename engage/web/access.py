"""Who may open a route: every view says so, and a view that does not is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user as _current_user
from werkzeug.wrappers import Response

# Flask-Login has no types: a member of staff with a role, or somebody not signed in.
current_user: Any = _current_user

View = TypeVar("View", bound=Callable[..., object])

RULE = "access_rule"
SHOWS = "personal_data_shown"
ROWS = "engage.rows_shown"
PUBLIC = "public"
SIGNED_IN = "signed in"
KEYED = "keys open"
"""In the rule of what opens sealed things (`engage.keyring.access`): no administrator passes."""


def public(view: View) -> View:
    """Let everyone open the view."""
    setattr(view, RULE, frozenset({PUBLIC}))
    return view


def staff(*roles: str) -> Callable[[View], View]:
    """Let staff with one of the roles open the view; administrators always, anyone if none named.

    Use `engage.accounts.models.Role` for the names.
    """

    def mark(view: View) -> View:
        setattr(view, RULE, frozenset(roles) or frozenset({SIGNED_IN}))
        return view

    return mark


@dataclass(frozen=True, slots=True)
class Shows:
    """What a view shows of people: recorded as `<what>.seen`, about the subject `<of>:<number>`."""

    what: str
    of: str


def shows(what: str, *, of: str = "") -> Callable[[View], View]:
    """Mark a view that shows personal data: each answer with such a page is in the audit log.

    `engage.audit.seen` records it as `<what>.seen`; give the action its words in
    `engage.audit.words`. The subject is `<of>:` (or `<what>:`) and the first value in the route's
    address, or `all` where it has none. Let the view call `count_shown` to say how many people
    the page tells of.
    """

    def mark(view: View) -> View:
        setattr(view, SHOWS, Shows(what, of or what))
        return view

    return mark


def count_shown(rows: int) -> None:
    """Say of how many people or answers the page tells; of none, nothing is recorded."""
    request.environ[ROWS] = rows


def shown_by(view: object) -> Shows | None:
    """What a view is marked to show of people; nothing where it is not marked."""
    return getattr(view, SHOWS, None)


def rule_of(view: object) -> frozenset[str]:
    """The access rule that a view carries; empty when nobody gave it one."""
    rule: frozenset[str] = getattr(view, RULE, frozenset())
    return rule


def permits(view: object, role: str) -> bool:
    """Whether a member of staff in that role may open the view."""
    rule = rule_of(view)
    administrator = role == "administrator" and bool(rule) and KEYED not in rule
    return administrator or bool(rule & {PUBLIC, SIGNED_IN, role})


def guard(app: Flask) -> None:
    """Check the rule of the view before every request."""
    app.before_request(_check)


def _check() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None  # no such page: the error handler answers
    if PUBLIC in rule_of(view):
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("signin.sign_in", next=_back_to()))
    if not permits(view, current_user.role):
        abort(403)
    return None


def _back_to() -> str | None:
    """The page to return to after signing in: only a path of this site, only for a GET."""
    return request.full_path.rstrip("?") if request.method == "GET" else None
