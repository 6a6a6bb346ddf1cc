"""Quotes: proposed by one person, released by another, taken back by either. The caller commits.

Only words of a redacted copy can be proposed, and only as that copy was: whoever redacts the text
anew takes the proposal off the table.
"""

import hashlib
import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.approvals import store as approvals
from engage.approvals.store import ApprovalError
from engage.audit.log import record
from engage.clock import day_of
from engage.freetext import texts
from engage.freetext.about import FEWEST, shared_by
from engage.freetext.models import Quote, QuoteState, Redaction
from engage.responses.screened import ScreenedText, ScreeningState
from engage.waves.published import definition_by_id

LEAST = 3
"""Letters that a quote has at least."""


class QuoteError(ValueError):
    """A quote that cannot be proposed or released; the message says why and what to do."""


def subject_of(quote_id: int) -> str:
    """What the quote is called in approvals and in the audit log."""
    return f"quote:{quote_id}"


def propose(
    session: Session,
    text: texts.PassedText,
    excerpt: str,
    about: str,
    *,
    by: int,
    now: datetime,
) -> Quote:
    """Ask somebody else to release some words of a redacted text; raises QuoteError.

    `about` is one of `engage.freetext.about.offered`.
    """
    copy = session.get(Redaction, text.id)
    if copy is None:
        raise QuoteError("Read the text for what could tell who wrote it first, and save that.")
    wanted = excerpt.replace("\r\n", "\n").strip()
    begins = copy.words.find(wanted)
    if len(wanted) < LEAST or begins < 0:
        raise QuoteError("Copy the words of the quote from the redacted text, as they stand there.")
    made = Quote(
        text_id=text.id,
        wave_id=text.wave_id,
        question=text.question,
        begins=begins,
        ends=begins + len(wanted),
        redaction=copy.version,
        about=about,
        words="",
        state=QuoteState.ASKED,
        asked_by=by,
    )
    session.add(made)
    session.flush()
    approvals.ask(session, subject_of(made.id), digest_of(made, wanted), by=by, now=now)
    return made


def words_of(session: Session, quote: Quote) -> str | None:
    """The words of a quote; None where its text changed or is gone before it was released."""
    if quote.state == QuoteState.RELEASED:
        return quote.words
    if quote.text_id is None or quote.state != QuoteState.ASKED:
        return None
    text = session.get(ScreenedText, quote.text_id)
    copy = session.get(Redaction, quote.text_id)
    passed = text is not None and text.state == ScreeningState.PASSED
    if not passed or copy is None or copy.version != quote.redaction:
        return None
    return copy.words[quote.begins : quote.ends]


def digest_of(quote: Quote, words: str) -> str:
    """SHA-256 of what is to be shown, in hexadecimal."""
    shown = [quote.wave_id, quote.question, words, quote.about]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


def release(session: Session, quote: Quote, digest: str, *, by: int, now: datetime) -> None:
    """Show a quote to everybody, as somebody else than who asked; raises QuoteError.

    `digest` stands for what the person who decides has read.
    """
    words = words_of(session, quote)
    if quote.state != QuoteState.ASKED or words is None or digest_of(quote, words) != digest:
        raise QuoteError("The text was changed since, or somebody decided. Look at the page again.")
    if quote.about and quote.text_id is not None:
        text = texts.one(session, quote.text_id)
        definition = definition_by_id(session.connection(), text.definition_id) if text else None
        shared = definition and shared_by(session, definition, quote.wave_id, quote.about)
        if not shared or shared < FEWEST:
            raise QuoteError(
                "Too few people share what is said of who wrote this. Propose it anew."
            )
    try:
        approvals.give(session, subject_of(quote.id), digest, by=by, now=now)
    except ApprovalError as fault:
        raise QuoteError(str(fault)) from None
    quote.words, quote.state, quote.released_on = words, QuoteState.RELEASED, day_of(now)
    session.flush()
    _note(session, quote, "quote.released", by, now)


def refuse(session: Session, quote: Quote, reason: str, *, by: int, now: datetime) -> None:
    """Refuse to release a quote, also one whose text is gone; raises QuoteError."""
    asked = approvals.waiting_for(session, subject_of(quote.id))
    if quote.state != QuoteState.ASKED or asked is None:
        raise QuoteError("Somebody decided about this quote already.")
    try:
        approvals.refuse(session, subject_of(quote.id), asked.digest, by=by, now=now, reason=reason)
    except ApprovalError as fault:
        raise QuoteError(str(fault)) from None
    quote.state = QuoteState.REFUSED
    session.flush()


def take_back(session: Session, quote: Quote, *, by: int, now: datetime) -> None:
    """Show a released quote to nobody any more, and forget its words; raises QuoteError."""
    if quote.state != QuoteState.RELEASED:
        raise QuoteError("This quote is not released.")
    quote.state, quote.words, quote.released_on = QuoteState.TAKEN_BACK, "", None
    session.flush()
    _note(session, quote, "quote.taken_back", by, now)


def quotes_in(session: Session, states: Collection[QuoteState]) -> list[Quote]:
    """The quotes in some states, the newest wave first."""
    wanted = select(Quote).where(Quote.state.in_(list(states)))
    return list(session.scalars(wanted.order_by(Quote.wave_id.desc(), Quote.question, Quote.id)))


def _note(session: Session, quote: Quote, action: str, by: int, now: datetime) -> None:
    detail = {"wave": quote.wave_id}
    record(session, at=now, staff_id=by, action=action, subject=subject_of(quote.id), detail=detail)
