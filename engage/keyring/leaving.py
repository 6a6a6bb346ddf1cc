"""Letting a keyholder go: their keys go with them, but never the last caseworker's."""

from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.accounts.store import AccountError
from engage.keyring.entitled import caseworkers
from engage.keyring.models import StaffKey
from engage.keyring.staff_keys import lose


def refuse_last(session: Session, member: StaffMember) -> None:
    """Raise AccountError if nobody else could read reports as a caseworker."""
    holds = session.get(StaffKey, member.id) is not None and member.role == Role.CASEWORKER
    if holds and not caseworkers(session) - {member.id}:
        raise AccountError(
            f"{member.email} is the last caseworker with a key: without them nobody could read "
            "new reports, and none could be made. Make another one first, with "
            "`staff create --role caseworker`, and let a colleague open the reports to them."
        )


def let_go(session: Session, member: StaffMember) -> None:
    """Delete the keys of somebody who is leaving; raises AccountError for the last caseworker.

    The caller deactivates the account, ends its sessions, and deletes its keys to reports.
    """
    refuse_last(session, member)
    lose(session, member.id)
