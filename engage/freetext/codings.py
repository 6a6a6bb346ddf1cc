"""Giving texts their codes, once or, to see how far two people agree, twice."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.freetext.listing import TWICE
from engage.freetext.models import Code, Codeframe, CodeState, Coding, CodingCode, Turn
from engage.responses.screened import ScreenedText, ScreeningState

FASTER = "Somebody else coded this text just now. Look at it again."


class CodingError(ValueError):
    """A coding that cannot be stored; the message says why and what to do."""


class ChangedCodingError(CodingError):
    """Somebody else coded the text since it was shown."""


def turn_of(session: Session, text_id: str, reader: int) -> Turn:
    """Whether somebody would code a text first (or change that), or as the second of two."""
    first = coding_of(session, text_id, Turn.FIRST)
    if first is None or first.staff_id == reader or text_id >= TWICE:
        return Turn.FIRST
    return Turn.SECOND


def coding_of(session: Session, text_id: str, turn: Turn) -> Coding | None:
    """One of the codings of a text."""
    return session.scalars(select(Coding).filter_by(text_id=text_id, turn=turn)).one_or_none()


def codes_of(session: Session, coding: Coding | None) -> set[int]:
    """The codes that a coding gives."""
    if coding is None:
        return set()
    return set(session.scalars(select(CodingCode.code_id).filter_by(coding_id=coding.id)))


def code(
    session: Session,
    frame: Codeframe,
    text_id: str,
    codes: Collection[int],
    *,
    turn: Turn,
    version: int,
    by: int,
) -> Coding:
    """Give a text these codes, seen at this version of its coding, 0 for none; raises CodingError.

    A retired code can be left with a text that has it, and not be given anew.
    """
    found = coding_of(session, text_id, turn)
    had = codes_of(session, found)
    known = select(Code.id).where(
        Code.frame_id == frame.id, (Code.state == CodeState.USED) | Code.id.in_(had)
    )
    if set(codes) - set(session.scalars(known)):
        raise CodingError("One of the codes is no longer offered. Look at the text again.")
    if (found.version if found else 0) != version:
        raise ChangedCodingError(FASTER)
    if found is None:
        found = _first(session, frame, text_id, turn, by)
    else:
        _take(session, found, version, by=by, frame=frame)
    session.execute(delete(CodingCode).where(CodingCode.coding_id == found.id))
    session.add_all(CodingCode(coding_id=found.id, code_id=each) for each in sorted(set(codes)))
    session.flush()
    return found


def _first(session: Session, frame: Codeframe, text_id: str, turn: Turn, by: int) -> Coding:
    """The coding of a text that has none in this turn; of two at one moment one is refused."""
    made = Coding(text_id=text_id, turn=turn, staff_id=by, frame_version=frame.version)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise ChangedCodingError(FASTER) from None
    return made


def _take(session: Session, found: Coding, version: int, *, by: int, frame: Codeframe) -> None:
    taken = session.execute(
        update(Coding)
        .where(Coding.id == found.id, Coding.version == version)
        .values(version=version + 1, staff_id=by, frame_version=frame.version)
        .returning(Coding.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        raise ChangedCodingError(FASTER)
    session.expire(found)


def labels_of(session: Session, text_ids: Sequence[str]) -> dict[str, list[str]]:
    """The labels that each of these texts has by its first coding; an empty list for none."""
    coded = select(Coding.text_id).where(Coding.text_id.in_(text_ids), Coding.turn == Turn.FIRST)
    found: dict[str, list[str]] = {each: [] for each in session.scalars(coded)}
    wanted = (
        select(Coding.text_id, Code.label)
        .join(CodingCode, CodingCode.coding_id == Coding.id)
        .join(Code, Code.id == CodingCode.code_id)
        .where(Coding.text_id.in_(text_ids), Coding.turn == Turn.FIRST)
        .order_by(Code.label)
    )
    for text_id, label in session.execute(wanted):
        found[text_id].append(label)
    return found


def given(session: Session, wave_id: int, question: str, turn: Turn) -> dict[str, frozenset[int]]:
    """By response, the codes of its text in one turn; only of texts that screening passed."""
    wanted = (
        select(ScreenedText.response_id, CodingCode.code_id)
        .join(Coding, Coding.text_id == ScreenedText.id)
        .outerjoin(CodingCode, CodingCode.coding_id == Coding.id)
        .where(
            ScreenedText.wave_id == wave_id,
            ScreenedText.question == question,
            ScreenedText.state == ScreeningState.PASSED,
            Coding.turn == turn,
        )
    )
    found: dict[str, set[int]] = {}
    for response_id, code_id in session.execute(wanted):
        codes = found.setdefault(response_id, set())
        if code_id is not None:
            codes.add(code_id)
    return {response: frozenset(codes) for response, codes in found.items()}
