"""How each account stands: what the list of people and the page of one person show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.accounts import store
from engage.accounts.models import StaffLink, StaffMember
from engage.keyring.models import StaffKey
from engage.keyring.roles import SECOND_STEP
from engage.sessions.models import StaffSession
from engage.sessions.store import IDLE


@dataclass(frozen=True, slots=True)
class Standing:
    """An account, with what is known of it elsewhere."""

    member: StaffMember
    second_step: bool
    sessions: int
    locked: bool
    link: StaffLink | None
    invited_by: str = ""
    linked_by: str = ""

    @property
    def state(self) -> str:
        """In a word."""
        if self.member.invited:
            if self.link is None:
                return "Invitation ran out"
            return "Invited" if self.link.sent_at else "Invitation is being sent"
        if not self.member.active:
            return "Left"
        return "Locked" if self.locked else "Active"

    @property
    def let_in_by(self) -> list[tuple[str, str]]:
        """Who let them in, by invitation and by a link: one line where it was the same person."""
        if self.invited_by and self.invited_by == self.linked_by:
            return [("Invited, and sent a link for a password, by", self.invited_by)]
        lines = [("Invited by", self.invited_by), ("Password by a link from", self.linked_by)]
        return [(label, name) for label, name in lines if name]

    @property
    def step(self) -> str:
        """Of the second step."""
        if self.member.role not in SECOND_STEP:
            return "Not needed"
        if self.state == "Left":  # their keys went with the account
            return "None: they left"
        return "Set up" if self.second_step else "Not yet"


def standings(session: Session, now: datetime, staff_id: int | None = None) -> list[Standing]:
    """Every account, or one, by name; those who left come last."""
    order = (StaffMember.left_on.is_not(None), StaffMember.name, StaffMember.id)
    wanted = select(StaffMember).order_by(*order)
    if staff_id is not None:
        wanted = wanted.where(StaffMember.id == staff_id)
    members = session.scalars(wanted).all()
    steps = set(session.scalars(select(StaffKey.staff_id).where(StaffKey.factor.is_not(None))))
    links = {link.staff_id: link for link in session.scalars(select(StaffLink))}
    named = select(StaffMember.id, StaffMember.name)
    names = {row.id: row.name for row in session.execute(named)}
    living = (
        StaffSession.awaits_code.is_(False),
        StaffSession.expires_at > now,
        StaffSession.seen_at > now - IDLE,
    )
    counted = select(StaffSession.staff_id, func.count()).where(*living)
    rows = session.execute(counted.group_by(StaffSession.staff_id)).all()
    sessions: dict[int, int] = {row[0]: row[1] for row in rows}
    return [
        Standing(
            member,
            member.id in steps,
            sessions.get(member.id, 0),
            store.is_locked(member, now),
            links.get(member.id),
            _called(names, member.invited_by),
            _called(names, member.linked_by),
        )
        for member in members
    ]


def _called(names: Mapping[int, str], number: int | None) -> str:
    return "" if number is None else names.get(number, f"Account {number}, which is deleted")
