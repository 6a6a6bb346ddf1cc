"""The figures that a page shows, as one small file with the names of all groups."""

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session

from engage import clock
from engage.accounts.models import Role
from engage.analysis import service
from engage.audit.log import record_apart
from engage.core.export.csv_file import Cell, csv_bytes
from engage.core.indicators.model import Indicator, at_version
from engage.extensions import db
from engage.figures.indicators import indicators_of
from engage.figures.store import StoredFigure, figures_of
from engage.figures.words import breakdown_titles
from engage.web.access import current_user, staff

blueprint = Blueprint("figure_table", __name__)

COLUMNS = (
    "survey", "wave", "figure", "by", "group", "code", "unit", "value", "lower_95", "upper_95",
    "people", "note",
)  # fmt: skip
NOTES = {True: "[c] not shown, so that nobody can be recognised", False: ""}


@blueprint.get("/staff/figures/<int(max=2147483647):wave_id>/table.csv")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def take(wave_id: int) -> Response:
    """One figure by one breakdown or all, or every figure by one; hidden ones have no numbers."""
    session = db.session()
    seen = service.look(session, wave_id, clock.now())
    if seen is None or seen.run is None:
        abort(404)
    titles = breakdown_titles(seen.definition, seen.breakdowns)
    indicators = {each.id: each for each in indicators_of(seen.wave.questionnaire)}
    by, figure = request.args.get("by"), request.args.get("figure")
    if (by is not None and by not in titles) or (figure is not None and figure not in indicators):
        abort(404)
    rows = _rows(session, seen, indicators, titles, (by, figure))
    record_apart(
        at=clock.now(),
        staff_id=current_user.id,
        action="figures.downloaded",
        subject=f"wave:{wave_id}",
        detail={"figure": figure, "by": by},
    )
    made = Response(csv_bytes(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    name = "-".join(each for each in (seen.wave.questionnaire, figure, by) if each)
    made.headers["Content-Disposition"] = f'attachment; filename="{name}-{wave_id}.csv"'
    return made


def _rows(
    session: Session,
    seen: service.Seen,
    indicators: dict[str, Indicator],
    titles: dict[str, str],
    wanted: tuple[str | None, str | None],
) -> list[tuple[Cell, ...]]:
    by, figure = wanted
    run = seen.run
    breakdowns = [*titles] if by is None else [by]
    found = figures_of(session, run.id, breakdowns, figure) if run else ()
    return [
        _row(seen, at_version(indicators[each.indicator], seen.definition.version), titles, each)
        for each in found
        if each.indicator in indicators
    ]


def _row(
    seen: service.Seen, indicator: Indicator, titles: dict[str, str], figure: StoredFigure
) -> tuple[Cell, ...]:
    """A percentage from 0 to 100, a score on its own scale."""
    made = figure.estimate
    share = indicator.kind.is_percentage
    numbers = (made.value, made.lower, made.upper)
    return (
        seen.definition.title,
        seen.wave.name + (" (interim)" if seen.run and seen.run.interim else ""),
        indicator.name,
        titles[figure.breakdown],
        figure.label,
        figure.group,
        "percent" if share else "score",
        *(round(100 * each, 1) if share else each for each in numbers),
        made.base,
        NOTES[made.hidden] or made.flag,
    )
