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
LASTING = (
    "What you do in an emergency ends with the hour: you cannot invite anybody, change a role or "
    "name somebody for emergencies. Whoever runs the site can, by command: flask --app run staff."
)


def refuse_demoted(session: Session) -> None:
    """Go on only if nobody took the right to change accounts from us while we waited."""
    now = recognise(session.connection(), current_user.token, clock.now())
    if now is None or now.role != Role.ADMINISTRATOR:
        abort(403)


def refuse_in_emergency(step: str, member: StaffMember) -> None:
    """An hour of break-glass gives nobody a lasting right, nor takes those away who look at it."""
    if current_user.emergency is None:
        return
    if step in LASTING_STEPS:
        raise AccountError(LASTING)
    if step not in ABOUT_ANYBODY and member.role in OVERSEERS:
        raise AccountError(
            f"{member.name} is administrator or auditor. In an emergency you cannot put them out "
            "or change how they sign in: whoever runs the site can, by command."
        )
