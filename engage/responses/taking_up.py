"""When figures use what people decided about marked responses: a few at a time never.

Figures that differ by one person tell what that person answered. So decisions wait until somebody
lets the figures use them together. What one use leaves out is all of what another does, and FEWEST
more at least, or within it, or the same. Then whatever is added up and subtracted of all uses is of
ten people or more at a time: three uses that are ten apart each, but not within each other, could
give away one.

Nothing here commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.responses.review_models import Decision, ResponseReview

TABLE = table_of(ResponseReview)
FEWEST = 10
NONE, OUT, KEPT = "0", "1", "2"
DIGITS = {Decision.LEAVE_OUT.value: OUT, Decision.KEEP.value: KEPT}
DECISIONS = {digit: decision for decision, digit in DIGITS.items()}
Rows = Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the figures do not use yet.

    `decisions` is how many wait, `sides` how many responses would come or go by them. `lacking` is
    how many more have to before nobody can subtract. `back` were left out by an earlier use and
    would come back while others go, which may not be. Both are none if the decisions may be used.
    """

    decisions: int
    sides: int
    lacking: int
    back: int = 0

    @property
    def ready(self) -> bool:
        """Whether the figures may use them now."""
        return self.decisions > 0 and not self.lacking and not self.back


def decided(session: Session | Connection, wave_id: int) -> dict[str, str]:
    """What the figures use of the decisions about a wave, by response: kept or left out."""
    wanted = select(TABLE.c.response_id, TABLE.c.taken_up).filter_by(wave_id=wave_id)
    rows = session.execute(wanted.where(TABLE.c.taken_up != ""))
    return {response: DECISIONS[taken[-1]] for response, taken in rows if taken[-1] in DECISIONS}


def uses(session: Session | Connection, wave_id: int) -> list[dict[str, str]]:
    """What the figures of a wave used in each use so far, by response, the last one last."""
    wanted = select(TABLE.c.response_id, TABLE.c.taken_up).filter_by(wave_id=wave_id)
    rows = session.execute(wanted.where(TABLE.c.taken_up != "")).all()
    return [
        {
            response: DECISIONS[taken[at]]
            for response, taken in rows
            if taken[at : at + 1] in DECISIONS
        }
        for at in range(max((len(taken) for _response, taken in rows), default=0))
    ]


def last_use(session: Session, wave_id: int) -> datetime | None:
    """When the figures of a wave were let use decisions last."""
    return session.scalar(select(func.max(ResponseReview.used_at)).filter_by(wave_id=wave_id))


def waiting(session: Session, wave_id: int, *, first: bool) -> Waiting:
    """What of a wave waits; `first` where nothing final was made of it, which could be compared."""
    return _waiting(_rows(session, wave_id), first=first)


def take_up(session: Session, wave_id: int, *, first: bool, now: datetime) -> bool:
    """Let the next figures use every decision; False if none waits or that would tell on a few.

    With `first`, as for `waiting`, any number may be used, once.
    """
    rows = _rows(session, wave_id, lock=True)
    found, uses = _waiting(rows, first=first), _uses(rows)
    if not found.ready:
        return False
    # Where nobody comes or goes the people are those of the last use, and it is no other one.
    before = uses - 1 if uses and not found.sides else max(uses, 0 if first else 1)
    for number, decision, taken in rows:
        made = taken.ljust(before, NONE)[:before] + DIGITS.get(decision, NONE)
        session.execute(
            update(TABLE).where(TABLE.c.id == number).values(taken_up=made, used_at=now)
        )
    session.expire_all()
    return True


def _waiting(rows: Rows, *, first: bool) -> Waiting:
    uses = _uses(rows)
    left = {number for number, decision, _taken in rows if decision == Decision.LEAVE_OUT}
    before = [_out(rows, each) for each in range(max(uses, 0 if first else 1))]
    apart = [len(left ^ each) for each in before]
    return Waiting(
        decisions=sum(
            DIGITS.get(decision, NONE) != (taken[-1:] or NONE) for _number, decision, taken in rows
        ),
        sides=len(left ^ _out(rows, uses - 1)),
        lacking=max((FEWEST - each for each in apart if 0 < each < FEWEST), default=0),
        back=max((len(each - left) for each in before if left - each), default=0),
    )


def _rows(session: Session, wave_id: int, *, lock: bool = False) -> Rows:
    wanted = select(TABLE.c.id, TABLE.c.decision, TABLE.c.taken_up).filter_by(wave_id=wave_id)
    wanted = wanted.where((TABLE.c.decision != "") | (TABLE.c.taken_up != ""))
    if lock:
        wanted = wanted.order_by(TABLE.c.id).with_for_update()
    return [(number, decision, taken) for number, decision, taken in session.execute(wanted)]


def _uses(rows: Rows) -> int:
    return max((len(taken) for _number, _decision, taken in rows), default=0)


def _out(rows: Rows, use: int) -> set[str]:
    """Which responses one use left out; none before the first."""
    if use < 0:
        return set()
    return {number for number, _decision, taken in rows if taken[use : use + 1] == OUT}
