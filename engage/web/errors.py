"""Error pages: one static template for every status, which cannot itself fail."""

import logging

from flask import Flask, Response, current_app, render_template, request
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from engage.web.language import speak_english

logger = logging.getLogger("engage.errors")

MESSAGES: dict[int, tuple[LazyString, LazyString]] = {
    400: (_("We could not read that"), _("Go back, check what you entered and try again.")),
    403: (_("You cannot open this page"), _("Ask an administrator if you think you should.")),
    404: (_("Page not found"), _("Check the address, or start from the home page.")),
    405: (_("That does not work here"), _("Go back to the page you came from and try again.")),
    410: (_("This page has gone"), _("Start from the home page.")),
    413: (_("That was too much"), _("Shorten what you wrote, then send it again.")),
    415: (_("We could not read that"), _("Go back and try again.")),
    429: (_("Too many tries"), _("Wait a few minutes, then try again.")),
    500: (
        _("Sorry, something went wrong"),
        _("It is our fault. What you had saved is still there. Try again in a minute."),
    ),
    503: (
        _("Sorry, we are busy"),
        _("Go back and send it again in a minute. What you had saved is still there."),
    ),
}
TOO_LARGE = 413
OTHER = (_("That did not work"), _("Start from the home page."))
STALE_FORM = (
    _("This page is out of date"),
    _("Go back, reload the page and try again. What you had saved is still there."),
)


def handle_errors(app: Flask) -> None:
    """Answer every HTTP error, and every fault of ours, with a page in plain words."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, _fault)
    for busy in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(busy, _busy)


def _busy(error: Exception) -> Response:
    logger.error("database: %s in %s", type(error).__name__, request.endpoint)
    return http_error(ServiceUnavailable())


def http_error(error: HTTPException) -> Response:
    """The page that answers an HTTP error."""
    if error.response is not None:
        return Response(status=error.response.status_code)
    status = error.code or 500
    answer = Response(_page(error, status), status, mimetype="text/html")
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _page(error: HTTPException, status: int) -> str:
    try:
        return _in_words(error, status)
    except Exception as fault:  # noqa: BLE001  whatever is wrong with a translation or a session
        logger.error("error page in %s: %s", request.endpoint, type(fault).__name__)  # noqa: TRY400  its text may quote a person
        speak_english()
        return _in_words(error, status)


def _in_words(error: HTTPException, status: int) -> str:
    title, remedy = map(str, MESSAGES.get(status, OTHER))
    if isinstance(error, CSRFError):
        title, remedy = map(str, STALE_FORM)
    elif isinstance(error, RateLimitExceeded) and not error.limit.error_message:
        pass  # it would say what the limit is, in the library's words
    elif error.description and error.description != type(error).description:
        remedy = error.description
    return render_template(
        "errors/error.html", title=title, remedy=remedy, status=status, again=_again(status)
    )


def _again(status: int) -> str:
    """Where to send it again, smaller: the page that it was sent from, if it has the address."""
    shown = current_app.url_map.bind("").test(request.path, "GET")
    return request.path if status == TOO_LARGE and shown else ""


def _fault(error: Exception) -> Response:
    # The exception's own text may quote what a person wrote, so only its kind and place are kept.
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    logger.error("fault %s at %s in %s", type(error).__name__, where, request.endpoint)
    return http_error(InternalServerError())
