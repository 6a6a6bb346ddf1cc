"""The council's own colour, as a style sheet: a strict policy allows no style in the page."""

from flask import Blueprint, Response

from engage.extensions import site_settings
from engage.web.access import public

blueprint = Blueprint("council", __name__)


@blueprint.get("/council.css")
@public
def colours() -> Response:
    """The custom properties that `static/engage.css` builds on; kept by browsers for an hour."""
    settings = site_settings()
    answer = Response(f":root{{--engage-colour:{settings.council_colour}}}\n", mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
