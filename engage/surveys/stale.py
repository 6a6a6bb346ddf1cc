"""Forms of a survey whose token is no longer good: where no answers are left, a page says so."""

from flask import Flask, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from engage import clock
from engage.answering.draft import live
from engage.surveys.current import reading
from engage.surveys.respondent import token_for
from engage.waves.store import newest_wave, open_wave
from engage.web.errors import http_error

ROOMS = frozenset({"start", "questions", "finish", "saved", "invited"})
"""The blueprints whose forms are about the answers that this browser holds."""


def say_what_is_left(app: Flask) -> None:
    """Answer forms that are out of date by whether there is anything to go back to."""
    app.register_error_handler(CSRFError, _out_of_date)


def _out_of_date(error: CSRFError) -> Response:
    slug = (request.view_args or {}).get("slug")
    if request.blueprint in ROOMS and slug and _nothing_left(str(slug)):
        return redirect(url_for("finish.ended", slug=slug), 303)
    return http_error(error)


def _nothing_left(slug: str) -> bool:
    """Whether there is such a survey, and this browser holds no answers to it."""
    with reading().connect() as connection:
        wave = open_wave(connection, slug, clock.today()) or newest_wave(connection, slug)
        token = token_for(wave.id) if wave else None
        return wave is not None and not live(connection, [token] if token else [], clock.now())
