"""The page on which staff decide about an organisation, and what every step there does."""

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.audit.done import note_done
from engage.audit.log import Fact
from engage.extensions import db
from engage.organisations import commitments as promises
from engage.organisations.models import Organisation, Promise
from engage.organisations.words import STANDINGS
from engage.partners import queue
from engage.partners.forms import ReasonForm
from engage.partners.public import public_page
from engage.partners.views import WORDS
from engage.web.forms import PressForm

PREFIX = "/staff/organisations"
ONE = "/<int(max=2147483647):number>"

Page = str | Response | tuple[str, int]


def one_page(organisation: Organisation, form: ReasonForm) -> str:
    """The page of one organisation: what it promised, and what can be decided."""
    made = promises.of_organisation(db.session(), organisation.id)
    return render_template(
        "partners/staff_one.html",
        organisation=organisation,
        page=public_page(db.session(), organisation, clock.today()),
        made={Promise(each.promise): each for each in made},
        confirmed=queue.is_confirmed(db.session(), organisation.id),
        form=form,
        step_form=PressForm(formdata=None),
        standings=STANDINGS,
        **WORDS,
    )


def done(action: str, number: int, detail: dict[str, Fact] | None = None) -> None:
    """Note in the audit log what was done, and keep both."""
    note_done(action, f"organisation:{number}", detail)
    db.session.commit()


def found(number: int) -> Organisation:
    """The organisation of that number, listed or not; answers 404 where there is none."""
    return db.session.get(Organisation, number) or abort(404)


def back(number: int) -> Response:
    """Back to its page, where the step shows."""
    return redirect(url_for("partner_staff.one", number=number), 303)
