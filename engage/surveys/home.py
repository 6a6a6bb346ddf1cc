"""The home page and the pages about the site."""

from datetime import date

from flask import Blueprint, render_template

from engage import clock
from engage.actions.store import any_published
from engage.events.programme import any_coming
from engage.pledges.pledge import shown_pledges
from engage.reports.policy import policy
from engage.surveys.current import compiled, reading
from engage.waves.store import offered_waves
from engage.web.access import public
from engage.web.language import language

blueprint = Blueprint("home", __name__)

STATEMENT_OF = date(2026, 11, 21)
"""The day on which the statement on accessibility was last compared with what is tested."""


@blueprint.get("/")
@public
def home() -> str:
    """The surveys that anyone may answer today; those for the invited are not for anyone."""
    with reading().connect() as connection:
        waves = offered_waves(connection, clock.today())
        pledges = shown_pledges(connection, language().tag, clock.today())
        events = any_coming(connection, clock.now())
        done = any_published(connection)
        asked = [(wave, compiled(wave.definition_id, connection).definition) for wave in waves]
    surveys = [(wave, definition) for wave, definition in asked if not definition.invited]
    return render_template(
        "surveys/home.html", surveys=surveys, pledges=pledges, events=events, done=done
    )


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """What is kept, why, for how long, and the one cookie."""
    return render_template("surveys/privacy.html", kept=policy().retention)


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """How the site can be used, and what to do when it cannot."""
    return render_template("surveys/accessibility.html", written=STATEMENT_OF)
