"""Forms must be readable text: invalid UTF-8 is refused whole, before anything reads it."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from flask import Flask, abort, current_app, request
from flask_babel import gettext

from engage.web.access import current_user
from engage.web.in_memory import admit_evidence

View = TypeVar("View", bound=Callable[..., object])

LARGEST_FILE = "largest_file"
LARGEST_PARTS = "largest_parts"


def takes_file(most: int) -> Callable[[View], View]:
    """Let the form of a page for staff carry a file, the whole of at most `most` bytes."""

    def mark(view: View) -> View:
        setattr(view, LARGEST_FILE, most)
        return view

    return mark


def takes_parts(most: int) -> Callable[[View], View]:
    """Let anybody send a page a form in parts (`multipart/form-data`) of at most `most` bytes.

    For programs that choose how they send; what such a page reads must be compared, never kept,
    as broken characters are not refused in it. Files in it are not looked at.
    """

    def mark(view: View) -> View:
        setattr(view, LARGEST_PARTS, most)
        return view

    return mark


def refuse_unreadable(app: Flask) -> None:
    """Check every form before it is parsed; the library would keep broken bytes as %FF."""
    app.before_request(_check)


def _check() -> None:
    if request.method != "POST":
        return
    view = current_app.view_functions.get(request.endpoint or "")
    most: int = getattr(view, LARGEST_FILE, 0)
    if most and request.mimetype == "multipart/form-data" and current_user.is_authenticated:
        request.max_content_length = most
        return
    if admit_evidence(view):
        return
    small: int = getattr(view, LARGEST_PARTS, 0)
    if small and request.mimetype == "multipart/form-data":
        request.max_content_length = small
        return
    body = request.get_data(cache=True, parse_form_data=False)
    if body and request.mimetype != "application/x-www-form-urlencoded":
        abort(415)
    try:
        unquote_to_bytes(body).decode("utf-8")
    except UnicodeDecodeError:
        said = gettext("Some characters could not be read. Go back, write them again and send it.")
        abort(400, said)
