"""What people wrote, as far as it may go on: quotes for everybody, texts for the files."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from engage.freetext.about import phrase
from engage.freetext.models import Quote, QuoteState, Redaction
from engage.responses.screened import ScreenedText, ScreeningState


@dataclass(frozen=True, slots=True)
class ReleasedQuote:
    """Words that two people agreed to show, under the id of their question.

    `about` says of whom they are in one broad attribute, such as "a woman", in the language of the
    reader, or is empty.
    """

    id: int
    question: str
    text: str
    about: str


def released_quotes(
    session: Session, wave_id: int, question: str | None = None
) -> list[ReleasedQuote]:
    """The quotes of a wave that stand released, those of one question if it is named."""
    wanted = _standing().where(Quote.wave_id == wave_id)
    if question is not None:
        wanted = wanted.where(Quote.question == question)
    return _quotes(session, wanted)


def quotes_by_id(session: Session, ids: Collection[int]) -> list[ReleasedQuote]:
    """Those of these quotes that stand released; what was taken back is left out."""
    return _quotes(session, _standing().where(Quote.id.in_(list(ids)))) if ids else []


def released_texts(
    session: Session, wave_id: int, between: tuple[str, str] | None = None
) -> dict[str, dict[str, str]]:
    """By response, the words to each question that somebody read and redacted.

    Only of texts that screening passed: what is flagged or waits, also again, goes nowhere. Of the
    responses whose ids lie between two, both of them included, if these are given.
    """
    wanted = (
        select(ScreenedText.response_id, ScreenedText.question, Redaction.words)
        .join(Redaction, Redaction.text_id == ScreenedText.id)
        .where(ScreenedText.wave_id == wave_id, ScreenedText.state == ScreeningState.PASSED)
        .order_by(ScreenedText.response_id, ScreenedText.question)
    )
    if between is not None:
        wanted = wanted.where(ScreenedText.response_id.between(*between))
    found: dict[str, dict[str, str]] = {}
    for response_id, question, words in session.execute(wanted):
        found.setdefault(response_id, {})[question] = words
    return found


def _standing() -> Select[Quote]:
    """Released quotes whose text is deleted by now, or is still one that screening passed."""
    passed = ScreenedText.state == ScreeningState.PASSED
    return (
        select(Quote)
        .outerjoin(ScreenedText, ScreenedText.id == Quote.text_id)
        .where(Quote.state == QuoteState.RELEASED, or_(Quote.text_id.is_(None), passed))
        .order_by(Quote.question, Quote.id)
    )


def _quotes(session: Session, wanted: Select[Quote]) -> list[ReleasedQuote]:
    return [
        ReleasedQuote(each.id, each.question, each.words, phrase(session, each.about))
        for each in session.scalars(wanted)
    ]
