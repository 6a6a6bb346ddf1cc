"""The wards of the borough for everyone: all of them, the one of a postcode, and each by itself."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engage import clock
from engage.areas.models import Postcode
from engage.areas.postcodes import plain_postcode
from engage.areas.search import find
from engage.extensions import csrf, db
from engage.neighbourhoods.around import Asking, Backing, Done, asking, backing, done
from engage.neighbourhoods.crime import Crime, crime, rate_of
from engage.neighbourhoods.said import Place, Survey, place_of, surveys, told
from engage.neighbourhoods.ward_links import Wards, wards
from engage.outside.store import WardCrime
from engage.published import words
from engage.published.numerals import in_language
from engage.web.access import public
from engage.web.conditional import unless_same
from engage.web.language import language

LONGEST = 20
"""Characters of a postcode that are looked at, spaces included."""
SHOWN_AS = "3"
"""Raised when the pages show the same in another way, so that browsers ask anew."""

blueprint = Blueprint("areas", __name__, url_prefix="/areas")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All that the page of a ward shows."""

    place: Place
    surveys: list[Survey]
    crime: Crime | None
    done: list[Done]
    backing: list[Backing]
    asking: list[Asking]


@blueprint.get("")
@public
def every() -> Response:
    """All wards, in a list and on a map."""
    session = db.session()
    found, searched = wards(session), _any_postcodes(session)
    return unless_same(
        [SHOWN_AS, repr(found), str(searched)], lambda: _every(found, searched=searched)
    )


@blueprint.post("")
@public
def by_postcode() -> Response | tuple[str, int]:
    """Go to the ward of a postcode, which is looked up and forgotten: no address ever holds it."""
    written = request.form.get("postcode", "").strip()[:LONGEST]
    with db.engine.execution_options(read_only=True).connect() as connection:
        found = find(connection, written) if plain_postcode(written) else []
    code = next((each.ward_code for each in found if each.kind == "postcode"), "")
    if code:
        return redirect(url_for("areas.ward", code=code), 303)
    wrong = _("We do not know this postcode. Check it, or choose your ward below.")
    return _every(wards(db.session()), searched=True, wrong=wrong), 422


# It changes nothing, and a page with a token could not be kept by browsers.
csrf.exempt(by_postcode)


@blueprint.get("/<code>")
@public
def ward(code: str) -> Response:
    """One ward: what people said, what was recorded, what was done, and how to say something."""
    session, today = db.session(), clock.today()
    place = place_of(session, code) or abort(404)
    connection = session.connection()
    seen = Neighbourhood(
        place=place,
        surveys=surveys(session, place, today),
        crime=crime(session, code),
        done=done(session, code),
        backing=backing(connection, code, language().tag, today),
        asking=asking(connection, today),
    )
    return unless_same(
        [SHOWN_AS, repr(seen)],
        lambda: render_template(
            "neighbourhoods/ward.html", seen=seen, words=words, told=told, rate_of=_rate
        ),
    )


def _every(found: Wards, *, searched: bool, wrong: str = "") -> str:
    return render_template("neighbourhoods/every.html", wards=found, searched=searched, wrong=wrong)


def _any_postcodes(session: Session) -> bool:
    return session.execute(select(Postcode.code).limit(1)).first() is not None


def _rate(found: WardCrime | None) -> str:
    return in_language(rate_of(found))
