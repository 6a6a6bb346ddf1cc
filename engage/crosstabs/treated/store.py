"""Comparisons of treated wards with others: what there is to choose, asking, and reading them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.audit.log import record
from engage.core.indicators.model import Indicator
from engage.crosstabs.treated.models import TreatedComparison
from engage.jobs import store as jobs
from engage.waves.models import Wave

JOB = "compare_wards"


class ChoiceError(ValueError):
    """Wards or waves that cannot be compared; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A comparison as pages read it; `result` is None until the worker has made it."""

    id: int
    questionnaire: str
    before: Wave
    after: Wave
    treated: Sequence[str]
    control: Sequence[str]
    asked_at: datetime
    result: Mapping[str, Any] | None


def key_of(comparison_id: int) -> str:
    """The key by which a comparison is made only once at a time."""
    return f"treated-{comparison_id}"


def ask(
    session: Session,
    questionnaire: str,
    waves: tuple[int, int],
    wards: tuple[set[str], set[str]],
    *,
    known: Mapping[str, str],
    among: Sequence[int],
    staff_id: int,
    now: datetime,
) -> int:
    """Ask the worker for a comparison, or find the same one; its number. The caller commits.

    `waves` are the earlier and the later, out of `among` in their order; `wards` are treated and
    control, out of `known`. Raises ChoiceError.
    """
    before, after = waves
    treated, control = wards
    if before not in among or after not in among or among.index(before) >= among.index(after):
        raise ChoiceError("Choose two waves, the earlier one first.")
    if not treated or not control:
        raise ChoiceError("Choose at least one ward where something was done and one where not.")
    if unknown := sorted((treated | control) - set(known)):
        raise ChoiceError(f"There is no ward {unknown[0][:20]}. Choose from the list.")
    if both := sorted(known[ward] for ward in treated & control):
        raise ChoiceError(f"{', '.join(both)} cannot be on both sides. Choose one.")
    given = {
        "questionnaire": questionnaire,
        "before_id": before,
        "after_id": after,
        "treated": json.dumps(sorted(treated)),
        "control": json.dumps(sorted(control)),
    }
    same = session.scalars(select(TreatedComparison).filter_by(**given)).first()
    if same:
        return same.id
    row = TreatedComparison(**given, asked_at=now)
    session.add(row)
    session.flush()
    payload = {"comparison_id": row.id}
    jobs.enqueue(session, JOB, payload, due_at=now, key=key_of(row.id))
    record(
        session,
        at=now,
        staff_id=staff_id,
        action="comparison.asked",
        subject=f"comparison:{row.id}",
        detail={"before": before, "after": after},
    )
    return row.id


def asked_of(session: Session, questionnaire: str) -> list[Asked]:
    """The comparisons of a questionnaire, newest first."""
    rows = session.scalars(
        select(TreatedComparison)
        .filter_by(questionnaire=questionnaire)
        .order_by(TreatedComparison.id.desc())
    )
    return [_asked(session, row) for row in rows]


def find(session: Session, comparison_id: int) -> Asked | None:
    """A comparison by its number; None where there is none."""
    row = session.get(TreatedComparison, comparison_id)
    return _asked(session, row) if row else None


def of_indicator(result: Mapping[str, Any], indicator: Indicator) -> Mapping[str, Any] | None:
    """What a result says of one indicator."""
    return next((row for row in result["rows"] if row["indicator"] == indicator.id), None)


def _asked(session: Session, row: TreatedComparison) -> Asked:
    return Asked(
        id=row.id,
        questionnaire=row.questionnaire,
        before=session.get_one(Wave, row.before_id),
        after=session.get_one(Wave, row.after_id),
        treated=json.loads(row.treated),
        control=json.loads(row.control),
        asked_at=row.asked_at,
        result=json.loads(row.result) if row.result else None,
    )
