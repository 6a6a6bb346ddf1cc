"""Organisations for staff: who waits, who is behind, and each with what it promised."""

from flask import Blueprint, abort, render_template, request

from engage import clock
from engage.accounts.models import Role
from engage.extensions import db
from engage.organisations import commitments as promises, decisions
from engage.organisations.domains import domain_of
from engage.organisations.listed import Filter, find, told
from engage.organisations.models import Standing
from engage.organisations.words import STANDINGS
from engage.partners import queue
from engage.partners.forms import OrganisationForm, PromiseForm, ReasonForm
from engage.partners.public import shown
from engage.partners.staff_page import ONE, PREFIX, Page, back, done, found, one_page
from engage.partners.views import LONGEST_SEARCH, WORDS
from engage.web.access import shows, staff
from engage.web.staff_pages import PLEDGE, add_staff_page

blueprint = Blueprint("partner_staff", __name__, url_prefix=PREFIX)
add_staff_page(
    blueprint,
    "Organisations",
    "partner_staff.all_organisations",
    PLEDGE,
    "Verify and approve organisations that signed, and see which are behind with a promise.",
    notices=lambda: queue.notices(db.session(), clock.today()),
)


@blueprint.get("")
@staff(Role.SURVEY_MANAGER)
def all_organisations() -> str:
    """Organisations by standing, those to be decided first; found by name and sector."""
    waiting = queue.waiting(db.session())
    first = next((each for each, number in waiting.items() if number), Standing.APPROVED)
    standing = request.args.get("standing", first)
    wanted = Filter(
        words=" ".join(request.args.get("name", "").split())[:LONGEST_SEARCH],
        sector=request.args.get("sector", ""),
        standing=standing if standing in set(Standing) else first,
    )
    page = request.args.get("page", 1, type=int)
    unconfirmed = wanted.standing == Standing.ASKED
    rows = find(db.session(), wanted, page, *([queue.confirmed()] if unconfirmed else []))
    return render_template(
        "partners/staff_list.html",
        wanted=wanted,
        found=rows,
        told=told(db.session(), rows.rows, clock.today()),
        waiting=waiting,
        standings=STANDINGS,
        **WORDS,
    )


@blueprint.get("/late")
@staff(Role.SURVEY_MANAGER)
def late() -> str:
    """Every promise that is late or was not renewed, those that are so longest first."""
    today = clock.today()
    rows = [
        (organisation, shown(commitment, today), promises.since(commitment, status))
        for organisation, commitment, status in promises.overdue(db.session(), today)
    ]
    return render_template("partners/staff_late.html", rows=rows, today=today, **WORDS)


@blueprint.get(ONE)
@staff(Role.SURVEY_MANAGER)
@shows("organisation")
def one(number: int) -> str:
    """One organisation, what it promised, and what can be decided."""
    return one_page(found(number), ReasonForm(formdata=None))


@blueprint.route(f"{ONE}/change", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def change(number: int) -> Page:
    """Correct its name, sector, size and website."""
    organisation = found(number)
    given = {name: getattr(organisation, name) for name in ("name", "sector", "size")}
    form = OrganisationForm(data={**given, "website": organisation.domain})
    if form.sent_and_valid():
        decisions.edit(
            db.session.connection(),
            number,
            name=" ".join((form.name.data or "").split()),
            sector=form.sector.data,
            size=form.size.data,
            domain=domain_of(form.website.data or ""),
        )
        done("organisation.changed", number)
        return back(number)
    page = render_template(
        "partners/staff_change.html", organisation=organisation, form=form, **WORDS
    )
    return (page, 422) if form.errors else page


@blueprint.route(f"{ONE}/promises/<name:promise>", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("organisation")
def commitment(number: int, promise: str) -> Page:
    """A promise as its organisation sees it, and the same form, for what it tells by telephone."""
    organisation = found(number)
    made = promises.of_organisation(db.session(), number)
    held = next((each for each in made if each.promise == promise), None) or abort(404)
    form = PromiseForm(
        data={name: getattr(held, name) for name in ("progress", "due_on", "owner", "evidence")}
    )
    if form.sent_and_fits(held):
        promises.change(db.session.connection(), held, form.change(), clock.today())
        done("commitment.changed", number, {"promise": promise})
        return back(number)
    page = render_template(
        "partners/staff_promise.html",
        organisation=organisation,
        form=form,
        held=held,
        shown=shown(held, clock.today()),
        **WORDS,
    )
    return (page, 422) if form.errors else page
