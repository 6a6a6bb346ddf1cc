"""The pages behind the figures of a wave: what changed, who answered, how answers were cleaned."""

from flask import Blueprint, abort, render_template, request

from engage import clock
from engage.accounts.models import Role
from engage.analysis import changes as change_table, cleaned, people, service
from engage.analysis.views import NUMBER
from engage.core.cleaning.steps import versions
from engage.core.statistics.sampling import SampleType
from engage.core.words.mirror import together
from engage.core.words.whom import caveat
from engage.extensions import db
from engage.figures.indicators import indicators_of
from engage.figures.store import StoredRun
from engage.figures.told import among, gather
from engage.figures.words import OVERALL, breakdown_titles, weighting_in_words
from engage.web.access import staff

blueprint = Blueprint("details", __name__)


@blueprint.get(f"/staff/figures/<{NUMBER}:wave_id>/changes")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def changes(wave_id: int) -> str:
    """What changed since the wave before, and targets: of everybody, or one figure by group."""
    seen, run = _seen(wave_id)
    indicators = {each.id: each for each in indicators_of(seen.wave.questionnaire)}
    figure = request.args.get("figure")
    if figure is not None and figure not in indicators:
        abort(404)
    told = gather(
        db.session(), seen.wave, run, breakdowns=None if figure else [OVERALL], indicator=figure
    )
    groups = breakdown_titles(seen.definition, seen.breakdowns) if figure else {OVERALL: ""}
    return render_template(
        "analysis/changes.html",
        seen=seen,
        told=told,
        chosen=indicators.get(figure or ""),
        caveat=caveat(SampleType(seen.wave.sample), invited=seen.definition.invited),
        among=among(told),
        tables=[
            (name, title, change_table.rows(told, indicators, name, by_group=figure is not None))
            for name, title in groups.items()
        ],
    )


@blueprint.get(f"/staff/figures/<{NUMBER}:wave_id>/who-answered")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def who_answered(wave_id: int) -> str:
    """Who answered beside who lives here, who is still needed, and the weights."""
    seen, run = _seen(wave_id)
    found = run.representation
    return render_template(
        "analysis/people.html",
        seen=seen,
        run=run,
        found=found,
        margins=people.margins(found) if found else [],
        together=together(found) if found else [],
        weighting=weighting_in_words(run.weighting),
    )


@blueprint.get(f"/staff/figures/<{NUMBER}:wave_id>/responses")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def responses(wave_id: int) -> str:
    """How the answers were cleaned, under every version of the rules, and what that moved."""
    seen, run = _seen(wave_id)
    flows = versions(run.flow, run.past_flows)
    indicators = {each.id: each for each in indicators_of(seen.wave.questionnaire)}
    effects = cleaned.effects(run, indicators)
    return render_template(
        "analysis/responses.html",
        seen=seen,
        run=run,
        columns=cleaned.columns(flows),
        lines=cleaned.lines(flows, seen.count),
        effects=effects,
        shown=any(not each.note for each in effects),
    )


def _seen(wave_id: int) -> tuple[service.Seen, StoredRun]:
    """The wave and its newest figures; 404 where there are none yet."""
    seen = service.look(db.session(), wave_id, clock.now()) or abort(404)
    return seen, seen.run or abort(404)
