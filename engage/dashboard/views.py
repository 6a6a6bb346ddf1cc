"""The dashboards: what leads in every survey, and the performance table of one."""

from collections.abc import Callable

from flask import Blueprint, abort, current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from engage.accounts.models import Role
from engage.core.statistics.sampling import SampleType
from engage.core.words.whom import caveat
from engage.dashboard.order import FILTERS, SORTS, arranged
from engage.dashboard.series import surveys
from engage.dashboard.table import Performance, performance
from engage.dashboard.version import version_of
from engage.extensions import db
from engage.figures.final import final_only
from engage.web.access import current_user, permits, staff
from engage.web.headers import ASKED_AGAIN
from engage.web.staff_pages import FINDINGS, add_staff_page

blueprint = Blueprint("dashboard", __name__)
add_staff_page(
    blueprint,
    "Dashboard",
    "dashboard.every",
    FINDINGS,
    "See what each survey found, what changed, and how it stands to the targets.",
)


@blueprint.get("/staff/dashboard")
@staff(Role.ANALYST, Role.SURVEY_MANAGER, Role.PARTNER_VIEWER)
def every() -> Response:
    """The headlines of every survey's newest wave."""

    def page() -> str:
        session, final = db.session(), final_only(current_user.role)
        found = [performance(session, name, leading=True, final=final) for name in surveys(session)]
        return render_template(
            "dashboard/all.html",
            surveys=sorted((each for each in found if each), key=lambda each: each.wave.opens_on)[
                ::-1
            ],
            wider=_wider(),
        )

    return _unless_same(version_of(), page)


@blueprint.get("/staff/dashboard/<questionnaire>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER, Role.PARTNER_VIEWER)
def survey(questionnaire: str) -> Response:
    """The performance table of a survey, sorted and filtered as the address says."""
    sort, show = request.args.get("sort", "order"), request.args.get("show", "all")
    if sort not in SORTS or show not in FILTERS:
        abort(404)

    def page() -> str:
        final = final_only(current_user.role)
        found = performance(db.session(), questionnaire, leading=False, final=final) or abort(404)
        return render_template(
            "dashboard/survey.html",
            found=found,
            rows=arranged(found.rows, sort, show),
            sort=sort,
            show=show,
            sorts={name: title for name, (title, _by) in SORTS.items()},
            filters={name: title for name, (title, _keep) in FILTERS.items()},
            caveat=_caveat(found),
            wider=_wider(),
        )

    return _unless_same(version_of(questionnaire), page)


def _caveat(found: Performance) -> str:
    return caveat(SampleType(found.wave.sample), invited=found.definition.invited)


def _wider() -> dict[str, bool]:
    """Which pages of other rooms the person may go on to."""
    views = current_app.view_functions
    return {
        name: endpoint in views and permits(views[endpoint], current_user.role)
        for name, endpoint in {
            "figures": "analysis.wave",
            "explore": "exploring.wave",
            "trend": "charting.trend",
            "map": "charting.ward_map",
            "treated": "treated.ask",
        }.items()
    }


def _unless_same(version: str, page: Callable[[], str]) -> Response:
    """The page, or that the browser has it already: nothing is read or written for that."""
    if version in request.if_none_match:
        answer: Response = make_response("", 304)
    else:
        answer = make_response(page())
    answer.set_etag(version)
    answer.headers["Cache-Control"] = ASKED_AGAIN
    answer.headers["Vary"] = "Cookie"
    return answer
