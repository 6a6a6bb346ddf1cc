"""The key of a centre is made when its first worker signs in, for that worker alone.

Staff who register a centre do not hold it. Another worker gets it from a colleague who gives it
(`engage.thirdparty.colleagues`), and the statistics key from a caseworker (`engage.casework`): no
sign-in gives anybody a key that opens what came before them.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.audit.log import record
from engage.centres.store import worker_of
from engage.clock import day_of
from engage.keyring.shared import RECOVERY, make_shared, public_of
from engage.sessions.store import SignedIn


def settle(session: Session, member: SignedIn, now: datetime) -> None:
    """Make the key of the centre that somebody works for, if it has none; the caller commits."""
    worker = worker_of(session.connection(), member.id)
    if worker is None or public_of(session, RECOVERY) is None:
        return
    if public_of(session, worker.shared_key) is None:
        make_shared(session, worker.shared_key, [member.id], day_of(now))
        record(
            session,
            at=now,
            staff_id=member.id,
            action="centre.key_made",
            subject=f"centre:{worker.centre_id}",
        )
