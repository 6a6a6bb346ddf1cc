"""Confirming a signature from the message: the link shows what it is for, and a button signs.

Programs that look at links before people do open them, so opening changes nothing.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response

from engage import clock
from engage.areas.store import ward_names
from engage.contacts import consent, store as contacts, tokens
from engage.contacts.tokens import Token
from engage.extensions import db
from engage.organisations import store as organisations
from engage.organisations.models import Promise
from engage.organisations.words import PROMISES, SECTORS, SIZES
from engage.pledges import counts, store as signatures
from engage.pledges.models import Kind, State
from engage.pledges.words import by_id
from engage.signing.forms import ConfirmForm, ConfirmOrganisationForm
from engage.signing.pledges import published, slug_of_pledge
from engage.web.access import public

blueprint = Blueprint("confirm", __name__)

UNFIT = 422
GONE = 410

Signature = Row[tuple[object, ...]]


@blueprint.route("/pledges/confirm/<secret>", methods=["GET", "POST"])
@public
def ask(secret: str) -> str | Response | tuple[str, int]:
    """Show what the link signs; the button signs it, once."""
    with db.engine.execution_options(read_only=True).connect() as connection:
        waiting = _waiting(connection, secret)
        words = by_id(connection, waiting.words_id) if waiting is not None else None
        slug = slug_of_pledge(connection, waiting.pledge_id) if waiting is not None else ""
        ward = ward_names(connection).get(waiting.ward, "") if waiting is not None else ""
    if waiting is None or words is None:
        return render_template("signing/gone.html"), GONE
    is_organisation = waiting.kind == Kind.ORGANISATION
    form = ConfirmOrganisationForm() if is_organisation else ConfirmForm()
    if not form.sent_and_valid():
        page = render_template(
            "signing/confirm_organisation.html" if is_organisation else "signing/confirm.html",
            signature=waiting,
            words=words,
            form=form,
            ward=ward,
            topics=consent.topics(),
            sectors=SECTORS,
            sizes=SIZES,
            promises=PROMISES,
        )
        return (page, UNFIT) if request.method == "POST" else page
    with db.engine.begin() as connection:
        done = _sign(connection, secret, form)
    if not done:
        return render_template("signing/gone.html"), GONE
    return redirect(url_for("confirm.thank_you", slug=slug), 303)


@blueprint.get("/pledges/<slug:slug>/thank-you")
@public
def thank_you(slug: str) -> str:
    """Thanks, and what can be done next."""
    with db.engine.connect() as connection:
        pledge = published(connection, slug)
        total = counts.total(connection, pledge.id)
    return render_template("signing/thank_you.html", pledge=pledge, total=total)


def _waiting(connection: Connection, secret: str) -> Signature | None:
    """The signature that a link is good for; None when it is used, too old or taken out."""
    token = tokens.read(connection, secret, "signature", clock.now())
    found = signatures.get(connection, token.about) if token and token.about else None
    return found if found is not None and found.state == State.PENDING else None


def _sign(connection: Connection, secret: str, form: ConfirmForm | ConfirmOrganisationForm) -> bool:
    """Use the link up and count the signature; False when somebody did so at this moment."""
    now = clock.now()
    today = clock.day_of(now)
    token = tokens.use(connection, secret, "signature", now)
    if token is None or token.about is None:
        return False
    if not signatures.confirm(connection, token.about, token.contact_id, now=now, today=today):
        return False
    contact = contacts.get(connection, token.contact_id)
    if contact is None:
        return False
    contacts.prove(connection, token.contact_id, today)
    signatures.adopt(connection, token.contact_id, contact.address_key)
    for topic in form.topics.data or []:
        consent.give(connection, token.contact_id, topic, source="web", today=today)
    if isinstance(form, ConfirmOrganisationForm):
        _keep_organisation(connection, token, form, contact.email)
    return True


def _keep_organisation(
    connection: Connection, token: Token, form: ConfirmOrganisationForm, address: str
) -> None:
    """Keep who the organisation is, and verify it by the mailbox that just pressed the button."""
    today = clock.today()
    signature = signatures.get(connection, token.about or 0)
    if signature is None:
        return
    new = organisations.NewOrganisation(
        name=signature.name,
        sector=str(form.sector.data),
        size=str(form.size.data),
        signatory=str(form.signatory.data),
        position=str(form.position.data),
        promises=tuple(Promise(each) for each in form.promises.data or []),
        website=str(form.website.data or ""),
    )
    number = organisations.ask(connection, new, token.contact_id, today)
    signatures.attach(connection, signature.id, number)
    organisations.verify_by_domain(connection, number, address, today)
