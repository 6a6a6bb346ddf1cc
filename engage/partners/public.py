"""An organisation as everyone sees it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engage.organisations import commitments as promises
from engage.organisations.commitments import Status
from engage.organisations.models import Commitment, Organisation, Promise
from engage.organisations.years import ends_on
from engage.partners.certificate import Span, span_of
from engage.pledges.backing import signed_by
from engage.pledges.words import Words
from engage.web.language import language

COLOURS: dict[Status, str] = {
    Status.PROMISED: "govuk-tag--grey",
    Status.UNDER_WAY: "govuk-tag--blue",
    Status.DONE: "govuk-tag--green",
    Status.LATE: "govuk-tag--orange",
    Status.ENDED: "govuk-tag--red",
    Status.DROPPED: "govuk-tag--grey",
}
"""The colour of each standing; its word says the same."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One promise as everyone sees it: who sees to it and the evidence are not among it."""

    promise: Promise
    status: Status
    due_on: date
    ends_on: date
    open: bool


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What the page of an organisation tells; `span` is there while it has a certificate.

    `signed` are the pledges that it signed, in the reader's language.
    """

    organisation: Organisation
    shown: list[Shown]
    holding: list[Commitment]
    span: Span | None
    signed: list[Words]


def public_page(session: Session, organisation: Organisation, today: date) -> PublicPage:
    """The page of an approved organisation on a day."""
    made = promises.of_organisation(session, organisation.id)
    holding = promises.holding(made, today)
    return PublicPage(
        organisation,
        [shown(each, today) for each in made],
        holding,
        span_of(organisation, holding),
        signed_by(session.connection(), organisation.id, language().tag),
    )


def shown(commitment: Commitment, today: date) -> Shown:
    """One promise as everyone sees it on a day."""
    status = promises.status_of(commitment, today)
    return Shown(
        promise=Promise(commitment.promise),
        status=status,
        due_on=commitment.due_on,
        ends_on=ends_on(commitment.renewed_on),
        open=status in {Status.PROMISED, Status.UNDER_WAY, Status.LATE},
    )
