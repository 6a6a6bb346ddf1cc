"""The audit log on a page: filter it, take it along, have it verified."""

from flask import (
    Blueprint,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy import select
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.audit.log import Fact, record_apart
from engage.extensions import db, site_settings
from engage.jobs import store as jobs
from engage.jobs.progress import progress_of
from engage.oversight import checks, events
from engage.oversight.forms import FilterForm
from engage.oversight.log_file import written
from engage.web.access import count_shown, current_user, shows, staff
from engage.web.forms import Form
from engage.web.staff_pages import SITE, add_staff_page

blueprint = Blueprint("oversight", __name__, url_prefix="/staff/audit")
add_staff_page(
    blueprint,
    "Audit log",
    "oversight.log",
    SITE,
    "See who did what and who looked at personal data, and have the log verified.",
    notices=lambda: checks.notices(db.session()),
)

Page = str | Response | tuple[str, int]


@blueprint.get("")
@staff(Role.AUDITOR)
@shows("log")
def log() -> Page:
    """Events, the newest first, as far as they are asked for; and what verifying found."""
    waiting = "wait" in request.args
    session = db.session()
    if waiting and not jobs.pending(session, checks.JOB):
        return redirect(url_for("oversight.log", _anchor="verified"))
    form = FilterForm.of_address(_people())
    wanted = form.wanted()
    before = request.args.get("before", type=int)
    found = events.page(db.session.connection(), wanted, before) if wanted else None
    count_shown(0 if waiting or found is None else len(found.events))
    return _shown(form, found, waiting=waiting), 200 if wanted else 422


@blueprint.get("/events.csv")
@staff(Role.AUDITOR)
def file() -> Page:
    """The same events as a file; that it was taken, and how many, is in the log itself."""
    form, people = FilterForm.of_address(_people()), _people()
    wanted = form.wanted()
    if wanted and events.too_many(db.session.connection(), wanted):
        form.blame("first", f"These are more than {events.MOST:,} events. Choose fewer days")
    if wanted is None or form.errors:
        return _shown(form, None), 422
    detail: dict[str, Fact] = {
        "from": wanted.first.isoformat() if wanted.first else None,
        "until": wanted.last.isoformat() if wanted.last else None,
        "person": wanted.person,
        "act": wanted.action or None,
        "subject": wanted.subject or None,
    }
    record_apart(
        at=clock.now(),
        staff_id=current_user.id,
        action="log.exported",
        subject="log:all",
        detail={name: value for name, value in detail.items() if value is not None},
    )
    # Read while it is sent, which is after this request's own connection went back.
    found = events.every(db.engine, wanted)
    answer = Response(written(found, people), content_type="text/csv")
    name = f"audit-log-{clock.today()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.post("/verify")
@staff(Role.AUDITOR)
def verify() -> Response:
    """Ask the worker to read the whole log, then wait for what it finds."""
    if not Form().sent_and_valid():
        return redirect(url_for("oversight.log"), 303)
    checks.ask(db.session(), current_user.id, clock.now())
    db.session.commit()
    return redirect(url_for("oversight.log", wait=1, _anchor="verified"), 303)


def _shown(form: FilterForm, found: events.Page | None, *, waiting: bool = False) -> str:
    session, people = db.session(), _people()
    return render_template(
        "oversight/log.html",
        form=form,
        found=found,
        people=people,
        press=Form(formdata=None),
        asked={name: value for name, value in request.args.items() if name in FIELDS and value},
        last=checks.newest(session),
        pending=jobs.pending(session, checks.JOB),
        percent=progress_of(session, checks.JOB),
        waiting=waiting,
        file=site_settings().audit_anchors.name,
    )


FIELDS = frozenset(
    {"person", "action", "subject"}
    | {f"{name}-{part}" for name in ("first", "last") for part in ("day", "month", "year")}
)
"""What the filter puts into an address."""


def _people() -> dict[int, str]:
    """The name of everybody who has an account, by number, in the order of names."""
    query = select(StaffMember.id, StaffMember.name).order_by(StaffMember.name, StaffMember.id)
    return {row.id: row.name for row in db.session.execute(query)}
