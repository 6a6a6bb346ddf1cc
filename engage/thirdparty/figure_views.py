"""A centre's own statistics: a page and a file."""

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.areas.store import ward_names
from engage.core.export.csv_file import csv_bytes
from engage.core.reporting.periods import Period, in_words, month_words, read_period
from engage.core.reporting.tables import Tables
from engage.extensions import db
from engage.keyring.access import keyed
from engage.thirdparty import figures
from engage.thirdparty.own import own_reports, worker_here

blueprint = Blueprint("centre_figures", __name__, url_prefix="/staff/centre/figures")

Named = dict[str, dict[str, str]]


@blueprint.get("")
@keyed(Role.CENTRE_WORKER)
def periods() -> str:
    """The half-years that are over since the centre's first report."""
    connection = db.session.connection()
    reports = own_reports(connection, worker_here(connection))
    return render_template(
        "thirdparty/figures.html",
        periods=figures.periods(reports, clock.today()),
        in_words=in_words,
    )


@blueprint.get("/<slug:start>")
@keyed(Role.CENTRE_WORKER)
def period(start: str) -> str:
    """The tables of the centre's reports in a half-year."""
    wanted, codes, tables = _counted(start)
    return render_template(
        "thirdparty/period.html",
        period=wanted,
        title=in_words(wanted),
        tables=tables,
        names=codes,
        titles=figures.TITLES,
    )


@blueprint.get("/<slug:start>/file")
@keyed(Role.CENTRE_WORKER)
def file(start: str) -> Response:
    """The same as CSV."""
    wanted, codes, tables = _counted(start)
    rows = [("Reports", "All", _cell(tables.total))]
    rows += [
        (figures.TITLES[breakdown], codes[breakdown][code], _cell(number))
        for breakdown, shown in tables.by.items()
        for code, number in shown.items()
    ]
    answer = Response(csv_bytes(figures.COLUMNS, rows), content_type="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="centre-{wanted.start}.csv"'
    return answer


def _counted(start: str) -> tuple[Period, Named, Tables]:
    wanted = read_period(start)
    if wanted is None or not wanted.is_over(clock.today()):
        abort(404)
    connection = db.session.connection()
    codes = figures.named(wanted, ward_names(db.session()))
    reports = own_reports(connection, worker_here(connection))
    tables = figures.tables(reports, wanted, codes)
    codes["month"] = {month: month_words(month) for month in codes["month"]}
    return wanted, codes, tables


def _cell(number: int | None) -> int | str:
    return "hidden" if number is None else number
