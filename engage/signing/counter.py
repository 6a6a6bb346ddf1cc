"""How many signed: as data, and as a badge for other sites.

Both may be fetched by pages of any other site. No cookie is read or set, and no script is needed.
"""

from flask import Blueprint, jsonify, render_template, request
from flask_babel import format_decimal, gettext, ngettext
from werkzeug.wrappers import Response

from engage import clock
from engage.areas.store import ward_names
from engage.extensions import db, site_settings
from engage.pledges import counts, ward_figures
from engage.pledges.pledge import shown_pledge
from engage.signing.letters import address_of
from engage.signing.pledges import published
from engage.web.access import public
from engage.web.language import ENGLISH, choice_of
from engage.web.speaking import speaking

blueprint = Blueprint("counter", __name__)

FRESH = 60
"""Seconds for which others may keep the figure."""
LONGEST_TITLE = 36
"""Characters of a title that the badge has room for."""


@blueprint.get("/pledges/<slug:slug>/count.json")
@public
def count(slug: str) -> Response:
    """The count of a pledge, and of its wards as they may be shown (?language=pl for its title)."""
    wanted = choice_of(request.args.get("language", "")) or ENGLISH
    with speaking(wanted.tag), db.engine.connect() as connection:
        pledge = published(connection, slug)
        names = ward_names(connection)
        shown = ward_figures.shown(connection, pledge.id, names)
        told = {
            "pledge": pledge.slug,
            "title": pledge.words.title,
            "page": address_of("pledges.pledge", slug=pledge.slug),
            "signatures": counts.total(connection, pledge.id),
            "stage": pledge.stage.value,
            "at": clock.now().isoformat(timespec="seconds"),
            "wards_as_of": shown.as_of.isoformat() if shown.as_of else None,
            "wards": [
                {"code": code, "name": names[code], "at_least": number}
                for code, number in shown.by_ward.items()
            ],
        }
    return _for_everyone(jsonify(told))


@blueprint.get("/pledges/<slug:slug>/badge.svg")
@public
def badge(slug: str) -> Response:
    """A picture with the count, in a language that the address may name (?language=pl)."""
    wanted = choice_of(request.args.get("language", ""))
    with speaking((wanted or ENGLISH).tag), db.engine.connect() as connection:
        pledge = published(connection, slug)
        shown = shown_pledge(connection, slug, (wanted or ENGLISH).tag, clock.today()) or pledge
        number = counts.total(connection, pledge.id)
        title = shown.words.title
        short = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
        words = ngettext("%(number)s signature", "%(number)s signatures", number,
                         number=format_decimal(number))  # fmt: skip
        picture = render_template(
            "signing/badge.svg",
            title=short,
            words=words,
            told=gettext("%(title)s: %(words)s", title=title, words=words),
            colour=site_settings().council_colour,
            tag=(wanted or ENGLISH).tag,
        )
    return _for_everyone(Response(picture, mimetype="image/svg+xml"))


def _for_everyone(answer: Response) -> Response:
    """Let any site fetch an answer that is the same for all, and any cache keep it."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = f"public, max-age={FRESH}"
    return answer
