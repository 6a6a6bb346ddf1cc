"""What is kept of somebody: asked for by mail, opened by a button, seen and taken along."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.contacts import consent, store as contacts, tokens
from engage.extensions import db, limiter, site_settings
from engage.pledges.adoption import adopt
from engage.signing import beside, visit, wanted
from engage.signing.forms import LinkForm
from engage.signing.kept import copy_of, signed_by
from engage.web.access import public
from engage.web.forms import PressForm
from engage.web.language import choice_of, language
from engage.web.limits import too_many

blueprint = Blueprint("own_page", __name__)

LINKS = "60 per hour"
"""From one network."""
UNFIT = 422
GONE = 410


@blueprint.route("/my-page", methods=["GET", "POST"])
@public
@limiter.limit(LINKS, methods=["POST"], error_message=too_many)
def send() -> str | Response | tuple[str, int]:
    """Ask for the link; the same is done and answered whether the address is known."""
    form = LinkForm()
    if not form.sent_and_valid():
        page = render_template("signing/own_send.html", form=form)
        return (page, UNFIT) if request.method == "POST" else page
    key = site_settings().address_key
    with db.engine.begin() as connection:
        wanted.ask(connection, str(form.email.data), language().tag, clock.now(), key=key)
    return redirect(url_for("own_page.sent"), 303)


@blueprint.get("/my-page/check-your-email")
@public
def sent() -> str:
    """Say that a message is on its way, if there is anything to show."""
    return render_template("signing/own_sent.html")


@blueprint.route("/my-page/open/<secret>", methods=["GET", "POST"])
@public
def ask(secret: str) -> str | Response | tuple[str, int]:
    """Show a button; it opens the page and uses the link up."""
    with db.engine.execution_options(read_only=True).connect() as connection:
        token = tokens.read(connection, secret, "own_page", clock.now())
    if token is None:
        return render_template("signing/gone.html"), GONE
    if not PressForm().sent_and_valid():
        return render_template("signing/own_open.html")
    with db.engine.begin() as connection:
        token = tokens.use(connection, secret, "own_page", clock.now())
        if token is not None:
            _arrive(connection, token.contact_id)
    return redirect(url_for("own_page.see"), 303)


@blueprint.get("/my-page/see")
@public
def see() -> str | Response:
    """Everything that is kept, and what can be done about it."""
    with db.engine.connect() as connection:
        contact_id = visit.visitor(connection)
        contact = contacts.get(connection, contact_id) if contact_id is not None else None
        if contact_id is None or contact is None:
            return redirect(url_for("own_page.send"), 303)
        agreed = consent.agreed(connection, contact_id)
        return render_template(
            "signing/own_see.html",
            contact=contact,
            speaks=choice_of(contact.language),
            signatures=signed_by(connection, contact_id),
            topics=consent.topics(),
            agreed=agreed,
            history=consent.history(connection, contact_id),
            organisations=beside.organisations(connection, contact_id),
            bookings=beside.bookings(connection, contact_id),
            sent=beside.messages(connection, contact_id),
            links=beside.open_links(connection, contact_id),
        )


@blueprint.get("/my-page/copy.json")
@public
def copy() -> Response:
    """Everything that is kept, as a file."""
    with db.engine.connect() as connection:
        contact_id = visit.visitor(connection)
        if contact_id is None:
            return redirect(url_for("own_page.send"), 303)
        answer = jsonify(copy_of(connection, contact_id))
    answer.headers["Content-Disposition"] = 'attachment; filename="my-page.json"'
    return answer


@blueprint.post("/my-page/close")
@public
def close() -> Response:
    """Close the page in this browser."""
    if PressForm().sent_and_valid():
        with db.engine.begin() as connection:
            visit.end(connection)
    return redirect(url_for("own_page.send"), 303)


def _arrive(connection: Connection, contact_id: int) -> None:
    """Whoever pressed the button reads the mailbox."""
    contacts.prove(connection, contact_id, clock.today())
    contact = contacts.get(connection, contact_id)
    if contact is not None:
        adopt(connection, contact_id, contact.address_key)
    visit.begin(connection, contact_id)
