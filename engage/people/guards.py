"""What an administrator may not do about an account: after losing the role, or for an hour only."""

from flask import abort
from sqlalchemy.orm import Session

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.accounts.store import AccountError
from engage.sessions.store import recognise
from engage.web.access import current_user

OVERSEERS = (Role.ADMINISTRATOR, Role.AUDITOR)
ABOUT_ANYBODY = ("unlock", "no_emergency")
LASTING_STEPS = ("role", "name_for_emergency")
CANNOT_WAIT = "If it cannot wait, ask whoever looks after the server: they can do it there."
LASTING = (
    "What you do in an emergency ends with the hour: you cannot invite anybody, change a role or "
    f"name somebody for emergencies. {CANNOT_WAIT}"
)


def refuse_demoted(session: Session) -> None:
    """Go on only if nobody took the right to change accounts from us while we waited."""
    now = recognise(session.connection(), current_user.token, clock.now())
    if now is None or now.role != Role.ADMINISTRATOR:
        abort(403)


def refuse_in_emergency(step: str, member: StaffMember) -> None:
    """An hour of break-glass gives nobody a lasting right, nor takes those away who look at it."""
    if said := beyond_the_hour(step, member):
        raise AccountError(said)


def beyond_the_hour(step: str, member: StaffMember) -> str:
    """Why a step cannot be done in an hour of break-glass; empty where it can, or in no hour."""
    if current_user.emergency is None:
        return ""
    if step in LASTING_STEPS:
        return LASTING
    if step not in ABOUT_ANYBODY and member.role in OVERSEERS:
        return (
            f"{member.name} is administrator or auditor. In an emergency you cannot put them out "
            f"or change how they sign in. {CANNOT_WAIT}"
        )
    return ""
