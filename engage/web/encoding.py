"""Forms must be readable text: invalid UTF-8 is refused whole, before anything reads it."""

from urllib.parse import unquote_to_bytes

from flask import Flask, abort, request
from flask_babel import gettext


def refuse_unreadable(app: Flask) -> None:
    """Check every form before it is parsed; the library would keep broken bytes as %FF."""
    app.before_request(_check)


def _check() -> None:
    if request.method != "POST":
        return
    body = request.get_data(cache=True, parse_form_data=False)
    if body and request.mimetype != "application/x-www-form-urlencoded":
        abort(415)
    try:
        unquote_to_bytes(body).decode("utf-8")
    except UnicodeDecodeError:
        said = gettext("Some characters could not be read. Go back, write them again and send it.")
        abort(400, said)
