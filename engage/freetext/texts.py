"""The texts that screening passed, with their words: what analysts may work on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engage.freetext.models import Coding, Redaction, Turn
from engage.responses.models import Response
from engage.responses.screened import ScreenedText, ScreeningState

_Rows = Select[ScreenedText, int, str, str]


@dataclass(frozen=True, slots=True)
class PassedText:
    """A text with its words. `copy` is the redacted one, empty as long as nobody read it."""

    id: str
    wave_id: int
    definition_id: int
    question: str
    response_id: str
    words: str
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many texts of a question passed, are coded, are coded twice, and are redacted."""

    wave_id: int
    question: str
    passed: int
    coded: int
    twice: int
    redacted: int


def progress(session: Session) -> list[Progress]:
    """How far each question with texts is, by wave."""
    first = select(Coding.text_id).where(Coding.turn == Turn.FIRST)
    second = select(Coding.text_id).where(Coding.turn == Turn.SECOND)
    read = select(Redaction.text_id)
    counted = (
        select(
            ScreenedText.wave_id,
            ScreenedText.question,
            func.count(),
            func.count().filter(ScreenedText.id.in_(first)),
            func.count().filter(ScreenedText.id.in_(second)),
            func.count().filter(ScreenedText.id.in_(read)),
        )
        .where(ScreenedText.state == ScreeningState.PASSED)
        .group_by(ScreenedText.wave_id, ScreenedText.question)
        .order_by(ScreenedText.wave_id.desc(), ScreenedText.question)
    )
    return [
        Progress(wave_id, question, passed, coded, twice, redacted)
        for wave_id, question, passed, coded, twice, redacted in session.execute(counted)
    ]


def one(session: Session, text_id: str) -> PassedText | None:
    """A text that screening passed; None where it did not, or the text is gone."""
    wanted = _passed().where(ScreenedText.id == text_id)
    return next(_read(session, wanted), None)


def shown(session: Session, ids: Sequence[str]) -> list[PassedText]:
    """These texts with their words, in the order of their ids."""
    wanted = _passed().where(ScreenedText.id.in_(ids)).order_by(ScreenedText.id)
    return list(_read(session, wanted))


def _passed() -> _Rows:
    return (
        select(ScreenedText, Response.definition_id, Response.answers, Redaction.words)
        .join(Response, Response.id == ScreenedText.response_id)
        .outerjoin(Redaction, Redaction.text_id == ScreenedText.id)
        .where(ScreenedText.state == ScreeningState.PASSED)
    )


def _read(session: Session, wanted: _Rows) -> Iterator[PassedText]:
    for text, definition_id, answers, copy in session.execute(wanted):
        said = str(orjson.loads(answers).get(text.question, ""))
        yield PassedText(
            id=text.id,
            wave_id=text.wave_id,
            definition_id=definition_id,
            question=text.question,
            response_id=text.response_id,
            words=said.replace("\r\n", "\n"),
            copy=copy,
        )
