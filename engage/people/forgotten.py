"""The numbers of deleted accounts, taken out of what need not say any more who did it."""

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from engage.accounts.models import StaffMember
from engage.accounts.store import forget_leavers
from engage.actions.models import Action, ActionUpdate
from engage.crosstabs.models import CrossTable
from engage.freetext.models import FrameVersion, Quote
from engage.published.models import Publication

NOBODY = 0
"""In the place of a number: no account has it."""
ENDLESS: tuple[InstrumentedAttribute[int], ...] = (
    Action.keeper,
    ActionUpdate.staff_id,
    CrossTable.asked_by,
    FrameVersion.staff_id,
    Publication.made_by,
    Quote.asked_by,
)
"""Where a number would stand as long as the thing itself, which may be for ever."""


def forget_accounts(session: Session, today: date) -> int:
    """Delete the accounts of people who left long enough ago, and their numbers; how many.

    The audit log and what two people agreed to keep the number: that is six years, and says it.
    The caller commits.
    """
    gone = forget_leavers(session, today)
    there = select(StaffMember.id)
    for column in ENDLESS:
        old = update(column.class_).where(column.not_in(there), column != NOBODY)
        session.execute(
            old.values({column: NOBODY}), execution_options={"synchronize_session": False}
        )
    return gone
