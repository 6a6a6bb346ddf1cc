"""Inviting somebody, and the page on which they choose their password."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts import store
from engage.accounts.models import Role
from engage.accounts.passwords import faults_of
from engage.accounts.store import AccountError, UnfitNameError
from engage.audit.log import record
from engage.extensions import db, limiter, site_settings
from engage.people import links
from engage.people.forms import InviteForm, JoinForm
from engage.people.guards import LASTING
from engage.people.views import Page
from engage.people.words import CALLED, MAY
from engage.web.access import current_user, public, staff

blueprint = Blueprint("people_invite", __name__)

NO_MAIL = (
    "This site has no mail server, so no invitation can leave. Whoever runs it sets SMTP_URL, or "
    "makes the account by command: flask --app run staff create."
)
TOO_OFTEN = "There were too many tries from your network. Wait a minute, then try again."


@blueprint.route("/staff/people/invite", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
def invite() -> Page:
    """Ask whom, and let the worker send them a link."""
    form = InviteForm()
    valid = form.sent_and_valid()
    if valid and current_user.emergency is not None:
        form.blame("email", LASTING)
    elif valid and not site_settings().smtp_url:
        form.blame("email", NO_MAIL)
    elif valid:
        try:
            member = store.invite(
                db.session(),
                email=form.email.data,
                name=form.name.data,
                role=Role(form.role.data),
                by=current_user.id,
            )
        except AccountError as error:
            db.session.rollback()
            form.blame("name" if isinstance(error, UnfitNameError) else "email", str(error))
        else:
            now = clock.now()
            links.ask(db.session(), member.id, by=current_user.id, now=now)
            record(
                db.session(),
                at=now,
                staff_id=current_user.id,
                action="staff.invited",
                subject=f"staff:{member.id}",
                detail={"role": member.role},
            )
            db.session.commit()
            return redirect(url_for("people.person", staff_id=member.id), 303)
    hour = LASTING if current_user.emergency is not None else ""
    page = render_template("people/invite.html", form=form, may=MAY, hour=hour)
    return (page, 422) if form.errors else page


@blueprint.route("/staff/join/<token>", methods=["GET", "POST"])
@public
@limiter.limit("20 per minute", methods=["POST"], error_message=TOO_OFTEN)
def join(token: str) -> Response | tuple[str, int] | str:
    """Let somebody choose a password by the link in their mail; looking at it uses nothing up."""
    now = clock.now()
    member = links.whose(db.session(), token, now)
    if member is None:
        return render_template("people/join_gone.html"), 404
    first, role = member.invited, Role(member.role)
    email, name = member.email, member.name
    db.session.rollback()  # hashing takes long, and nobody waits for it
    form = JoinForm()
    if form.sent_and_valid():
        faults = faults_of(form.password.data, email=email, name=name)
        if not faults:
            done = links.use(db.session(), token, form.password.data, clock.now())
            if done:
                flash(email, "password")  # for the next page, which asks for it
                return redirect(url_for("signin.sign_in"), 303)
            return render_template("people/join_gone.html"), 404
        for fault in faults:
            form.blame("password", fault)
    page = render_template(
        "people/join.html", form=form, first=first, email=email, name=name, called=CALLED[role]
    )
    return (page, 422) if form.errors else page
