"""Responses marked for a person to look at: listed by the worker, decided by people.

Nothing here commits.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.responses.review_models import Decision, ResponseReview

TABLE = table_of(ResponseReview)
MANY = 500
OPEN = ("", Decision.UNDONE)
"""What stands where nobody has decided, or it was undone."""


def list_marked(session: Session, wave_id: int, marked: Mapping[str, Sequence[str]]) -> None:
    """Bring the list of a wave up to date: `marked` are the rules by response.

    Only what changed is written. What is not marked any more goes, unless somebody decided about
    it: that stays with the response.
    """
    listed = select(TABLE.c.id, TABLE.c.response_id, TABLE.c.rules).filter_by(wave_id=wave_id)
    known = {row.response_id: row for row in session.execute(listed).all()}
    new = [
        {
            "id": uuid.uuid4().hex,
            "response_id": response,
            "wave_id": wave_id,
            "rules": ",".join(rules),
        }
        for response, rules in marked.items()
        if response not in known
    ]
    for start in range(0, len(new), MANY):
        session.execute(insert(TABLE), new[start : start + MANY])
    gone = [row.id for response, row in known.items() if response not in marked]
    for start in range(0, len(gone), MANY):
        those = TABLE.c.id.in_(gone[start : start + MANY])
        session.execute(delete(TABLE).where(those, TABLE.c.decision == ""))
        session.execute(update(TABLE).where(those).values(rules=""))
    for response, rules in marked.items():
        if response in known and known[response].rules != ",".join(rules):
            mine = TABLE.c.id == known[response].id
            session.execute(update(TABLE).where(mine).values(rules=",".join(rules)))


def decide(
    session: Session,
    review_id: str,
    decision: Decision,
    *,
    seen: int,
    reason: str,
    staff_id: int,
    now: datetime,
) -> bool:
    """Decide about a response that was seen at that version; False if somebody was faster."""
    changed = session.execute(
        update(TABLE)
        .where(TABLE.c.id == review_id, TABLE.c.version == seen)
        .values(
            decision=decision,
            reason=reason,
            staff_id=staff_id,
            decided_at=now,
            version=TABLE.c.version + 1,
        )
        .returning(TABLE.c.id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    session.expire_all()
    return changed is not None


def one(session: Session, wave_id: int, review_id: str) -> ResponseReview | None:
    """A marked response of a wave."""
    found = session.get(ResponseReview, review_id)
    return found if found and found.wave_id == wave_id else None


def next_open(session: Session, wave_id: int, after: str = "") -> ResponseReview | None:
    """The next that nobody has decided about, in the order of their random ids, round and round."""
    waits = select(ResponseReview).where(
        ResponseReview.wave_id == wave_id, ResponseReview.decision.in_(OPEN)
    )
    in_order = waits.order_by(ResponseReview.id).limit(1)
    later = in_order.where(ResponseReview.id > after)
    return session.scalar(later) or session.scalar(in_order)


def counts(session: Session, wave_id: int) -> dict[str, int]:
    """How many wait (under an empty name), are kept, and are left out."""
    wanted = select(TABLE.c.decision, func.count()).where(TABLE.c.wave_id == wave_id)
    found = {"": 0, Decision.KEEP.value: 0, Decision.LEAVE_OUT.value: 0}
    for decision, number in session.execute(wanted.group_by(TABLE.c.decision)):
        found["" if decision in OPEN else decision] += int(number)
    return found


def decided_of(session: Session, wave_id: int, most: int) -> list[ResponseReview]:
    """What was decided of a wave, the newest first."""
    wanted = select(ResponseReview).where(
        ResponseReview.wave_id == wave_id, ResponseReview.decision.not_in(OPEN)
    )
    newest = wanted.order_by(ResponseReview.decided_at.desc(), ResponseReview.id)
    return list(session.scalars(newest.limit(most)))
