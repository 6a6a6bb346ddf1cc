"""Colleagues who can open reports, and letting a new one open those that came before them."""

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import Connection, select
from werkzeug.wrappers import Response

from engage.audit.done import note_done
from engage.casework.page import colleagues as named
from engage.extensions import db
from engage.keyring.access import keyed
from engage.keyring.held import held_keys
from engage.keyring.roles import ENTITLED
from engage.keyring.shared import STATISTICS, lacking as without, share_with
from engage.reports.grants import NotEntitledError, grant
from engage.reports.holders import KEYS
from engage.web.access import count_shown, current_user, shows
from engage.web.forms import PressForm

blueprint = Blueprint("access", __name__, url_prefix="/staff/reports/colleagues")
AT_ONCE = 500
"""Reports whose keys are handed over in one transaction, so that nobody waits long."""


@blueprint.get("")
@keyed(*ENTITLED)
@shows("people")
def colleagues() -> str:
    """Each colleague, and how many reports they cannot open."""
    people = named()
    count_shown(len(people))
    connection = db.session.connection()
    return render_template(
        "casework/colleagues.html",
        people=people,
        lacking={each: len(_missing(connection, each)) for each in people},
        without=without(db.session(), STATISTICS, people),
        form=PressForm(formdata=None),
    )


def _missing(connection: Connection, staff_id: int) -> list[str]:
    """The reports that whoever is signed in can open, and somebody else cannot."""
    theirs = select(KEYS.c.report_id).where(KEYS.c.staff_id == staff_id)
    mine = select(KEYS.c.report_id).where(
        KEYS.c.staff_id == current_user.id, KEYS.c.report_id.not_in(theirs)
    )
    return list(connection.scalars(mine))


@blueprint.post("/<int(max=2147483647):staff_id>")
@keyed(*ENTITLED)
def let(staff_id: int) -> Response:
    """Let a colleague open what the giver can open; what was given before stays given."""
    if not PressForm().sent_and_valid():
        abort(400)
    held = held_keys()
    missing = _missing(db.session.connection(), staff_id)
    for start in range(0, max(len(missing), 1), AT_ONCE):
        try:
            given = grant(db.session.connection(), held, staff_id, missing[start : start + AT_ONCE])
        except NotEntitledError:
            abort(409, "They have no key yet. They get one when they next sign in.")
        if start == 0 and STATISTICS in held.shared:
            share_with(db.session(), held, STATISTICS, staff_id)
        # In the transaction of what was given, so that nothing is given unseen.
        note_done("reports.shared", f"staff:{staff_id}", {"reports": given})
        db.session.commit()
    return redirect(url_for("access.colleagues"), 303)
