"""More time: the script of a page asks how long a report is kept, and puts it off."""

from flask import Blueprint, jsonify, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from engage import clock
from engage.clock import LONDON
from engage.extensions import db
from engage.reporting.begun import Begun, begun, save
from engage.reporting.views import reading
from engage.reports.changing import ChangedElsewhereError
from engage.web.access import public

blueprint = Blueprint("staying_here", __name__)


@blueprint.route("/tell-us/stay", methods=["GET", "POST"])
@public
def stay() -> Response:
    """How long it is kept, in seconds and in words; a POST keeps it for as long again.

    0 seconds once it is gone, for whatever reason.
    """
    with reading().connect() as connection:
        report = begun(connection)
    if request.method == "POST" and report is not None and not report.sent:
        try:
            with db.engine.begin() as connection:
                save(connection, report)
        except ChangedElsewhereError:
            pass  # another window saved it a moment ago, which keeps it as well
        with reading().connect() as connection:
            report = begun(connection)
    if report is None or report.sent:
        return jsonify(seconds=0)
    return jsonify(**_left(report))


def _left(report: Begun) -> dict[str, object]:
    until = f"{report.expires_at.astimezone(LONDON):%H:%M}"
    return {
        "seconds": max(0, int((report.expires_at - clock.now()).total_seconds())),
        "says": gettext("We keep what you wrote until %(time)s if you do nothing.", time=until),
        "warns": gettext(
            "Do you need more time? At %(time)s we delete what you have not sent.", time=until
        ),
        "more": True,
    }
