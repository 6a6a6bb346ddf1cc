"""Events and training for everyone: the list, the page of one, and its file for a calendar."""

from typing import Any

from flask import Blueprint, Response as Answer, abort, render_template
from sqlalchemy import Connection, Row

from engage import clock
from engage.events import programme
from engage.extensions import db, site_settings
from engage.training.calendar_file import calendar_file
from engage.training.shown import shown
from engage.web.access import public

blueprint = Blueprint("training", __name__)


@blueprint.get("/events")
@public
def events() -> str:
    """The events and training that are to come."""
    now = clock.now()
    with db.engine.connect() as connection:
        coming = programme.coming(connection, now)
    listed = [shown(each.event, now, each) for each in coming if not each.event.cancelled_at]
    return render_template("training/events.html", events=listed)


@blueprint.get("/events/<slug:slug>")
@public
def event(slug: str) -> str:
    """One event: what, when, where, how to get in, and whether there is room."""
    now = clock.now()
    with db.engine.connect() as connection:
        found = published(connection, slug)
        counted = programme.counted(connection, found)
    return render_template("training/event.html", shown=shown(found, now, counted), event=found)


@blueprint.get("/events/<slug:slug>/calendar.ics")
@public
def calendar(slug: str) -> Answer:
    """The event as a file that calendars open."""
    with db.engine.connect() as connection:
        found = published(connection, slug)
    answer = Answer(calendar_file(site_settings(), found, clock.now()), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return answer


def published(connection: Connection, slug: str) -> Row[Any]:
    """The event at that address; answers 404 where there is none, or it is not shown yet."""
    return programme.by_slug(connection, slug) or abort(404)
