"""Opening a report about somebody under 18 before a safeguarding lead has: with a reason."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.casework.forms import WriteForm
from engage.casework.page import found, waits_page
from engage.extensions import db
from engage.keyring.access import keyed
from engage.keyring.roles import ENTITLED
from engage.reports.changing import note_beside
from engage.reports.lead_first import EARLY, shut_to
from engage.reports.reading import note_changed
from engage.web.access import current_user

blueprint = Blueprint("early", __name__, url_prefix="/staff/reports")


@blueprint.post("/<name:report_id>/open-now")
@keyed(*ENTITLED)
def open_now(report_id: str) -> Response | tuple[str, int]:
    """Open it, and write down why nobody else could in time."""
    report, form = found(report_id), WriteForm()
    if not form.sent_and_valid():
        return waits_page(report, form), 422
    if shut_to(report, current_user.id):
        now = clock.now()
        entry = {"kind": EARLY, "at": now.isoformat(), "by": current_user.id}
        connection = db.session.connection()
        note_beside(connection, report.id, report.rings, entry | {"words": form.words.data})
        note_changed(db.session(), report.id, current_user.id, now)
        db.session.commit()
    return redirect(url_for("casework.one", report_id=report_id), 303)
