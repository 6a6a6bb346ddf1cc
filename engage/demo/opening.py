"""The gates of a wave of the demonstration, signed by its manager and agreed by somebody else."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.approvals.store import agreed, ask, give
from engage.clock import day_of
from engage.config import Settings
from engage.waves.gate_points import ACCESSIBILITY_POINTS, ETHICS_POINTS
from engage.waves.gates import Gate, GateName, Site, gates_of, site_of, standing_digest
from engage.waves.lengths import years_after
from engage.waves.models import Wave
from engage.waves.signing import sign
from engage.waves.store import signed_of
from engage.waves.transitions import open_to_answers


def sign_and_open(session: Session, settings: Settings, wave: Wave, now: datetime) -> None:
    """Sign what a wave needs, have it agreed, and open it; the caller commits."""
    manager, second = (_number(session, each) for each in (Role.SURVEY_MANAGER, Role.ADMINISTRATOR))
    site, today = site_of(settings), day_of(now)
    sign_gates(session, wave, site, by=manager, now=now)
    subject, mark = f"wave:{wave.id}", standing_digest(wave, signed_of(session, wave.id))
    ask(session, subject, mark, by=manager, now=now)
    give(session, subject, mark, by=second, now=now)
    open_to_answers(session, wave.id, today, site=site, agreed=agreed(session, subject))


def sign_gates(session: Session, wave: Wave, site: Site, *, by: int, now: datetime) -> None:
    """Sign every gate of a wave that a person signs; the caller commits."""
    for gate in gates_of(wave, {}, site, day_of(now)):
        if gate.signable:
            sign(session, wave.id, gate.name, _facts(gate, wave.opens_on), by=by, now=now, seen=0)


def _facts(gate: Gate, opens: date) -> dict[str, object]:
    if gate.name is GateName.IMPACT:
        return {
            "reference": f"DPIA {opens.year}-07",
            "agreed_by": "the information governance board",
            "agreed_on": opens.replace(day=1).isoformat(),
            "review_on": years_after(opens, 2).isoformat(),
        }
    points = {GateName.ACCESSIBILITY: ACCESSIBILITY_POINTS, GateName.ETHICS: ETHICS_POINTS}
    if gate.name in points:
        return {"points": list(points[gate.name])}
    return {"reason": "The words of the national survey are kept, to compare with it."}


def _number(session: Session, role: Role) -> int:
    """The account of the demonstration with that role."""
    return session.scalars(select(StaffMember.id).filter_by(role=role).limit(1)).one()
