"""More time: the script of a page asks how long its answers are kept, and puts it off."""

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from engage import clock
from engage.answering.draft import stay as keep_alive
from engage.extensions import db
from engage.surveys.current import current_draft, current_survey, reading
from engage.surveys.kept import kept
from engage.web.access import public

blueprint = Blueprint("staying", __name__)


@blueprint.route("/surveys/<slug:slug>/stay", methods=["GET", "POST"])
@public
def stay(slug: str) -> Response:
    """How long the answers are kept, in seconds and in words; a POST keeps them for as long again.

    0 seconds once they are gone, for whatever reason.
    """
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        found = current_draft(connection, survey)
    if request.method == "POST" and found and not found[1].sent:
        with db.engine.begin() as connection:
            now, closes_on = clock.now(), survey.wave.closes_on
            keep_alive(connection, found[1].id, now=now, closes_on=closes_on)
        with reading().connect() as connection:
            found = current_draft(connection, survey)
    if found is None or found[1].sent:
        return jsonify(seconds=0)
    left = kept(found[1], survey.wave, clock.now())
    return jsonify(seconds=left.seconds, says=left.says, warns=left.warns, more=left.more)
