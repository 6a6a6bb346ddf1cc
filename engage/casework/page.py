"""What the pages of casework have in common: the report of an address, opened and noted as read."""

from collections.abc import Mapping
from typing import Any

from flask import abort, make_response, render_template, request
from sqlalchemy import select

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.casework import shown
from engage.casework.forms import WriteForm
from engage.casework.words import ASKED, GIVERS, LEVELS, STATUSES
from engage.centres.store import names as centre_names
from engage.core.reporting.clocks import NAMES, standing
from engage.core.reporting.risk import weigh
from engage.core.reporting.whose import whose_number
from engage.core.reporting.wishes import wish_of
from engage.extensions import db
from engage.keyring.entitled import entitled
from engage.keyring.held import held_keys
from engage.reports.lead_first import note_read, shut_to
from engage.reports.models import Status
from engage.reports.opened import OpenReport, open_report, rings_of_staff
from engage.reports.policy import policy
from engage.reports.reading import note_opened
from engage.web.access import current_user

CLOCKS: Mapping[str, str] = {what.value: name for what, name in NAMES.items()}


def opened(report_id: str) -> OpenReport:
    """The report of an address; 404 for one that this person cannot open, or that has gone.

    One that a safeguarding lead has to read first answers with the page that says so.
    """
    report = found(report_id)
    if current_user.role == Role.SAFEGUARDING_LEAD:
        note_read(report, current_user.id, clock.now(), sent=request.method == "POST")
    elif shut_to(report, current_user.id):
        status = 409 if request.method == "POST" else 200
        abort(make_response(waits_page(report, WriteForm(formdata=None)), status))
    return report


def found(report_id: str) -> OpenReport:
    """The report of an address, whoever has to read it first: for the page that says who.

    That it was opened is noted and committed first, whatever page comes of it.
    """
    rings = rings_of_staff(db.session.connection(), held_keys(), report_id)
    if rings:
        note_opened(report_id, current_user.id, clock.now(), sent=request.method == "POST")
    report = open_report(db.session.connection(), report_id, rings) if rings else None
    if report is None:
        abort(404, "It was deleted when its time was over, or nobody has let you open it yet.")
    return report


def waits_page(report: OpenReport, form: WriteForm, fault: str = "") -> str:
    """The page of a report that waits for a safeguarding lead; it tells nothing else of it."""
    form.seen.data = str(report.version)
    form.words.label.text = "Why can nobody else open it in time?"
    return render_template(
        "casework/waits.html", id=report.id, short=report.id[:8], form=form, fault=fault
    )


def colleagues() -> dict[int, str]:
    """Who can open reports, by number, in the order of their names."""
    ids = entitled(db.session())
    wanted = select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(wanted.order_by(StaffMember.name))}


def everyone() -> dict[int, str]:
    """The names of all staff, those who left as well."""
    return {
        row.id: row.name for row in db.session.execute(select(StaffMember.id, StaffMember.name))
    }


def binding(report: OpenReport) -> Mapping[str, Any]:
    """What binds us wherever somebody is reached: wishes, ways to get in touch, their rules."""
    line = report.line
    return {
        "wishes": wishes_of(report),
        "under_18": line.under_18,
        "declined": line.declined,
        "whose": whose_number({**report.parts.get("facts", {}), **report.parts.get("contact", {})}),
        "safe": shown.safe_contact(report),
        "rules": policy().rules_for(frozenset({line.kind})),
        "code_word": report.parts.get("contact", {}).get("code_word", ""),
    }


def wishes_of(report: OpenReport) -> list[tuple[str, str, str]]:
    """What binds us towards each agency that people are asked about: whom, what, who said it."""
    part = report.parts.get("wishes", {})
    found = [(label, wish_of(part, asked)) for asked, label in ASKED.items()]
    return [
        (label, LEVELS[wish.level], GIVERS[wish.by] if wish.version else "nobody said anything")
        for label, wish in found
    ]


def about(report: OpenReport) -> Mapping[str, Any]:
    """What every page of a report shows of it."""
    line, today = report.line, clock.today()
    centres = centre_names(db.session.connection())
    clocks = sorted(line.clocks, key=lambda each: each.due_on)
    return {
        "report": report,
        "line": line,
        "short": report.id[:8],
        "status": STATUSES[Status(report.status)],
        "binding": binding(report),
        "assigned": everyone().get(line.assigned_to or 0, ""),
        "left": line.assigned_to is not None and line.assigned_to not in colleagues(),
        "centre": centres.get(line.centre or 0, "") if line.centre else "",
        "clocks": [
            (CLOCKS.get(each.what, each.what), standing(each.due_on, today), each.due_on)
            for each in clocks
        ],
        "late": any(each.due_on < today for each in clocks),
    }  # fmt: skip


def risk_of(report: OpenReport) -> Any:
    """How urgent the answers make it look, with the reasons."""
    parts = [report.parts.get(name, {}) for name in ("facts", "risk", "suspects")]
    return weigh({name: value for part in parts for name, value in part.items()})


def render(name: str, report: OpenReport, **more: Any) -> str:
    """A page of a report."""
    return render_template(f"casework/{name}.html", **about(report), **more)
