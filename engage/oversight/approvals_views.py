"""What a second person was asked to agree to, and what became of it: for whoever checks later."""

from flask import Blueprint, render_template, request
from sqlalchemy import select

from engage.accounts.models import Role, StaffMember
from engage.approvals import store
from engage.approvals.models import ApprovalState
from engage.approvals.told import told
from engage.extensions import db
from engage.web.access import count_shown, shows, staff
from engage.web.staff_pages import SITE, add_staff_page
from engage.web.whole_number import whole_number

A_PAGE = 50
STATES = {
    ApprovalState.WAITING: "Nobody has decided",
    ApprovalState.GIVEN: "Agreed",
    ApprovalState.REFUSED: "Refused",
    ApprovalState.WAIVED: "Went without a second person",
    ApprovalState.WITHDRAWN: "Fell away: asked for anew",
}

blueprint = Blueprint("approvals", __name__)
add_staff_page(
    blueprint,
    "Approvals",
    "approvals.every",
    SITE,
    "See what a second person was asked to agree to, who agreed, and what went without.",
)


@blueprint.get("/staff/approvals")
@shows("approvals")
@staff(Role.AUDITOR)
def every() -> str:
    """Every request for a second person's yes, the newest first, some to a page."""
    before = whole_number(request.args.get("before"), None)
    found = store.before(db.session(), before, A_PAGE + 1)
    listed = told(db.session(), found[:A_PAGE])
    count_shown(len(listed))
    return render_template(
        "oversight/approvals.html",
        listed=listed,
        states=STATES,
        names=_names(),
        older=listed[-1].approval.id if len(found) > A_PAGE else None,
        newer=before is not None,
    )


def _names() -> dict[int, str]:
    rows = db.session.execute(select(StaffMember.id, StaffMember.name))
    return {row.id: row.name for row in rows}
