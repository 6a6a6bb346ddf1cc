"""What an administrator does about one account, as it was shown to them."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.accounts.store import AccountError, claimed
from engage.audit.done import note_done
from engage.audit.log import Fact
from engage.extensions import db, site_settings
from engage.keyring import factor
from engage.keyring.roles import SECOND_STEP
from engage.people import links
from engage.people.forms import RoleForm, StepForm
from engage.people.guards import beyond_the_hour, refuse_demoted, refuse_in_emergency
from engage.people.invite_views import NO_MAIL
from engage.people.left_behind import left_behind
from engage.people.role import change_role
from engage.people.views import Page, one, person_page
from engage.people.words import CALLED, MAY
from engage.reports.leaving import let_leave
from engage.sessions import break_glass, store as sessions
from engage.web.access import count_shown, current_user, shows, staff

blueprint = Blueprint("people_steps", __name__)

Step = Callable[[Session, StaffMember, datetime], None]
NO_ROLE = "Only an account that is in use can have another role."
OWN = "This is your own account: ask another administrator."


def _end_sessions(session: Session, member: StaffMember, now: datetime) -> None:
    sessions.end_all(session, member.id, now)


def _unlock(_session: Session, member: StaffMember, _now: datetime) -> None:
    member.failures, member.locked_until = 0, None


def _new_second_step(session: Session, member: StaffMember, now: datetime) -> None:
    factor.forget(session, member.id)
    sessions.end_all(session, member.id, now)


def _send_link(session: Session, member: StaffMember, now: datetime) -> None:
    if not site_settings().smtp_url:
        raise AccountError(NO_MAIL)
    if not (member.active or member.invited):
        raise AccountError(f"{member.name} has left. Invite them anew when the account is gone.")
    links.ask(session, member.id, by=current_user.id, now=now)


def _name_for_emergency(_session: Session, member: StaffMember, _now: datetime) -> None:
    if member.role not in SECOND_STEP or member.role == Role.ADMINISTRATOR or not member.active:
        raise AccountError(
            f"{member.name} cannot be named: only staff who sign in with a second step and are no "
            "administrators themselves can."
        )
    member.break_glass = True


def _no_emergency(session: Session, member: StaffMember, now: datetime) -> None:
    member.break_glass = False
    break_glass.end_of(session, member.id, now)


STEPS: dict[str, tuple[str, Step]] = {
    "end_sessions": ("staff.sessions_ended", _end_sessions),
    "unlock": ("staff.lock_lifted", _unlock),
    "new_second_step": ("staff.second_step_reset", _new_second_step),
    "send_link": ("staff.link_sent", _send_link),
    "name_for_emergency": ("staff.break_glass_allowed", _name_for_emergency),
    "no_emergency": ("staff.break_glass_forbidden", _no_emergency),
}
"""The last part of the address to the act in the audit log and what is done."""


@blueprint.post(f"/staff/people/<int(max=2147483647):staff_id>/<any({','.join(STEPS)}):step>")
@shows("people", of="staff")
@staff(Role.ADMINISTRATOR)
def take(staff_id: int, step: str) -> Page:
    """Do one thing about an account that needs no page of its own."""
    form = StepForm()
    if not form.sent_and_valid():
        abort(400, "Press the button on our page.")
    action, do = STEPS[step]

    def act(member: StaffMember) -> tuple[str, dict[str, Fact]]:
        do(db.session(), member, clock.now())
        return action, {}

    return _changed(staff_id, form, step, act)


@blueprint.route("/staff/people/<int(max=2147483647):staff_id>/role", methods=["GET", "POST"])
@shows("people", of="staff")
@staff(Role.ADMINISTRATOR)
def role(staff_id: int) -> Page:
    """Ask for another role and say what it does to keys, then give it."""
    standing = one(staff_id)
    if staff_id == current_user.id or not standing.member.active:
        return person_page(staff_id, OWN if staff_id == current_user.id else NO_ROLE), 409
    if said := beyond_the_hour("role", standing.member):
        return person_page(staff_id, said), 409
    form = RoleForm(version=str(standing.member.version), role=standing.member.role)
    if form.sent_and_valid():

        def act(member: StaffMember) -> tuple[str, dict[str, Fact]]:
            before = member.role
            change_role(db.session(), member, Role(form.role.data), clock.now())
            return "staff.role_changed", {"before": before, "after": member.role}

        return _changed(staff_id, form, "role", act)
    count_shown(1)
    page = render_template(
        "people/role.html", form=form, member=standing.member, may=MAY, called=CALLED
    )
    return (page, 422) if form.errors else page


@blueprint.route("/staff/people/<int(max=2147483647):staff_id>/leave", methods=["GET", "POST"])
@shows("people", of="staff")
@staff(Role.ADMINISTRATOR)
def leave(staff_id: int) -> Page:
    """Show what somebody leaves behind, then close their account; an invitation is taken back."""
    if staff_id == current_user.id:
        return person_page(staff_id, OWN), 409
    standing = one(staff_id)
    if said := beyond_the_hour("leave", standing.member):
        return person_page(staff_id, said), 409
    form = StepForm(version=str(standing.member.version))
    if form.sent_and_valid():

        def act(member: StaffMember) -> tuple[str, dict[str, Fact]]:
            if member.invited:
                db.session.delete(member)
                return "staff.invitation_taken_back", {}
            let_leave(db.session(), member, clock.now())
            return "staff.deactivated", {"role": member.role}

        return _changed(staff_id, form, "leave", act)
    count_shown(1)
    left = left_behind(db.session(), standing.member)
    return render_template("people/leave.html", form=form, member=standing.member, left=left)


def _changed(
    staff_id: int,
    form: StepForm,
    step: str,
    act: Callable[[StaffMember], tuple[str, dict[str, Fact]]],
) -> Page:
    """Do something about an account as it was shown; else say why not, and how it stands now."""
    session = db.session()
    if staff_id == current_user.id:
        return person_page(staff_id, OWN), 409
    try:
        member = claimed(session, staff_id, form.seen())
        refuse_demoted(session)
        refuse_in_emergency(step, member)
        action, detail = act(member)
    except AccountError as error:
        session.rollback()
        return person_page(staff_id, str(error)), 409
    note_done(action, f"staff:{staff_id}", detail)
    gone = member in session.deleted
    session.commit()
    going = url_for("people.everyone") if gone else url_for("people.person", staff_id=staff_id)
    return redirect(going, 303)
