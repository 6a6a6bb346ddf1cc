"""The pledges of the site, and the page of each."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.areas.store import ward_names
from engage.extensions import db
from engage.pledges import counts, ward_figures
from engage.pledges.models import Kind
from engage.pledges.pledge import ShownPledge, Stage, names, shown_pledge, shown_pledges
from engage.signing.asked import LASTS
from engage.signing.letters import address_of
from engage.waves.store import OpenWave, open_wave, slug_of
from engage.web.access import public
from engage.web.afterwards import Onward, lead_on
from engage.web.language import language

blueprint = Blueprint("pledges", __name__)

FEW_NAMES = 20
"""Names on the page of a pledge."""
MANY_NAMES = 200
"""Names on a page of nothing else."""


@blueprint.record_once
def _lead_on(state: BlueprintSetupState) -> None:
    lead_on(state.app, pledge_after)


@blueprint.get("/pledges")
@public
def listed() -> str:
    """Every pledge that is published, and how many signed each."""
    with db.engine.connect() as connection:
        shown = shown_pledges(connection, language().tag, clock.today())
        totals = counts.totals(connection)
    return render_template("signing/pledges.html", pledges=shown, totals=totals)


@blueprint.get("/pledges/<slug:slug>")
@public
def pledge(slug: str) -> str:
    """The words of a pledge, who signed it, and how to."""
    with db.engine.connect() as connection:
        found = published(connection, slug)
        wards = ward_names(connection)
        shown = ward_figures.shown(connection, found.id, wards)
        some = names(connection, found.id, clock.today(), limit=FEW_NAMES + 1)
        return render_template(
            "signing/pledge.html",
            pledge=found,
            links_work=_links_work(found),
            total=counts.total(connection, found.id),
            organisations=counts.total(connection, found.id, Kind.ORGANISATION),
            wards=[(wards[code], number) for code, number in shown.by_ward.items() if number],
            as_of=shown.as_of,
            hidden=sum(1 for number in shown.by_ward.values() if not number),
            names=some[:FEW_NAMES],
            more_names=len(some) > FEW_NAMES,
            asks=questions_of(connection, found) is not None,
            page=address_of("pledges.pledge", slug=slug),
            badge=address_of("counter.badge", slug=slug),
        )


@blueprint.get("/pledges/<slug:slug>/names")
@public
def all_names(slug: str) -> str:
    """The names of those who asked for theirs to be shown."""
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    with db.engine.connect() as connection:
        found = published(connection, slug)
        some = names(
            connection,
            found.id,
            clock.today(),
            limit=MANY_NAMES + 1,
            offset=(page - 1) * MANY_NAMES,
        )
    more = len(some) > MANY_NAMES
    return render_template(
        "signing/names.html", pledge=found, names=some[:MANY_NAMES], page=page, more=more
    )


@blueprint.get("/pledges/<slug:slug>/before")
@public
def before(slug: str) -> str | Response:
    """Offer the questions of a pledge; they can be skipped, and come back to its form."""
    with db.engine.connect() as connection:
        found = published(connection, slug)
        wave = questions_of(connection, found)
    return render_template("signing/before.html", pledge=found, wave=wave)


def published(connection: Connection, slug: str) -> ShownPledge:
    """The pledge at this address, open or not; answers 404 where none is published."""
    found = shown_pledge(connection, slug, language().tag, clock.today())
    if found is None:
        abort(404, gettext("There is no pledge at this address. The home page lists them all."))
    return found


def _links_work(closed: ShownPledge) -> bool:
    """Whether a form that was sent on the last day of a pledge can still be confirmed."""
    ended = closed.closes_on if closed.stage is Stage.CLOSED else None
    return ended is not None and clock.today() <= ended + LASTS


def questions_of(connection: Connection, shown: ShownPledge) -> OpenWave | None:
    """The survey that is offered before signing; None where there is none, or it is not open."""
    if not shown.questionnaire or shown.stage is not Stage.OPEN:
        return None
    return open_wave(connection, slug_of(shown.questionnaire), clock.today())


def pledge_after(questionnaire: str) -> Onward | None:
    """The pledge before which these questions are asked, for those who have sent them."""
    with db.engine.connect() as connection:
        for shown in shown_pledges(connection, language().tag, clock.today()):
            if shown.questionnaire == questionnaire and shown.stage is Stage.OPEN:
                return Onward(
                    gettext("Now you can sign the pledge “%(title)s”.", title=shown.words.title),
                    gettext("Go on to sign"),
                    url_for("sign.person", slug=shown.slug),
                )
    return None
