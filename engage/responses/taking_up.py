"""When figures use what people decided about marked responses: a few at a time never.

Figures that differ by one person tell what that person answered. So decisions wait until somebody
lets the figures use them together, and then FEWEST responses at least have to change sides: since
the last use, and since each one before it.

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

    `decisions` is how many wait, `sides` how many responses would come or go by them, and `lacking`
    how many more have to before nobody can subtract; none if the decisions may be used.
    """

    decisions: int
    sides: int
    lacking: int

    @property
    def ready(self) -> bool:
        """Whether the figures may use them now."""
        return self.decisions > 0 and not self.lacking


def decided(session: Session | Connection, wave_id: int) -> dict[str, str]:
    """What the figures use of the decisions about a wave, by response: kept or left out."""
    wanted = select(TABLE.c.response_id, TABLE.c.taken_up).filter_by(wave_id=wave_id)
    rows = session.execute(wanted.where(TABLE.c.taken_up != ""))
    return {response: DECISIONS[taken[-1]] for response, taken in rows if taken[-1] in DECISIONS}


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
    uses, left = (
        _uses(rows),
        {number for number, decision, _taken in rows if decision == Decision.LEAVE_OUT},
    )
    states = range(max(uses, 0 if first else 1))
    differ = [len(left ^ _out(rows, each)) for each in states]
    return Waiting(
        decisions=sum(
            DIGITS.get(decision, NONE) != (taken[-1:] or NONE) for _number, decision, taken in rows
        ),
        sides=len(left ^ _out(rows, uses - 1)),
        lacking=max((FEWEST - each for each in differ if 0 < each < FEWEST), default=0),
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
