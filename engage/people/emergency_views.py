"""Break-glass: the page that begins the hour, and the pages on which others look at it."""

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.audit.done import note_done
from engage.extensions import db, limiter
from engage.people.done import done_in
from engage.people.emergency import begin
from engage.people.forms import BreakGlassForm, ReviewForm, StepForm
from engage.people.views import Page
from engage.sessions import break_glass
from engage.sessions.models import BreakGlass
from engage.web.access import count_shown, current_user, shows, staff
from engage.web.demonstration import code_shown, is_demo_login

blueprint = Blueprint("break_glass", __name__)

WRONG = (
    "The password or the code is not right, the code was used before, or there were too many "
    "tries. Wait for the next code. After 5 wrong tries, wait 15 minutes."
)
TOO_OFTEN = "There were too many tries from your network. Wait a minute, then try again."
NOT_YOURS = (
    "It cannot be signed off: the hour still lasts, it is your own, you act as administrator "
    "yourself in an emergency, or somebody signed it off before you."
)


@blueprint.route("/staff/break-glass", methods=["GET", "POST"])
@staff()
@limiter.limit("20 per minute", methods=["POST"], error_message=TOO_OFTEN)
def enter() -> Page:
    """Make somebody who was named beforehand administrator for an hour."""
    if not current_user.may_break_glass or current_user.emergency is not None:
        abort(403)
    if lasts := break_glass.lasting(db.session(), current_user.id, clock.now()):
        return render_template("people/hour_lasts.html", hour=lasts), 409
    form = BreakGlassForm()
    if form.sent_and_valid():
        member = current_user._get_current_object()  # noqa: SLF001  the person behind the proxy
        given = {name: form[name].data for name in ("reason", "password", "code")}
        if begin(db.session(), member, clock.now(), **given):
            return redirect(url_for("signin.home"), 303)
        form.blame("code", WRONG)
    email = db.session.get_one(StaffMember, current_user.id).email
    demo = is_demo_login(email)
    code = code_shown(db.session(), email, clock.now()) if demo else None
    page = render_template("people/break_glass.html", form=form, demo=demo, code_of_the_moment=code)
    return (page, 422) if form.errors else page


@blueprint.post("/staff/break-glass/end")
@staff()
def end() -> Response:
    """Give the hour back before its time."""
    number = current_user.emergency
    if not StepForm().sent_and_valid():
        abort(400, "Press the button on our page.")
    if number is not None and break_glass.end(db.session(), number, clock.now()):
        _note("break_glass.ended", number)
        db.session.commit()
    return redirect(url_for("signin.home"), 303)


@blueprint.get("/staff/people/break-glass")
@shows("break_glass")
@staff(Role.AUDITOR)
def hours() -> str:
    """Every such hour, and whether somebody looked at it."""
    listed = break_glass.everything(db.session())
    count_shown(len(listed))
    return render_template("people/hours.html", hours=listed, names=_names(), now=clock.now())


@blueprint.route("/staff/people/break-glass/<int(max=2147483647):number>", methods=["GET", "POST"])
@shows("break_glass")
@staff(Role.AUDITOR)
def hour(number: int) -> Page:
    """What was done in an hour; somebody else signs it off."""
    found = db.session.get(BreakGlass, number)
    if found is None:
        abort(404)
    form = ReviewForm()
    now = clock.now()
    if form.sent_and_valid():
        by, words = current_user.id, " ".join(form.review.data.split())
        free = current_user.emergency is None
        if free and break_glass.review(db.session(), number, by=by, words=words, now=now):
            _note("break_glass.reviewed", number)
            db.session.commit()
            return redirect(url_for("break_glass.hour", number=number), 303)
        db.session.rollback()
        found = db.session.get_one(BreakGlass, number)
        form.blame("review", NOT_YOURS)
    count_shown(1)
    page = render_template(
        "people/hour.html",
        hour=found,
        form=form,
        names=_names(),
        done=done_in(db.session(), found),
        lasts=found.ends_at > now,
        mine=found.staff_id == current_user.id or current_user.emergency is not None,
    )
    return (page, 409) if form.errors else page


@blueprint.app_template_global()
def end_emergency_form() -> StepForm:
    """The way out of the hour, for the head of every page for staff."""
    return StepForm(formdata=None)


def _names() -> dict[int, str]:
    rows = db.session.execute(select(StaffMember.id, StaffMember.name)).all()
    return {row.id: row.name for row in rows}


def _note(action: str, number: int) -> None:
    note_done(action, f"break_glass:{number}")
