"""Whether the site can answer and reach its database."""

from flask import Blueprint, Response
from sqlalchemy import text

from engage.extensions import db
from engage.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@public
def health() -> Response:
    """Answer `ok` once the database has answered; otherwise the error page with its status."""
    with db.engine.connect() as connection:
        connection.execute(text("select 1"))
    return Response("ok\n", mimetype="text/plain")
