"""One text: its codes, its redacted copy, and a quote of it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.coding.asked import asked_or_404
from engage.coding.forms import CodesForm, QuoteForm, RedactionForm
from engage.extensions import db
from engage.freetext import about, codings, frames, listing, quotes, redacting, texts
from engage.freetext.listing import Which
from engage.freetext.models import Turn
from engage.freetext.texts import PassedText
from engage.web.access import current_user, shows, staff
from engage.web.forms import Form

blueprint = Blueprint("coding_text", __name__, url_prefix="/staff/themes/texts")

Page = str | Response | tuple[str, int]
FASTER = "Somebody else read this text just now. Here is what they took out; yours was not kept."


@blueprint.get("/<name:text_id>")
@staff(Role.ANALYST)
@shows("texts", of="text")
def one(text_id: str) -> str:
    """The text with its three forms."""
    return _page(_text(text_id))


@blueprint.post("/<name:text_id>/codes")
@staff(Role.ANALYST)
@shows("texts", of="text")
def code(text_id: str) -> Page:
    """Give the text its codes, and go on to the next that waits for some."""
    text, session, form = _text(text_id), db.session(), CodesForm()
    asked = asked_or_404(session, text.wave_id, text.question)
    frame = frames.frame_of(session, asked.questionnaire, text.question)
    if frame is None or not form.sent_and_valid():
        return _page(text, fault="Make a code first, then look at the text again."), 422
    turn = codings.turn_of(session, text_id, current_user.id)
    try:
        codings.code(
            session,
            frame,
            text_id,
            form.codes.data or [],
            turn=turn,
            version=form.version.data,
            by=current_user.id,
        )
    except codings.ChangedCodingError as fault:
        session.rollback()
        return _page(text, fault=str(fault)), 409
    except codings.CodingError as fault:
        return _page(text, fault=str(fault)), 422
    _keep(text, "text.coded")
    return redirect(_next(text, turn), 303)


@blueprint.post("/<name:text_id>/redaction")
@staff(Role.ANALYST)
@shows("texts", of="text")
def redact(text_id: str) -> Page:
    """Store what was taken out of the text; also that nothing had to go."""
    text, session, form = _text(text_id), db.session(), RedactionForm()
    if not form.sent_and_valid():
        return _page(text, redaction=form), 422
    try:
        made = redacting.redact(
            session,
            text,
            form.marked.data or "",
            version=form.version.data,
            by=current_user.id,
        )
    except redacting.RedactionError as fault:
        form.blame("marked", str(fault))
        return _page(text, redaction=form), 422
    if made is None:
        session.rollback()
        return _page(_text(text_id), fault=FASTER), 409
    _keep(text, "text.redacted")
    return redirect(url_for("coding_text.one", text_id=text_id, _anchor="quote"), 303)


@blueprint.post("/<name:text_id>/quote")
@staff(Role.ANALYST)
@shows("texts", of="text")
def quote(text_id: str) -> Page:
    """Ask somebody else to release some words of the text."""
    text, session, form = _text(text_id), db.session(), QuoteForm()
    asked = asked_or_404(session, text.wave_id, text.question)
    if not form.sent_and_valid():
        return _page(text, quote=form), 422
    if (form.about.data or "") not in about.offered(session, asked.definition, text.response_id):
        form.blame("about", "Choose one of the things that may be said")
        return _page(text, quote=form), 422
    try:
        quotes.propose(
            session,
            text,
            form.words.data or "",
            form.about.data or "",
            by=current_user.id,
            now=clock.now(),
        )
    except quotes.QuoteError as fault:
        form.blame("words", str(fault))
        return _page(text, quote=form), 422
    session.commit()
    return redirect(url_for("coding_quotes.all_quotes", asked=1), 303)


def _text(text_id: str) -> PassedText:
    return texts.one(db.session(), text_id) or abort(404)


def _keep(text: PassedText, action: str) -> None:
    session = db.session()
    note_done(action, f"text:{text.id}", {"wave": text.wave_id})
    session.commit()


def _next(text: PassedText, turn: Turn) -> str:
    """The page of the next text that waits for a coding of this turn, or the list."""
    which = Which.UNCODED if turn is Turn.FIRST else Which.SECOND
    after = listing.next_after(
        db.session(), text.wave_id, text.question, text.id, which=which, reader=current_user.id
    )
    if after is None:
        return url_for("coding.listed", wave_id=text.wave_id, question=text.question, done=1)
    return url_for("coding_text.one", text_id=after, done=1)


def _page(
    text: PassedText,
    *,
    fault: str = "",
    redaction: RedactionForm | None = None,
    quote: QuoteForm | None = None,
) -> str:
    session = db.session()
    asked = asked_or_404(session, text.wave_id, text.question)
    frame = frames.frame_of(session, asked.questionnaire, text.question)
    turn = codings.turn_of(session, text.id, current_user.id)
    coding = codings.coding_of(session, text.id, turn)
    had = codings.codes_of(session, coding)
    copy = redacting.redaction_of(session, text.id)
    spans = redacting.stored_spans(copy)
    forms: list[Form] = [each for each in (redaction, quote) if each is not None]
    return render_template(
        "coding/text.html",
        asked=asked,
        text=text,
        copy=copy,
        gaps=len(spans),
        marked=redacting.with_marks(text.words, spans),
        codes=[
            each
            for each in frames.codes_in(session, frame)
            if each.state == "used" or each.id in had
        ],
        had=had,
        coding=coding,
        second=turn is Turn.SECOND,
        about=about.offered(session, asked.definition, text.response_id),
        codes_form=CodesForm(formdata=None),
        redaction=redaction or RedactionForm(formdata=None),
        quote=quote or QuoteForm(formdata=None),
        faults=[each for form in forms for each in form.summary]
        + ([{"text": fault, "href": "#text"}] if fault else []),
        done="done" in request.args,
    )
