"""The key of a centre reaches its workers: the first one's sign-in makes it, later ones share it.

Staff who register a centre do not hold its key, so only a worker can give it to another. The
statistics key is given by a person (`engage.casework`), since it opens facts about every report.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.centres.store import worker_of, workers_of
from engage.clock import day_of
from engage.keyring.held import Held, shares
from engage.keyring.models import StaffKey
from engage.keyring.shared import RECOVERY, lacking, make_shared, public_of, share_with
from engage.seals.pairs import pair_of
from engage.sessions.store import SignedIn


def settle(session: Session, member: SignedIn, private: bytes, now: datetime) -> None:
    """Make or share the key of the centre that somebody works for; the caller commits."""
    connection = session.connection()
    worker = worker_of(connection, member.id)
    if worker is None or public_of(session, RECOVERY) is None:
        return
    name = worker.shared_key
    colleagues = [each.staff_id for each in workers_of(connection, worker.centre_id)]
    keyed = select(StaffKey.staff_id).where(StaffKey.staff_id.in_(colleagues))
    holders = set(session.scalars(keyed))
    if public_of(session, name) is None:
        make_shared(session, name, sorted(holders), day_of(now))
        return
    held = Held(member.id, private, shares(connection, pair_of(private), member.id))
    if name in held.shared:
        for staff_id in sorted(lacking(session, name, holders)):
            share_with(session, held, name, staff_id)
