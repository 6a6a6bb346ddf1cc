"""Confirming a signature from the message: the link shows what it is for, and a button signs.

Programs that look at links before people do open them, so opening changes nothing.
"""

from datetime import date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.areas.store import ward_names
from engage.contacts import consent, store as contacts, tokens
from engage.extensions import db
from engage.organisations import store as organisations
from engage.organisations.models import Promise
from engage.organisations.words import PROMISES, SECTORS, SIZES
from engage.pledges import counts, store as signatures
from engage.pledges.adoption import adopt
from engage.pledges.models import Kind
from engage.pledges.words import by_id
from engage.signing import waiting
from engage.signing.forms import ConfirmForm, ConfirmOrganisationForm
from engage.signing.pledges import published
from engage.signing.waiting import Waiting
from engage.web.access import public

blueprint = Blueprint("confirm", __name__)

UNFIT = 422
GONE = 410

Form = ConfirmForm | ConfirmOrganisationForm


@blueprint.route("/pledges/confirm/<secret>", methods=["GET", "POST"])
@public
def ask(secret: str) -> str | Response | tuple[str, int]:
    """Show what the link signs; the button signs it, once."""
    if request.method != "POST":
        return _page(secret, None)
    form, done, now = None, False, clock.now()
    with db.engine.begin() as connection:
        signature = waiting.hold(connection, secret, now)
        if signature is not None and signature.published:
            form = _form_for(signature)
            done = form.sent_and_valid() and _sign(connection, secret, signature, form, now)
    if signature is not None and done:
        return redirect(url_for("confirm.thank_you", slug=signature.slug), 303)
    return _page(secret, form)


@blueprint.get("/pledges/<slug:slug>/thank-you")
@public
def thank_you(slug: str) -> str:
    """Thanks, and what can be done next."""
    with db.engine.connect() as connection:
        pledge = published(connection, slug)
        total = counts.total(connection, pledge.id)
    return render_template("signing/thank_you.html", pledge=pledge, total=total)


def _form_for(signature: Waiting) -> Form:
    return ConfirmOrganisationForm() if signature.kind == Kind.ORGANISATION else ConfirmForm()


def _page(secret: str, sent: Form | None) -> str | tuple[str, int]:
    """What the link signs and the form; with its faults, where one was sent."""
    with db.engine.connect().execution_options(read_only=True) as connection:
        signature = waiting.read(connection, secret, clock.now())
        words = by_id(connection, signature.words_id) if signature is not None else None
        ward = ward_names(connection).get(signature.ward, "") if signature is not None else ""
    if signature is None or words is None:
        return render_template("signing/gone.html"), GONE
    if not signature.published:
        return render_template("signing/taken_off.html"), GONE
    is_organisation = signature.kind == Kind.ORGANISATION
    page = render_template(
        "signing/confirm_organisation.html" if is_organisation else "signing/confirm.html",
        signature=signature,
        is_over=signature.closes_on is not None and clock.today() > signature.closes_on,
        until=clock.day_of(signature.expires_at),
        words=words,
        form=sent or _form_for(signature),
        ward=ward,
        topics=consent.topics(),
        sectors=SECTORS,
        sizes=SIZES,
        promises=PROMISES,
    )
    return page if sent is None else (page, UNFIT)


def _sign(
    connection: Connection, secret: str, signature: Waiting, form: Form, now: datetime
) -> bool:
    """Use the link up and count the signature; False when somebody did so at this moment."""
    contact_id, today = signature.contact_id, clock.day_of(now)
    if not tokens.use_up(connection, secret):
        return False
    if signature.adopts:  # before anything is counted: all signatures are locked before a count is
        adopt(connection, contact_id, signature.address_key, signature.id)
    if not signatures.confirm(connection, signature.id, contact_id, now=now, today=today):
        return False
    if signature.proven_on is None or signature.refused_on is not None:
        contacts.prove(connection, contact_id, today)
    for topic in form.topics.data or []:
        consent.give(connection, contact_id, topic, source="web", today=today)
    if isinstance(form, ConfirmOrganisationForm):
        _keep_organisation(connection, signature, form, today)
    return True


def _keep_organisation(
    connection: Connection, signature: Waiting, form: ConfirmOrganisationForm, today: date
) -> None:
    """Keep who the organisation is, and verify it by the mailbox that just pressed the button."""
    new = organisations.NewOrganisation(
        name=signature.name,
        sector=str(form.sector.data),
        size=str(form.size.data),
        signatory=str(form.signatory.data),
        position=str(form.position.data),
        promises=tuple(Promise(each) for each in form.promises.data or []),
        website=str(form.website.data or ""),
    )
    number = organisations.ask(connection, new, signature.contact_id, today)
    signatures.attach(connection, signature.id, number)
    organisations.verify_by_domain(connection, number, signature.email, today)
