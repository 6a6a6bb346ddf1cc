"""Which texts are listed, a page at a time: a wave may hold more of them than fit in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import orjson
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engage.freetext.models import Coding, CodingCode, Turn
from engage.freetext.search import Sought
from engage.responses.models import Response
from engage.responses.screened import ScreenedText, ScreeningState

AT_ONCE = 20
TWICE = "2"
"""Texts whose random id is below this are coded twice: two of sixteen first digits, an eighth."""
MOST = 1_000
"""So many texts a search finds at most."""
LOOKED_THROUGH = 20_000
"""So many texts with the same pieces of words a search reads at most."""
READ_AT_ONCE = 250


class Which(StrEnum):
    """Which texts are listed."""

    ALL = "all"
    UNCODED = "uncoded"
    SECOND = "second"
    CODED = "coded"


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of a page of texts, in the order of their random ids, and how many there are in all.

    `more` says that a search was ended before it had gone through all texts.
    """

    ids: Sequence[str]
    count: int
    page: int
    pages: int
    more: bool = False


def listed(
    session: Session,
    wave_id: int,
    question: str,
    *,
    which: Which = Which.ALL,
    code: int | None = None,
    reader: int = 0,
    page: int = 1,
    at_once: int = AT_ONCE,
) -> Found:
    """A page of the texts of a question; the last page where there is no such page.

    `code` is one that the texts have, `reader` who would code a text for the second time: never
    who coded it first.
    """
    wanted = _chosen(wave_id, question, which, reader)
    if code is not None:
        has = select(Coding.text_id).join(CodingCode, CodingCode.coding_id == Coding.id)
        has = has.where(CodingCode.code_id == code, Coding.turn == Turn.FIRST)
        wanted = wanted.where(ScreenedText.id.in_(has))
    count = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    pages = max(-(-count // at_once), 1)
    page = min(page, pages)
    some = wanted.order_by(ScreenedText.id).limit(at_once).offset((page - 1) * at_once)
    return Found(list(session.scalars(some)), count, page, pages)


def searched(
    session: Session, wave_id: int, question: str, looked_for: Sought, *, page: int = 1
) -> Found:
    """A page of the texts that hold what is looked for, of the first MOST that do.

    The database passes on only texts with the coarse pieces; of these LOOKED_THROUGH are read,
    some at a time, and forgotten. So neither a word that stands everywhere nor one that the
    database cannot look for takes the memory of all texts.
    """
    wanted = _chosen(wave_id, question, Which.ALL, 0).join(
        Response, Response.id == ScreenedText.response_id
    )
    for piece in looked_for.coarse:
        wanted = wanted.where(Response.answers.icontains(piece))
    rows = session.execute(
        wanted.add_columns(Response.answers)
        .order_by(ScreenedText.id)
        .limit(LOOKED_THROUGH + 1)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    looked_at = [0]

    def fitting() -> Iterator[str]:
        for text_id, answers in rows:
            looked_at[0] += 1
            if looked_at[0] > LOOKED_THROUGH:
                return
            if looked_for.fits(str(orjson.loads(answers).get(question, ""))):
                yield text_id

    ids = list(islice(fitting(), MOST + 1))
    rows.close()
    more = len(ids) > MOST or looked_at[0] > LOOKED_THROUGH
    count = min(len(ids), MOST)
    pages = max(-(-count // AT_ONCE), 1)
    page = min(page, pages)
    here = ids[:MOST][(page - 1) * AT_ONCE : page * AT_ONCE]
    return Found(here, count, page, pages, more)


def next_after(
    session: Session, wave_id: int, question: str, text_id: str, *, which: Which, reader: int
) -> str | None:
    """The text of this kind that comes after another; the first where it was the last."""
    wanted = _chosen(wave_id, question, which, reader).order_by(ScreenedText.id).limit(1)
    after = session.scalar(wanted.where(ScreenedText.id > text_id))
    return after or session.scalar(wanted)


def _chosen(wave_id: int, question: str, which: Which, reader: int) -> Select[str]:
    wanted = select(ScreenedText.id).where(
        ScreenedText.wave_id == wave_id,
        ScreenedText.question == question,
        ScreenedText.state == ScreeningState.PASSED,
    )
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
