"""Quotes: those that wait for a second person, and those that everybody may see."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.approvals.told import Thing, tell_of, wave_names
from engage.coding.asked import words_of
from engage.coding.forms import DecisionForm
from engage.extensions import db
from engage.freetext import about, quotes
from engage.freetext.models import Quote, QuoteState
from engage.waves.models import Wave
from engage.waves.published import definition_of
from engage.web.access import count_shown, current_user, shows, staff

NUMBER = "int(max=2147483647)"
blueprint = Blueprint("coding_quotes", __name__, url_prefix="/staff/themes/quotes")

Page = str | Response | tuple[str, int]


def about_quotes(session: Session, numbers: Collection[int]) -> dict[int, Thing]:
    """What releasing a quote is called in the list of what was approved: without its words."""
    query = select(Quote.id, Quote.wave_id).where(Quote.id.in_(numbers))
    rows = session.execute(query).all()
    names = wave_names(session, {row.wave_id for row in rows})
    return {
        row.id: Thing(f"Releasing a quote from answers to {names[row.wave_id]}") for row in rows
    }


tell_of(blueprint, "quote", about_quotes, "coding_quotes.all_quotes")


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote with its question; without words its text changed or is gone."""

    id: int
    survey: str
    question: str
    words: str | None
    about: str
    digest: str
    mine: bool
    released: bool


@blueprint.get("")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
@shows("quotes")
def all_quotes() -> str:
    """Every quote that waits or is released."""
    return _page(DecisionForm(formdata=None))


@blueprint.post(f"/<{NUMBER}:quote_id>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
@shows("quotes", of="quote")
def decide(quote_id: int) -> Page:
    """Release a quote, refuse it, or take it back."""
    session, form, now = db.session(), DecisionForm(), clock.now()
    quote = session.get(Quote, quote_id, with_for_update=True) or abort(404)
    if not form.sent_and_valid():
        return _page(form, at=quote_id), 422
    try:
        if form.decision.data == "release":
            quotes.release(session, quote, form.digest.data or "", by=current_user.id, now=now)
        elif form.decision.data == "refuse":
            quotes.refuse(session, quote, form.reason.data or "", by=current_user.id, now=now)
        else:
            quotes.take_back(session, quote, by=current_user.id, now=now)
    except quotes.QuoteError as fault:
        session.rollback()
        form.blame("decision", str(fault))
        return _page(form, at=quote_id), 409
    session.commit()
    return redirect(url_for("coding_quotes.all_quotes", done=form.decision.data), 303)


def _page(form: DecisionForm, *, at: int = 0) -> str:
    session = db.session()
    found = quotes.quotes_in(session, [QuoteState.ASKED, QuoteState.RELEASED])
    shown = [_shown(each) for each in found]
    count_shown(sum(each.words is not None for each in shown))
    return render_template(
        "coding/quotes.html",
        waiting=[each for each in shown if not each.released],
        released=[each for each in shown if each.released],
        form=form,
        at=at,
        faults=[{**each, "href": f"#quote-{at}"} for each in form.summary],
        asked="asked" in request.args,
        done=request.args.get("done", ""),
    )


def _shown(quote: Quote) -> Shown:
    session = db.session()
    wave = session.get_one(Wave, quote.wave_id)
    definition = definition_of(wave.definition)
    words = quotes.words_of(session, quote)
    return Shown(
        id=quote.id,
        survey=f"{definition.title}, {wave.name}",
        question=words_of(definition, quote.question),
        words=words,
        about=about.phrase(session, quote.about),
        digest=quotes.digest_of(quote, words) if words else "",
        mine=quote.asked_by == current_user.id,
        released=quote.state == QuoteState.RELEASED,
    )
