"""What is done at the gates of a wave. The caller commits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.approvals import store as approvals
from engage.approvals.models import Approval
from engage.approvals.store import ApprovalError
from engage.approvals.told import Thing, wave_names
from engage.audit.log import record
from engage.clock import day_of
from engage.waves.gates import Gate, GateName, Site, gates_of, standing_digest
from engage.waves.models import Wave, WaveGate
from engage.waves.signing import sign
from engage.waves.store import signed_of
from engage.waves.transitions import locked

AGREEING = (Role.SURVEY_MANAGER, Role.ADMINISTRATOR)
"""Who may agree that a wave opens."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How far a wave is with its gates, and what a second person said.

    `alone` is whether nobody but the person who looks could agree. `names` are those of staff.
    """

    gates: tuple[Gate, ...]
    digest: str
    standing: Approval | None
    waiting: Approval | None
    refused: Approval | None
    alone: bool
    names: Mapping[int, str]

    @property
    def green(self) -> bool:
        """Whether nothing is missing at any gate."""
        return all(gate.green for gate in self.gates)

    def name(self, number: int | None) -> str:
        """Somebody's name; that of an account that is gone is not known any more."""
        return self.names.get(number or 0, "somebody who has left")


def subject_of(wave_id: int) -> str:
    """What an approval of the opening of a wave is about."""
    return f"wave:{wave_id}"


def about_waves(session: Session, numbers: Collection[int]) -> dict[int, Thing]:
    """What opening a wave is called in the list of what was approved."""
    return {
        number: Thing(f"Opening the survey {name}", {"wave_id": number})
        for number, name in wave_names(session, numbers).items()
    }


def opening_of(session: Session, wave: Wave, site: Site, today: date, viewer: int) -> Opening:
    """The gates of a wave as somebody sees them today."""
    signed, subject = signed_of(session, wave.id), subject_of(wave.id)
    mark = standing_digest(wave, signed)
    history = approvals.history(session, subject)
    last = next((each for each in history if each.state != "withdrawn"), None)
    people = {row.signed_by for row in signed.values()}
    people |= {each for one in history for each in (one.asked_by, one.decided_by) if each}
    return Opening(
        gates=gates_of(wave, signed, site, today),
        digest=mark,
        standing=approvals.standing(session, subject, mark),
        waiting=approvals.waiting_for(session, subject),
        refused=last if last and last.state == "refused" and last.digest == mark else None,
        alone=not approvals.others(session, AGREEING, viewer),
        names=_names(session, people),
    )


def sign_gate(
    session: Session,
    wave_id: int,
    gate: GateName,
    facts: Mapping[str, Any],
    *,
    by: int,
    now: datetime,
    seen: int,
) -> WaveGate:
    """Sign a gate; raises WaveError, and SignedElsewhereError where somebody else just did."""
    row = sign(session, wave_id, gate, facts, by=by, now=now, seen=seen)
    record(
        session,
        at=now,
        staff_id=by,
        action="gate.signed",
        subject=subject_of(wave_id),
        detail={"gate": gate.value, "times": row.version},
    )
    return row


def decide(
    session: Session,
    wave_id: int,
    answer: str,
    *,
    digest: str,
    reason: str,
    site: Site,
    by: int,
    now: datetime,
) -> None:
    """Ask, agree, refuse or go without: `answer` says which; raises ApprovalError, WaveError.

    Nobody agrees to what they did not see: `digest` is of the state that the page showed.
    """
    wave, subject = locked(session, wave_id), subject_of(wave_id)
    signed = signed_of(session, wave_id)
    if digest != standing_digest(wave, signed):
        raise ApprovalError("It was changed since you looked. Look at the page again.")
    if answer != "refuse":
        _refuse_red(gates_of(wave, signed, site, day_of(now)))
    if answer == "ask":
        approvals.ask(session, subject, digest, by=by, now=now)
    elif answer == "agree":
        approvals.give(session, subject, digest, by=by, now=now)
    elif answer == "refuse":
        approvals.refuse(session, subject, digest, by=by, now=now, reason=reason)
    else:
        approvals.waive(session, subject, digest, by=by, now=now, reason=reason, roles=AGREEING)


def _refuse_red(gates: tuple[Gate, ...]) -> None:
    red = ", ".join(gate.title for gate in gates if not gate.green)
    if red:
        raise ApprovalError(f"Something is still missing at: {red}. Put that right first.")


def _names(session: Session, numbers: set[int]) -> dict[int, str]:
    wanted = select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(numbers))
    return {row.id: row.name for row in session.execute(wanted)}
