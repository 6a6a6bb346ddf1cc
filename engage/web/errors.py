"""Error pages: one static template for every status, which cannot itself fail."""

import logging

from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

logger = logging.getLogger("engage.errors")

MESSAGES: dict[int, tuple[str, str]] = {
    400: ("We could not read that", "Go back, check what you entered and try again."),
    403: ("You cannot open this page", "Ask an administrator if you think you should."),
    404: ("Page not found", "Check the address, or start from the home page."),
    405: ("That does not work here", "Go back to the page you came from and try again."),
    410: ("This page has gone", "Start from the home page."),
    413: ("That was too much", "Shorten what you wrote, then send it again."),
    415: ("We could not read that", "Go back and try again."),
    429: ("Too many tries", "Wait a few minutes, then try again."),
    500: (
        "Sorry, something went wrong",
        "It is our fault. What you had saved is still there. Try again in a minute.",
    ),
    503: (
        "Sorry, we are busy",
        "Go back and send it again in a minute. What you had saved is still there.",
    ),
}
STALE_FORM = (
    "This page is out of date",
    "Go back, reload the page and try again. What you had saved is still there.",
)


def handle_errors(app: Flask) -> None:
    """Answer every HTTP error, and every fault of ours, with a page in plain words."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)
    for busy in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(busy, _busy)


def _busy(error: Exception) -> Response:
    logger.error("database: %s in %s", type(error).__name__, request.endpoint)
    return _http_error(ServiceUnavailable())


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return Response(status=error.response.status_code)
    status = error.code or 500
    title, remedy = MESSAGES.get(status, (error.name, "Start from the home page."))
    if isinstance(error, CSRFError):
        title, remedy = STALE_FORM
    elif error.description and error.description != type(error).description:
        remedy = error.description
    page = render_template("errors/error.html", title=title, remedy=remedy, status=status)
    answer = Response(page, status, mimetype="text/html")
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _fault(error: Exception) -> Response:
    # The exception's own text may quote what a person wrote, so only its kind and place are kept.
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    logger.error("fault %s at %s in %s", type(error).__name__, where, request.endpoint)
    return _http_error(InternalServerError())
