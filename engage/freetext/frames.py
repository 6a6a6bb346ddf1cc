"""Codeframes: the codes of a question, each change a version that says who made it.

A code is never deleted while texts have it: it is retired, or becomes part of another.
"""

import json
from collections.abc import Callable
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engage.freetext.models import Code, Codeframe, CodeState, Coding, CodingCode, FrameVersion
from engage.versions import count_up


class FrameError(ValueError):
    """A change of a codeframe that cannot be made; the message says why and what to do."""


class ChangedFrameError(FrameError):
    """Somebody else changed the codeframe since it was shown."""


def frame_of(session: Session, questionnaire: str, question: str) -> Codeframe | None:
    """The codeframe of a question, once it has a code."""
    return session.scalars(
        select(Codeframe).filter_by(questionnaire=questionnaire, question=question)
    ).one_or_none()


def make_frame(session: Session, questionnaire: str, question: str) -> Codeframe:
    """The codeframe of a question, made if there is none."""
    found = frame_of(session, questionnaire, question)
    if found is None:
        found = Codeframe(questionnaire=questionnaire, question=question, version=0)
        session.add(found)
        session.flush()
    return found


def codes_in(session: Session, frame: Codeframe | None, *, used: bool = False) -> list[Code]:
    """The codes of a frame by their labels; with `used` those for new texts alone."""
    if frame is None:
        return []
    wanted = select(Code).where(Code.frame_id == frame.id).order_by(Code.label)
    return list(session.scalars(wanted.where(Code.state == CodeState.USED) if used else wanted))


def versions_of(session: Session, frame: Codeframe) -> list[FrameVersion]:
    """Every version of a frame, the newest first."""
    wanted = select(FrameVersion).filter_by(frame_id=frame.id)
    return list(session.scalars(wanted.order_by(FrameVersion.version.desc())))


def add(
    session: Session,
    frame: Codeframe,
    *,
    label: str,
    belongs: str,
    version: int,
    by: int,
    today: date,
) -> Code:
    """A new code; raises FrameError."""

    def make() -> Code:
        _refuse_twin(session, frame, label)
        made = Code(frame_id=frame.id, label=label, belongs=belongs)
        session.add(made)
        return made

    return _changed(session, frame, make, version=version, by=by, today=today)


def reword(
    session: Session,
    frame: Codeframe,
    code: Code,
    *,
    label: str,
    belongs: str,
    version: int,
    by: int,
    today: date,
) -> Code:
    """Say better what a code is, or what belongs there; raises FrameError."""

    def make() -> Code:
        _refuse_twin(session, frame, label, but=code.id)
        code.label, code.belongs = label, belongs
        return code

    return _changed(session, frame, make, version=version, by=by, today=today)


def retire(
    session: Session, frame: Codeframe, code: Code, *, version: int, by: int, today: date
) -> Code:
    """Offer a code no more, or, where it is retired, offer it again; raises FrameError."""

    def make() -> Code:
        if code.state == CodeState.MERGED:
            raise FrameError(f"“{code.label}” is part of another code by now.")
        retired = code.state == CodeState.RETIRED
        code.state = CodeState.USED if retired else CodeState.RETIRED
        return code

    return _changed(session, frame, make, version=version, by=by, today=today)


def merge(
    session: Session,
    frame: Codeframe,
    code: Code,
    into: Code,
    *,
    version: int,
    by: int,
    today: date,
) -> Code:
    """Make a code part of another: every text that has it has the other from now on."""

    def make() -> Code:
        if into.id == code.id or CodeState.MERGED in {code.state, into.state}:
            raise FrameError("Choose another code of this frame that is still there by itself.")
        both = select(CodingCode.coding_id).where(CodingCode.code_id == into.id)
        mine = CodingCode.code_id == code.id
        session.execute(delete(CodingCode).where(mine, CodingCode.coding_id.in_(both)))
        session.execute(update(CodingCode).where(mine).values(code_id=into.id))
        code.state, code.merged_into = CodeState.MERGED, into.id
        return code

    return _changed(session, frame, make, version=version, by=by, today=today)


def uses(session: Session, frame: Codeframe | None) -> dict[int, int]:
    """How many texts have each code of a frame, as they were coded first."""
    found: dict[int, int] = {}
    if frame is not None:
        wanted = select(CodingCode.code_id).join(Code, Code.id == CodingCode.code_id)
        wanted = wanted.join(Coding, Coding.id == CodingCode.coding_id)
        wanted = wanted.where(Code.frame_id == frame.id, Coding.turn == "first")
        for code in session.scalars(wanted):
            found[code] = found.get(code, 0) + 1
    return found


def _changed(
    session: Session,
    frame: Codeframe,
    make: Callable[[], Code],
    *,
    version: int,
    by: int,
    today: date,
) -> Code:
    """Do it as the version after the one that was shown, and keep what the frame is then."""
    taken = count_up(session, Codeframe, frame.id, version)
    session.expire(frame)
    if not taken:
        raise ChangedFrameError("Somebody else changed the codes while you wrote. Look again.")
    made = make()
    session.flush()
    codes = [
        {
            "id": each.id,
            "label": each.label,
            "belongs": each.belongs,
            "state": each.state,
            "merged_into": each.merged_into,
        }
        for each in codes_in(session, frame)
    ]
    session.add(
        FrameVersion(
            frame_id=frame.id,
            version=version + 1,
            codes=json.dumps(codes, ensure_ascii=False),
            staff_id=by,
            made_on=today,
        )
    )
    session.flush()
    return made


def _refuse_twin(session: Session, frame: Codeframe, label: str, but: int = 0) -> None:
    labels = {each.label.casefold() for each in codes_in(session, frame) if each.id != but}
    if label.casefold() in labels:
        raise FrameError(f"There is a code “{label}” already. Choose another label.")
