"""The texts that screening passed, with their words: what analysts may work on."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import orjson
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engage.freetext.models import Coding, CodingCode, Redaction, Turn
from engage.freetext.search import Sought
from engage.responses.models import Response
from engage.responses.screened import ScreenedText, ScreeningState

_Rows = Select[ScreenedText, int, str, str]
AT_ONCE = 20
TWICE = "2"
"""Texts whose random id is below this are coded twice: two of sixteen first digits, an eighth."""


class Which(StrEnum):
    """Which texts are listed."""

    ALL = "all"
    UNCODED = "uncoded"
    SECOND = "second"
    CODED = "coded"


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


def found(
    session: Session,
    wave_id: int,
    question: str,
    *,
    which: Which = Which.ALL,
    code: int | None = None,
    looked_for: Sought | None = None,
    reader: int = 0,
) -> list[str]:
    """The ids of the texts of a question that fit, in the order of their random ids.

    `code` is one that the text has, `reader` who would code a text for the second time: never
    who coded it first.
    """
    wanted = _chosen(_passed(), wave_id, question, which, reader)
    if code is not None:
        has = select(Coding.text_id).join(CodingCode, CodingCode.coding_id == Coding.id)
        has = has.where(CodingCode.code_id == code, Coding.turn == Turn.FIRST)
        wanted = wanted.where(ScreenedText.id.in_(has))
    if not looked_for or not looked_for.terms:
        ids = wanted.with_only_columns(ScreenedText.id).order_by(ScreenedText.id)
        return list(session.scalars(ids))
    for piece in looked_for.coarse:
        wanted = wanted.where(Response.answers.icontains(piece))
    texts = _read(session, wanted.order_by(ScreenedText.id))
    return [each.id for each in texts if looked_for.fits(each.words)]


def shown(session: Session, ids: list[str]) -> list[PassedText]:
    """These texts with their words, in the order of their ids."""
    wanted = _passed().where(ScreenedText.id.in_(ids)).order_by(ScreenedText.id)
    return list(_read(session, wanted))


def _chosen(wanted: _Rows, wave_id: int, question: str, which: Which, reader: int) -> _Rows:
    wanted = wanted.where(ScreenedText.wave_id == wave_id, ScreenedText.question == question)
    first = select(Coding.text_id).where(Coding.turn == Turn.FIRST)
    if which is Which.UNCODED:
        return wanted.where(ScreenedText.id.not_in(first))
    if which is Which.CODED:
        return wanted.where(ScreenedText.id.in_(first))
    if which is Which.SECOND:
        second = select(Coding.text_id).where(Coding.turn == Turn.SECOND)
        others = first.where(Coding.staff_id != reader)
        wanted = wanted.where(ScreenedText.id < TWICE, ScreenedText.id.in_(others))
        return wanted.where(ScreenedText.id.not_in(second))
    return wanted


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
