"""Taking out of a text what could tell who wrote it; the original stays with the response."""

import json
from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.freetext.models import Redaction
from engage.freetext.texts import PassedText

OPEN, CLOSE = "[[", "]]"
GAP = "[…]"
Span = tuple[int, int]


class RedactionError(ValueError):
    """A marked text that cannot be taken; the message says why and what to do."""


def spans_of(original: str, marked: str) -> list[Span]:
    """The places that stand between double square brackets in `marked`.

    Without its marks `marked` must be the original, letter by letter, so that nobody puts other
    words into somebody's mouth. Raises RedactionError.
    """
    text = marked.replace("\r\n", "\n").strip("\n")
    base = original.strip("\n")
    lead = original.index(base) if base else 0
    spans: list[Span] = []
    begun: int | None = None
    at = place = 0
    while place < len(text):
        if text.startswith(OPEN, place) and begun is None and not base.startswith(OPEN, at):
            begun, place = at, place + 2
        elif text.startswith(CLOSE, place) and begun is not None:
            if at > begun:
                spans.append((begun + lead, at + lead))
            begun, place = None, place + 2
        elif base[at : at + 1] == text[place]:
            at, place = at + 1, place + 1
        else:
            break
    if at != len(base) or place != len(text):
        raise RedactionError(
            "Change nothing but the marks: put [[ before and ]] after what has to go. "
            "The text is shown as it was."
        )
    if begun is not None:
        raise RedactionError("Put ]] after the last words that have to go.")
    return spans


def without(original: str, spans: Sequence[Span]) -> str:
    """The text with a gap for each place that was taken out."""
    kept, at = [], 0
    for begins, ends in spans:
        kept += [original[at:begins], GAP]
        at = ends
    return "".join([*kept, original[at:]])


def with_marks(original: str, spans: Sequence[Span]) -> str:
    """The text with its marks, to change them."""
    kept, at = [], 0
    for begins, ends in spans:
        kept += [original[at:begins], OPEN, original[begins:ends], CLOSE]
        at = ends
    return "".join([*kept, original[at:]])


def redaction_of(session: Session, text_id: str) -> Redaction | None:
    """The redacted copy of a text, once somebody read it for that."""
    return session.get(Redaction, text_id)


def stored_spans(found: Redaction | None) -> list[Span]:
    """The places that were taken out."""
    return [(begins, ends) for begins, ends in json.loads(found.spans)] if found else []


def redact(
    session: Session, text: PassedText, marked: str, *, version: int, by: int
) -> Redaction | None:
    """Store the redacted copy of a text that was seen at this version, 0 for none yet.

    None where somebody else was faster. Raises RedactionError.
    """
    spans = spans_of(text.words, marked)
    values = {"words": without(text.words, spans), "spans": json.dumps(spans), "staff_id": by}
    if version == 0:
        made = Redaction(text_id=text.id, version=1, **values)
        try:
            with session.begin_nested():
                session.add(made)
        except IntegrityError:
            return None
        return made
    taken = session.execute(
        update(Redaction)
        .where(Redaction.text_id == text.id, Redaction.version == version)
        .values(version=version + 1, **values)
        .returning(Redaction.text_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    session.expire_all()
    return session.get(Redaction, text.id) if taken else None
