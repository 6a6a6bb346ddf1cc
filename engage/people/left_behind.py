"""What somebody who leaves has in hand, so that a colleague takes it on first."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from engage.accounts.models import StaffMember
from engage.actions.models import Action, ActionState
from engage.approvals.models import Approval, ApprovalState
from engage.centres.store import worker_of, workers_of
from engage.reports.models import Report, ReportKey, Status


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Numbers, the titles of actions, and the name of a centre: nothing of a report."""

    reports: int
    only_theirs: int
    actions: tuple[str, ...]
    requests: tuple[str, ...]
    centre: str
    last_at_centre: bool

    @property
    def nothing(self) -> bool:
        """Whether nobody has to take anything on."""
        return not (self.reports or self.actions or self.requests or self.centre)


def left_behind(session: Session, member: StaffMember) -> LeftBehind:
    """What a person has in hand now."""
    own, other = aliased(ReportKey), aliased(ReportKey)
    theirs = (own.staff_id == member.id, Report.status != Status.CLOSED)
    counted = select(func.count()).select_from(own).join(Report, Report.id == own.report_id)
    elsewhere = exists().where(
        other.report_id == own.report_id,
        other.staff_id.is_not(None),
        other.staff_id != member.id,
    )
    going_on = Action.state.in_((ActionState.PLANNED, ActionState.UNDER_WAY))
    actions = select(Action.title).where(Action.keeper == member.id, going_on)
    waiting = select(Approval.subject).where(
        Approval.asked_by == member.id, Approval.state == ApprovalState.WAITING
    )
    worker = worker_of(session.connection(), member.id)
    beside = workers_of(session.connection(), worker.centre_id) if worker else []
    return LeftBehind(
        reports=session.scalar(counted.where(*theirs)) or 0,
        only_theirs=session.scalar(counted.where(*theirs, ~elsewhere)) or 0,
        actions=tuple(session.scalars(actions.order_by(Action.due_on, Action.id))),
        requests=tuple(session.scalars(waiting.order_by(Approval.id))),
        centre=worker.centre if worker else "",
        last_at_centre=len(beside) == 1,
    )
