"""Changing or ending what is kept of oneself, from one's own page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.contacts import consent, store as contacts
from engage.extensions import db
from engage.organisations.decisions import leave
from engage.pledges import store as signatures
from engage.pledges.backing import is_backed
from engage.pledges.models import State
from engage.signing import beside, visit
from engage.signing.erasing import erase_everything
from engage.signing.forms import ChangeForm, MessagesForm
from engage.signing.kept import Signed, signed_by
from engage.signing.wards import offered, ward_of
from engage.web.access import public
from engage.web.forms import PressForm
from engage.web.language import choice_of, offered as languages

blueprint = Blueprint("own_changes", __name__)

UNFIT = 422
Given = ParamSpec("Given")
Answer = str | Response | tuple[str, int]
Page = Callable[Concatenate[Connection, int, Given], Answer]


def visited(page: Page[Given]) -> Callable[Given, Answer]:
    """Hand a page the mailbox whose visit this is, and one transaction for all it does."""

    @wraps(page)
    def view(*given: Given.args, **named: Given.kwargs) -> Answer:
        with db.engine.begin() as connection:
            contact_id = visit.visitor(connection)
            if contact_id is None:
                return redirect(url_for("own_page.send"), 303)
            return page(connection, contact_id, *given, **named)

    return view


@blueprint.route("/my-page/signatures/<int:signature_id>", methods=["GET", "POST"])
@public
@visited
def change(connection: Connection, contact_id: int, signature_id: int) -> Answer:
    """Change the name, whether it is shown, and the ward."""
    mine = _mine(connection, contact_id, signature_id)
    form = ChangeForm(name=mine.name, show_name=mine.show_name, ward=mine.ward)
    valid, ward = form.sent_and_valid(), ""
    if request.method == "POST":
        ward = ward_of(connection, form)
        valid = valid and not form.errors
    if not valid:
        page = render_template(
            "signing/own_change.html", signature=mine, form=form, wards=offered(connection)
        )
        return (page, UNFIT) if request.method == "POST" else page
    signatures.change(
        connection,
        signature_id,
        name=str(form.name.data),
        show_name=bool(form.show_name.data),
        ward=ward,
    )
    return redirect(url_for("own_page.see"), 303)


@blueprint.route("/my-page/signatures/<int:signature_id>/withdraw", methods=["GET", "POST"])
@public
@visited
def withdraw(connection: Connection, contact_id: int, signature_id: int) -> Answer:
    """Take a signature back."""
    mine = _mine(connection, contact_id, signature_id)
    if not PressForm().sent_and_valid():
        return render_template("signing/own_withdraw.html", signature=mine)
    row = signatures.get(connection, signature_id)
    signatures.withdraw(connection, signature_id)
    number = row.organisation_id if row is not None else None
    if number is not None and not is_backed(connection, number):
        leave(connection, number)  # it is on the list because it signed
    return redirect(url_for("own_page.see"), 303)


@blueprint.route("/my-page/messages", methods=["GET", "POST"])
@public
@visited
def messages(connection: Connection, contact_id: int) -> Answer:
    """Choose the language of messages, and what they may be about."""
    contact, agreed = contacts.get(connection, contact_id), consent.agreed(connection, contact_id)
    form = MessagesForm(topics=sorted(agreed), speaks=contact.language if contact else "")
    spoken = [each for each in languages() if not each.reading_of]
    if not form.sent_and_valid():
        return render_template(
            "signing/own_messages.html", form=form, topics=consent.topics(), spoken=spoken
        )
    today = clock.today()
    for topic in consent.TOPICS:
        if topic in (form.topics.data or []):
            consent.give(connection, contact_id, topic, source="own_page", today=today)
        else:
            consent.take_back(connection, contact_id, topic, source="own_page", today=today)
    wanted = choice_of(form.speaks.data or "")
    if wanted in spoken and wanted is not None:
        contacts.set_language(connection, contact_id, wanted.tag)
    return redirect(url_for("own_page.see"), 303)


@blueprint.route("/my-page/erase", methods=["GET", "POST"])
@public
@visited
def erase(connection: Connection, contact_id: int) -> Answer:
    """Delete everything."""
    if not PressForm().sent_and_valid():
        return render_template(
            "signing/own_erase.html",
            signatures=[
                each
                for each in signed_by(connection, contact_id)
                if each.state != State.WITHDRAWN and not each.organisation
            ],
            organisations=beside.organisations(connection, contact_id),
            bookings=beside.bookings(connection, contact_id),
        )
    visit.end(connection)
    erase_everything(connection, contact_id)
    return redirect(url_for("own_changes.erased"), 303)


@blueprint.get("/my-page/erased")
@public
def erased() -> str:
    """Say that nothing is left."""
    return render_template("signing/own_erased.html")


def _mine(connection: Connection, contact_id: int, signature_id: int) -> Signed:
    """A signature of the visitor's own; answers 404 for any other, and for one taken back."""
    own = (each for each in signed_by(connection, contact_id) if each.id == signature_id)
    mine = next(own, None)
    if mine is None or mine.state == State.WITHDRAWN:
        abort(404)
    return mine
