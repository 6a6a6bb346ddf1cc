"""Signing a pledge: the forms, and the page that is the same whatever is known of the address."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.extensions import db, limiter
from engage.pledges.models import Kind, Member
from engage.pledges.pledge import ShownPledge, Stage
from engage.signing.asked import LASTS, Asked, take
from engage.signing.forms import OrganisationForm, PersonForm
from engage.signing.pledges import published
from engage.signing.wards import offered, ward_of
from engage.web.access import public
from engage.web.limits import too_many

blueprint = Blueprint("sign", __name__)

SIGNATURES = "600 per hour"
"""From one network: a whole school or a stall at a fair may share one."""
UNFIT = 422

Answer = str | Response | tuple[str, int]


@blueprint.route("/pledges/<slug:slug>/sign", methods=["GET", "POST"])
@public
@limiter.limit(SIGNATURES, methods=["POST"], error_message=too_many)
def person(slug: str) -> Answer:
    """A person signs."""
    form = PersonForm()
    # What is read is read before anything that waits for other writers.
    with db.engine.connect().execution_options(read_only=True) as connection:
        pledge = published(connection, slug)
        if pledge.stage is not Stage.OPEN:
            return _closed(slug)
        valid = form.sent_and_valid()
        ward = ward_of(connection, form) if request.method == "POST" else ""
        valid = valid and not form.errors
        wards = {} if valid else offered(connection)
    if not valid:
        page = render_template("signing/sign.html", pledge=pledge, form=form, wards=wards)
        return (page, UNFIT) if request.method == "POST" else page
    under_18 = bool(form.under_18.data)
    return _asked(
        pledge,
        Asked(
            pledge=pledge,
            address=str(form.email.data),
            name=str(form.name.data),
            member=Member.SECOND if form.second.data else Member.FIRST,
            show_name=bool(form.show_name.data) and not under_18,
            under_18=under_18,
            ward=ward,
        ),
    )


@blueprint.route("/pledges/<slug:slug>/sign/organisation", methods=["GET", "POST"])
@public
@limiter.limit(SIGNATURES, methods=["POST"], error_message=too_many)
def organisation(slug: str) -> Answer:
    """Somebody signs for an organisation."""
    form = OrganisationForm()
    with db.engine.connect().execution_options(read_only=True) as connection:
        pledge = published(connection, slug)
    if pledge.stage is not Stage.OPEN:
        return _closed(slug)
    if not form.sent_and_valid():
        page = render_template("signing/sign_organisation.html", pledge=pledge, form=form)
        return (page, UNFIT) if request.method == "POST" else page
    asked = Asked(
        pledge=pledge,
        address=str(form.email.data),
        name=str(form.name.data),
        kind=Kind.ORGANISATION,
        member=Member.ORGANISATION,
    )
    return _asked(pledge, asked)


@blueprint.get("/pledges/<slug:slug>/check-your-email")
@public
def check_mail(slug: str) -> str:
    """Say that a message is on its way: to everybody, so that it tells nothing of anybody."""
    with db.engine.connect() as connection:
        pledge = published(connection, slug)
    return render_template("signing/check_mail.html", pledge=pledge, days=LASTS.days)


def _asked(pledge: ShownPledge, asked: Asked) -> Response:
    with db.engine.begin() as connection:
        take(connection, asked, clock.now())
    return redirect(url_for("sign.check_mail", slug=pledge.slug), 303)


def _closed(slug: str) -> Response:
    """The page of the pledge says when it can be signed."""
    return redirect(url_for("pledges.pledge", slug=slug), 303)
