"""Local statistics for those who write bids and reports, as a page and as a file."""

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from engage.areas.store import ward_names
from engage.extensions import db, site_settings
from engage.neighbourhoods.said import Place, place_of
from engage.neighbourhoods.statistics import statistics, statistics_csv
from engage.web.access import public
from engage.web.conditional import unless_same
from engage.web.headers import ASKED_AGAIN

SHOWN_AS = "2"
"""Raised when the page shows the same in another way, so that browsers ask anew."""

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")


@blueprint.get("")
@public
def chosen() -> Response:
    """The statistics of the ward in `area`, or of the whole borough."""
    session, place = db.session(), _place()
    names, seen = ward_names(session), statistics(session, place, _council())
    return unless_same(
        [SHOWN_AS, repr(names), repr(seen)],
        lambda: render_template("neighbourhoods/statistics.html", seen=seen, wards=names),
    )


@blueprint.get("/file")
@public
def file() -> Response:
    """The same as CSV."""
    place = _place()
    seen = statistics(db.session(), place, _council())
    answer = make_response(statistics_csv(seen, _council()))
    name = f"statistics-{place.code or 'borough'}.csv"
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = ASKED_AGAIN
    answer.headers["Vary"] = "Cookie"
    answer.add_etag()
    return answer.make_conditional(request)


def _place() -> Place:
    """The ward that the address asks for; answers 404 where it is not on record."""
    code = request.args.get("area", "")
    return (place_of(db.session(), code) or abort(404)) if code else Place()


def _council() -> str:
    settings = site_settings()
    return settings.council_name or "This council"
