"""Choosing the language of the public pages.

A link does it, so that it works on every page: whoever follows it from elsewhere reads one page of
ours in another language, and changes it back. A page of questions has buttons in its place, which
save what is on it first (see `engage.surveys.questions`).
"""

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from engage.web.access import public
from engage.web.language import choose

blueprint = Blueprint("languages", __name__)

HOME = "/"


@blueprint.get("/language/<name:code>")
@public
def choice(code: str) -> Response:
    """Remember the language and go back to the page; answers 404 for one that is not offered."""
    if not choose(code):
        abort(404)
    return redirect(_back(request.args.get("next", HOME)), 303)


def _back(wanted: str) -> str:
    """The address to go back to: a page of this site that can be asked for, or the home page."""
    path, mark, query = wanted.partition("?")
    if not path.startswith("/") or path.startswith(("//", "/\\")) or not wanted.isprintable():
        return HOME
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return HOME
    try:
        endpoint, _values = adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return HOME
    return HOME if endpoint == "languages.choice" else f"{path}{mark}{query}"
