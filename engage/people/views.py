"""The list of people, and one of them: auditors look, administrators change."""

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.extensions import db
from engage.people.forms import StepForm
from engage.people.guards import OVERSEERS
from engage.people.standing import Standing, standings
from engage.people.words import CALLED, MAY
from engage.sessions.break_glass import unreviewed
from engage.web.access import count_shown, current_user, shows, staff
from engage.web.staff_pages import SITE, add_staff_page

blueprint = Blueprint("people", __name__)

Page = str | Response | tuple[str, int]


def _notices() -> list[str]:
    if current_user.emergency is not None:  # nobody signs one off in an hour of their own
        return []
    hours = len(unreviewed(db.session(), current_user.id))
    if not hours:
        return []
    said = "hour in which somebody acted" if hours == 1 else "hours in which somebody acted"
    return [f"{hours} {said} as administrator: somebody else has to look at it"]


add_staff_page(
    blueprint,
    "People",
    "people.everyone",
    SITE,
    "See who has an account and what each may do.",
    instead=("people_invite.invite", "Invite people, change what they may do, let them leave."),
    notices=_notices,
)


@blueprint.get("/staff/people")
@shows("people", of="staff")
@staff(Role.AUDITOR)
def everyone() -> str:
    """Every account, and how it stands."""
    people = standings(db.session(), clock.now())
    count_shown(len(people))
    waiting = unreviewed(db.session(), current_user.id)
    return render_template("people/people.html", people=people, called=CALLED, waiting=waiting)


@blueprint.get("/staff/people/<int(max=2147483647):staff_id>")
@shows("people", of="staff")
@staff(Role.AUDITOR)
def person(staff_id: int) -> str:
    """One account, and what can be done about it."""
    return person_page(staff_id)


def one(staff_id: int) -> Standing:
    """The account of a page; there is none: 404."""
    found = standings(db.session(), clock.now(), staff_id)
    if not found:
        abort(404)
    return found[0]


def person_page(staff_id: int, fault: str = "") -> str:
    """The page of one account; `fault` says why nothing was done."""
    standing = one(staff_id)
    count_shown(1)
    member = standing.member
    form = StepForm(formdata=None, version=str(member.version))
    return render_template(
        "people/person.html",
        standing=standing,
        member=member,
        form=form,
        fault=fault,
        called=CALLED[Role(member.role)],
        may=MAY[Role(member.role)],
        changes=current_user.role == Role.ADMINISTRATOR,
        kept=current_user.emergency is not None and member.role in OVERSEERS,
    )
