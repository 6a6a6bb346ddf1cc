"""Noting what whoever is signed in does, in the transaction of their request."""

from collections.abc import Mapping

from engage import clock
from engage.audit.log import Fact, record
from engage.extensions import db
from engage.web.access import current_user


def note_done(action: str, subject: str, detail: Mapping[str, Fact] | None = None) -> None:
    """Put into the audit log what they do now; see `record` for what may stand there."""
    record(
        db.session(),
        at=clock.now(),
        staff_id=current_user.id,
        action=action,
        subject=subject,
        detail=detail,
    )
