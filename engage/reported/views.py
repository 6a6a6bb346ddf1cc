"""Figures of reports, of which only suppressed tables are kept."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.areas.store import ward_names
from engage.audit.done import note_done
from engage.centres import store as centres
from engage.core.export.csv_file import csv_bytes
from engage.core.reporting.periods import Period, in_words, month_words, read_period
from engage.core.reporting.tables import tabulate
from engage.extensions import db
from engage.keyring.access import keyed
from engage.keyring.held import held_keys
from engage.keyring.roles import ENTITLED
from engage.keyring.shared import STATISTICS
from engage.reported import stored
from engage.reported.gap import would_report
from engage.reported.rows import SEVERAL, TITLES, Named, named, row_of
from engage.reports.facts import all_facts
from engage.web.access import current_user, permits, staff
from engage.web.forms import Form
from engage.web.staff_pages import REPORTS, add_staff_page

blueprint = Blueprint("reported", __name__, url_prefix="/staff/report-figures")
add_staff_page(
    blueprint,
    "Reports in figures",
    "reported.periods",
    REPORTS,
    "See how many reports came in, by strand, ward and what came of them.",
)
READERS = (*ENTITLED, Role.ANALYST, Role.SURVEY_MANAGER)
COLUMNS = ("Breakdown", "Group", "Reports")


class MakeForm(Form):
    """A button alone."""


@blueprint.get("")
@staff(*READERS)
def periods() -> str:
    """The half-years that are over; what the surveys say about reporting stands beside them."""
    return render_template(
        "reported/periods.html",
        periods=stored.periods(db.session.connection(), clock.today()),
        in_words=in_words,
        gap=would_report(db.session()),
    )


@blueprint.get("/<slug:start>")
@staff(*READERS)
def period(start: str) -> str:
    """The tables of a half-year, or the button that makes them for those who hold the key."""
    wanted = _period(start)
    return render_template(
        "reported/period.html",
        period=wanted,
        title=in_words(wanted),
        stored=stored.get(db.session.connection(), wanted),
        names=_names(wanted),
        titles=TITLES,
        several=SEVERAL,
        form=MakeForm(),
        today=clock.today(),
        may_make=permits(current_app.view_functions["reported.make"], current_user.role),
        refused="refused" in request.args,
        gap=would_report(db.session()),
    )


@blueprint.post("/<slug:start>")
@keyed(*ENTITLED)
def make(start: str) -> Response:
    """Count the reports of a half-year in this session; only what may be shown is kept."""
    wanted, connection = _period(start), db.session.connection()
    private = held_keys().shared.get(STATISTICS)
    if private is None:
        abort(
            403,
            "You do not hold the statistics key yet. A colleague who does can share it with you.",
        )
    if not MakeForm().sent_and_valid():
        return redirect(url_for("reported.period", start=start), 303)
    codes = _names(wanted)
    counted = [
        row_of(each, codes)
        for each in all_facts(connection, private)
        if each.month in wanted.months
    ]
    tables = tabulate(counted, {breakdown: list(each) for breakdown, each in codes.items()})
    kept = stored.put(connection, wanted, tables, clock.today())
    if kept:
        note_done("report_figures.made", f"report_figures:{wanted.start}")
    db.session.commit()
    return redirect(url_for("reported.period", start=start, refused=None if kept else "1"), 303)


@blueprint.get("/<slug:start>/file")
@staff(*READERS)
def file(start: str) -> Response:
    """The tables of a half-year as CSV."""
    wanted = _period(start)
    found = stored.get(db.session.connection(), wanted) or abort(404)
    codes = _names(wanted)
    rows = [("Reports", "All", _cell(found.total))]
    rows += [
        (TITLES[breakdown], codes[breakdown].get(code, code), _cell(number))
        for breakdown, shown in found.by.items()
        if breakdown in TITLES
        for code, number in shown.items()
    ]
    answer = Response(csv_bytes(COLUMNS, rows), content_type="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="reports-{wanted.start}.csv"'
    return answer


def _period(start: str) -> Period:
    found = read_period(start)
    if found is None or not found.is_over(clock.today()):
        abort(404)
    return found


def _names(wanted: Period) -> Named:
    connection = db.session.connection()
    found = named(wanted, ward_names(db.session()), centres.names(connection))
    return {**found, "month": {month: month_words(month) for month in found["month"]}}


def _cell(number: int | None) -> int | str:
    return "hidden" if number is None else number
