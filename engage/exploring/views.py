"""Tables of any two questions: asking, waiting, reading, taking along."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.log import record, record_apart
from engage.core.charts.bars import bars
from engage.core.charts.sentences import of_bars
from engage.core.charts.table import of_bars as table_of_bars
from engage.crosstabs import store
from engage.crosstabs.choices import Choice
from engage.crosstabs.spec import MOST_FILTERS, Spec, SpecError, checked, of_whom
from engage.exploring import words
from engage.exploring.asked import fault_of
from engage.exploring.file import written
from engage.exploring.forms import AskForm
from engage.extensions import db
from engage.figures.store import newest_run
from engage.jobs import store as jobs
from engage.jobs.progress import progress_of
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of
from engage.web.access import current_user, staff
from engage.web.staff_pages import FINDINGS, add_staff_page

NUMBER = "int(max=2147483647)"
OPEN_YET = (
    "This wave still takes answers. Two tables of different days would tell of the few who "
    "answered in between, so tables can be asked for once it is closed."
)
FIRST = (
    "Make the figures of this wave first, now that it is closed: every table that is asked for "
    "gives way to them."
)
blueprint = Blueprint("exploring", __name__)
add_staff_page(
    blueprint,
    "Explore",
    "exploring.waves",
    FINDINGS,
    "Make a table of any two questions of a wave.",
)


@blueprint.get("/staff/explore")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def waves() -> str:
    """The waves that tables can be made of, and the tables that somebody keeps at hand."""
    session = db.session()
    closed = select(Wave).filter_by(state=WaveState.CLOSED).order_by(Wave.opens_on.desc())
    titled = [(definition_of(each.definition).title, each) for each in session.scalars(closed)]
    saved = [(_title(each), each) for each in store.saved_by(session, current_user.id)]
    return render_template("exploring/waves.html", waves=titled, saved=saved)


@blueprint.get(f"/staff/explore/<{NUMBER}:wave_id>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def wave(wave_id: int) -> str:
    """Choose rows, columns and filters; the answers of a filter are ticked in a second step."""
    found = _wave(wave_id)
    rows, columns = request.args.get("rows", ""), request.args.get("columns", "")
    known = store.choices_of(db.session(), found)
    return _form(found, fault_of(rows, columns, known) if rows or columns else "")


@blueprint.post(f"/staff/explore/<{NUMBER}:wave_id>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def ask(wave_id: int) -> Response | tuple[str, int]:
    """Ask the worker for a table; or go on to the answers of the filters that were chosen."""
    session = db.session()
    found = _wave(wave_id)
    if not AskForm().sent_and_valid() or _closed_to(found):
        abort(400, "No table can be made of this wave.")
    known = store.choices_of(session, found)
    names = [name for name in request.form.getlist("only") if name][:MOST_FILTERS]
    chosen = {name: tuple(request.form.getlist(f"only-{name}")) for name in names}
    rows, columns = request.form.get("rows", ""), request.form.get("columns", "")
    if fault := fault_of(rows, columns, known):
        return _form(found, fault), 422
    missing = [name for name in names if name in known and not chosen[name]]
    if missing and not request.form.get("answers"):
        there = url_for("exploring.wave", wave_id=wave_id, rows=rows, columns=columns, only=names)
        return redirect(f"{there}#answers", 303)
    try:
        spec = checked(Spec(rows, columns, tuple(sorted(chosen.items()))), known)
    except SpecError as fault:
        return _form(found, str(fault)), 422
    try:
        table_id = store.ask(session, wave_id, spec, staff_id=current_user.id, now=clock.now())
    except store.EnoughError as fault:
        return _form(found, str(fault)), 409
    session.commit()
    return redirect(url_for("exploring.table", table_id=table_id), 303)


@blueprint.get(f"/staff/explore/tables/<{NUMBER}:table_id>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def table(table_id: int) -> str:
    """A table, or how far it is, or why there is none."""
    session = db.session()
    asked = store.table_by(session, table_id) or abort(404)
    found = _wave(asked.wave_id)
    known = store.choices_of(session, found)
    key, run = store.key_of(table_id), newest_run(session, found.id)
    return render_template(
        "exploring/table.html",
        asked=asked,
        wave=found,
        title=definition_of(found.definition).title,
        heading=_title(asked),
        of_whom=of_whom(asked.spec, known),
        progress=progress_of(session, key),
        failed=asked.state == "waiting" and not jobs.pending(session, key),
        saved=any(each.id == table_id for each in store.saved_by(session, current_user.id)),
        older=bool(run and asked.people not in {"", run.flow.people}),
        form=AskForm(),
        **_drawn(asked),
    )


@blueprint.get(f"/staff/explore/tables/<{NUMBER}:table_id>/table.csv")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def download(table_id: int) -> Response:
    """The table as a file; that it was taken along is recorded."""
    session = db.session()
    asked = store.table_by(session, table_id) or abort(404)
    content = asked.content or abort(404)
    known = store.choices_of(session, _wave(asked.wave_id))
    record_apart(
        at=clock.now(), staff_id=current_user.id, action="cross_table.downloaded",
        subject=f"cross_table:{table_id}",
    )  # fmt: skip
    return Response(
        written(content, of_whom(asked.spec, known)),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="table-{table_id}.csv"'},
    )


@blueprint.post(f"/staff/explore/tables/<{NUMBER}:table_id>/keep")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def keep(table_id: int) -> Response:
    """Keep a table at hand, or let it go."""
    session = db.session()
    if not AskForm().sent_and_valid() or store.table_by(session, table_id) is None:
        abort(404)
    if request.form.get("let_go"):
        store.let_go(session, current_user.id, table_id)
    else:
        try:
            store.save(session, current_user.id, table_id, clock.today())
        except store.FullError as fault:
            abort(409, str(fault))
    record(
        session, at=clock.now(), staff_id=current_user.id, action="cross_table.kept",
        subject=f"cross_table:{table_id}", detail={"kept": not request.form.get("let_go")},
    )  # fmt: skip
    session.commit()
    return redirect(url_for("exploring.table", table_id=table_id), 303)


def _wave(wave_id: int) -> Wave:
    found = db.session().get(Wave, wave_id)
    return found if found and found.state != WaveState.DRAFT else abort(404)


def _closed_to(found: Wave) -> str:
    """Why no table can be made of a wave; empty where one can."""
    if found.state != WaveState.CLOSED:
        return OPEN_YET
    if found.delete_on <= clock.today():
        return "The answers of this wave were deleted. Tables that were shown before stay."
    run = newest_run(db.session(), found.id)
    return "" if run and not run.interim else FIRST


def _form(found: Wave, fault: str) -> str:
    session = db.session()
    known = store.choices_of(session, found)
    kinds: dict[str, list[Choice]] = {}
    for each in known.values():
        kinds.setdefault(each.kind, []).append(each)
    names = [name for name in request.values.getlist("only") if name in known][:MOST_FILTERS]
    shown = store.shown_of(session, found.id)
    return render_template(
        "exploring/wave.html",
        wave=found,
        title=definition_of(found.definition).title,
        kinds=kinds,
        fault=fault,
        closed=_closed_to(found),
        rows=request.values.get("rows", ""),
        columns=request.values.get("columns", ""),
        only=names,
        chosen=[known[name] for name in names],
        ticked={name: request.form.getlist(f"only-{name}") for name in names},
        shown=[(_title(each), of_whom(each.spec, known), each) for each in shown],
        form=AskForm(),
    )


def _title(asked: store.Asked) -> str:
    if asked.content is None:
        return "A table that was asked for"
    return f"{asked.content['row_title']} by {asked.content['column_title']}"


def _drawn(asked: store.Asked) -> dict[str, Any]:
    """What the page of a table that was made shows, with one of its columns as a chart."""
    content = asked.content
    if content is None:
        return {}
    labels = content["column_labels"]
    at = request.args.get("column", 0, int)
    if not 0 <= at < len(labels):
        abort(404)
    rows = words.bars_of(content, at)
    what = f"{content['column_title']}: {labels[at]}"
    caption = f"{content['row_title']}, share who said “{labels[at]}”"
    return {
        "content": content,
        "lines": words.lines(content),
        "tested": words.tested(content),
        "said": words.said(content),
        "column": at,
        "svg": bars(rows, title=caption, unit="percent"),
        "sentence": of_bars(rows, unit="percent", what=what),
        "figures": table_of_bars(rows, caption=caption, unit="percent"),
    }
