"""Ending messages with one press, also by the mail program (RFC 8058).

Opening the link changes nothing: programs that look through mail open every link in it.
"""

from flask import Blueprint, render_template, request
from sqlalchemy import Connection

from engage import clock
from engage.contacts import consent
from engage.contacts.stopping import Stop, read_stop
from engage.extensions import csrf, db, site_settings
from engage.outbox.letters import OWN_PAGE, STOP
from engage.web.access import public
from engage.web.encoding import takes_parts

blueprint = Blueprint("unsubscribe", __name__)
csrf.exempt(blueprint)  # a mail program sends no cookie and no token: the secret says that it may

Page = str | tuple[str, int]
GONE = 410
LARGEST = 10_000
"""Bytes of what a mail program sends; RFC 8058 has it send one field, in parts or not."""


@blueprint.get(f"{STOP}<secret>")
@public
def ask(secret: str) -> Page:
    """Show the buttons."""
    with db.engine.execution_options(read_only=True).connect() as connection:
        stop = _read(connection, secret)
        if stop is None:
            return render_template("messages/no_link.html", own_page=OWN_PAGE), GONE
        agreed = consent.agreed(connection, stop.contact_id)
    return render_template(
        "messages/ask.html",
        secret=secret,
        about=consent.subjects().get(stop.topic),
        hears=stop.topic in agreed,
        others=bool(agreed - {stop.topic}),
        own_page=OWN_PAGE,
    )


@blueprint.post(f"{STOP}<secret>")
@public
@takes_parts(LARGEST)
def end(secret: str) -> Page:
    """End messages on the topic, or all of them; a mail program, which cannot ask, ends all."""
    only = request.form.get("end") == "topic"
    with db.engine.begin() as connection:
        stop = _read(connection, secret)
        if stop is None:
            return render_template("messages/no_link.html", own_page=OWN_PAGE), GONE
        topics = (stop.topic,) if only else consent.TOPICS
        for topic in topics:
            consent.take_back(
                connection, stop.contact_id, topic, source="mail", today=clock.today()
            )
    about = consent.subjects().get(stop.topic) if only else None
    return render_template("messages/ended.html", about=about, own_page=OWN_PAGE)


def _read(connection: Connection, secret: str) -> Stop | None:
    settings = site_settings()
    return read_stop(connection, secret, settings.address_key)
