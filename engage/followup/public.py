"""You said, we did: for everybody, as a page and as a feed."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask_babel import force_locale
from werkzeug.wrappers import Response

from engage.actions.models import ActionState, Theme
from engage.actions.published import PublishedAction
from engage.actions.store import published_actions
from engage.actions.words import STATES, THEMES
from engage.areas.store import ward_names
from engage.extensions import db, site_settings
from engage.followup.feed import feed
from engage.followup.shown import shown
from engage.web.access import public

AT_MOST = 50
"""So many actions the feed has."""
blueprint = Blueprint("followup_public", __name__, url_prefix="/you-said-we-did")


@blueprint.get("")
@public
def actions() -> str:
    """Every published action, or those of a ward, a theme or a state."""
    session = db.session()
    names = ward_names(session)
    chosen = {name: request.args.get(name, "") for name in ("ward", "theme", "state")}
    ward = chosen["ward"] if chosen["ward"] in names else None
    everything = published_actions(session)
    found = [
        shown(session, each.id, each.content, each.shown_at, names)
        for each in published_actions(session, ward)
        if _fits(each, chosen["theme"], chosen["state"])
    ]
    return render_template(
        "followup/actions.html",
        actions=found,
        any_at_all=bool(everything),
        wards=names,
        themes={each: THEMES[each] for each in Theme},
        states={each: STATES[each] for each in ActionState},
        chosen=chosen | {"ward": ward or ""},
    )


@blueprint.get("/feed")
@public
def rss() -> Response:
    """The newest actions as RSS 2.0; of one ward where `ward` names it."""
    session = db.session()
    names = ward_names(session)
    ward = request.args.get("ward", "")
    settings = site_settings()
    of_ward = ward if ward in names else None
    page = f"{settings.public_url}/you-said-we-did"
    query = f"?{urlencode({'ward': ward})}" if of_ward else ""
    with force_locale("en"):  # as its words are, whatever the reader chose on the site
        found = [
            shown(session, each.id, each.content, each.shown_at, names)
            for each in published_actions(session, of_ward, AT_MOST)
        ]
        told = feed(
            found,
            council=settings.council_name,
            page=page,
            address=f"{page}/feed{query}",
            ward=names.get(ward, ""),
        )
    answer = Response(told, mimetype="application/rss+xml")
    answer.add_etag()
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer.make_conditional(request)


def _fits(action: PublishedAction, theme: str, state: str) -> bool:
    """Whether an action is about a theme and as far as a state; those that are none fit all."""
    by_theme = theme not in {*Theme} or action.theme == theme
    return by_theme and (state not in {*ActionState} or action.state == state)
