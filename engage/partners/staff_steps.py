"""What staff decide about an organisation: verify, approve, refuse, look again."""

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.extensions import db
from engage.organisations import commitments as promises, decisions
from engage.organisations.models import Organisation
from engage.outbox.kinds import Kind
from engage.partners import queue
from engage.partners.forms import ReasonForm
from engage.partners.mails import approved_words, refused_words, write
from engage.partners.staff_page import ONE, PREFIX, Page, back, done, found, one_page
from engage.web.access import shows, staff
from engage.web.forms import PressForm

blueprint = Blueprint("partner_decisions", __name__, url_prefix=PREFIX)


@blueprint.post(f"{ONE}/verify")
@staff(Role.SURVEY_MANAGER)
def verify(number: int) -> Response:
    """Note that staff made sure of it."""
    found(number)
    if PressForm().sent_and_valid() and decisions.verify(
        db.session.connection(), number, clock.today()
    ):
        done("organisation.verified", number)
    return back(number)


@blueprint.post(f"{ONE}/approve")
@staff(Role.SURVEY_MANAGER)
def approve(number: int) -> Response:
    """Show it to everyone, and tell it so."""
    organisation = found(number)
    if PressForm().sent_and_valid():
        if not queue.is_confirmed(db.session(), number):
            abort(
                409,
                "No signature of this organisation counts: it was not confirmed, was taken back, "
                "or was taken out of the count. It can be approved when it signs again.",
            )
        if decisions.approve(db.session.connection(), number, clock.today()):
            _tell(organisation, "approved")
            done("organisation.approved", number)
    return back(number)


@blueprint.post(f"{ONE}/refuse")
@staff(Role.SURVEY_MANAGER)
@shows("organisation")
def refuse(number: int) -> Page:
    """Refuse it, or take it off the list, with the reason that it is told."""
    organisation, form = found(number), ReasonForm()
    if not form.sent_and_valid():
        return one_page(organisation, form), 422
    reason = form.reason.data or ""
    if decisions.refuse(db.session.connection(), number, reason, clock.today()):
        if queue.is_confirmed(db.session(), number):
            db.session.refresh(organisation)
            _tell(organisation, "refused")
        done("organisation.refused", number)
    return back(number)


@blueprint.post(f"{ONE}/reconsider")
@staff(Role.SURVEY_MANAGER)
def reconsider(number: int) -> Response:
    """Look at a refused one again."""
    found(number)
    if PressForm().sent_and_valid() and decisions.reconsider(db.session.connection(), number):
        done("organisation.reconsidered", number)
    return back(number)


def _tell(organisation: Organisation, what: str) -> None:
    """Write to the organisation what was decided."""
    made = promises.of_organisation(db.session(), organisation.id)
    holding = promises.holding(made, clock.today())
    words = approved_words(holding) if what == "approved" else refused_words
    key = f"organisation-{what}:{organisation.id}:{clock.now().isoformat()}"
    write(db.session(), organisation, Kind.TELL, words, key=key, now=clock.now())
