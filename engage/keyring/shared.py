"""Pairs that several people hold: each has the private half sealed to their own key.

The recovery key is one of them; nobody holds that one here. Its private half is printed once.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from engage.extensions import INSERTS, table_of
from engage.keyring.entitled import entitled
from engage.keyring.held import Held
from engage.keyring.models import KeyShare, SharedKey, StaffKey
from engage.seals.pairs import new_pair, seal_to

RECOVERY = "recovery"
STATISTICS = "statistics"


class KeyringError(ValueError):
    """A key cannot be made or shared so; the message says why and what to do."""


def public_of(connection: Connection | Session, name: str) -> bytes | None:
    """The public half of a shared pair; none before it is made."""
    found = connection.execute(select(SharedKey.public).where(SharedKey.name == name))
    public: bytes | None = found.scalar_one_or_none()
    return public


def public_for_sealing(connection: Connection | Session, name: str) -> bytes | None:
    """The same, and it stays so until this transaction ends.

    Otherwise a key could be replaced between being read and being used, and what was sealed to
    the old one would be passed over.
    """
    shared = select(SharedKey.public).where(SharedKey.name == name)
    found = connection.execute(shared.with_for_update(read=True, key_share=True))
    public: bytes | None = found.scalar_one_or_none()
    return public


def make_recovery(session: Session, today: date) -> bytes:
    """Make the recovery key and hand out its private half, which is kept nowhere.

    Raises KeyringError when there is one: what is sealed to it could be opened with no other.
    """
    if public_of(session, RECOVERY) is not None:
        raise KeyringError(
            "There is a recovery key already. Take its private half from where it was put; if it "
            "is lost, reports stay readable only while somebody entitled knows their password."
        )
    pair = new_pair()
    session.add(SharedKey(name=RECOVERY, public=pair.public, made_on=today))
    session.flush()
    make_statistics(session, today)
    return pair.private


def make_statistics(session: Session, today: date) -> None:
    """Make the statistics key as soon as there are a recovery key and somebody to hold it."""
    holders = entitled(session)
    if holders and public_of(session, RECOVERY) and not public_of(session, STATISTICS):
        make_shared(session, STATISTICS, holders, today)


def make_shared(session: Session, name: str, staff_ids: Iterable[int], today: date) -> bytes:
    """A new pair sealed to these staff and to the recovery key; its public half.

    Raises KeyringError without a recovery key, or for somebody who has no key.
    """
    recovery = public_for_sealing(session, RECOVERY)
    if recovery is None:
        raise KeyringError(
            "There is no recovery key yet. Make it first: flask --app run reports recovery-key."
        )
    pair = new_pair()
    key = SharedKey(name=name, public=pair.public, made_on=today)
    session.add(key)
    session.flush()
    session.add(KeyShare(shared_key_id=key.id, sealed=seal_to(recovery, pair.private)))
    for staff_id in staff_ids:
        seal_share(session, key.id, staff_id, pair.private)
    session.flush()
    return pair.public


def share_with(session: Session, held: Held, name: str, staff_id: int) -> None:
    """Let somebody else hold a shared key too; raises KeyringError if `held` does not hold it."""
    key_id = session.scalar(select(SharedKey.id).where(SharedKey.name == name))
    if key_id is None or name not in held.shared:
        raise KeyringError(f"You do not hold the key {name!r}: ask somebody who does to share it.")
    seal_share(session, key_id, staff_id, held.shared[name])


def seal_share(session: Session, key_id: int, staff_id: int, private: bytes) -> None:
    """Store a shared private half sealed to somebody; anew if they have it already."""
    public = session.scalar(select(StaffKey.public).where(StaffKey.staff_id == staff_id))
    if public is None:
        raise KeyringError(
            f"Account {staff_id} has no key yet: it gets one when that person next signs in."
        )
    sealed = seal_to(public, private)
    insert = INSERTS[session.get_bind().dialect.name](table_of(KeyShare))
    session.execute(
        insert.values(shared_key_id=key_id, staff_id=staff_id, sealed=sealed).on_conflict_do_update(
            index_elements=["shared_key_id", "staff_id"], set_={"sealed": sealed}
        )
    )


def take_away(session: Session, name: str, staff_id: int) -> None:
    """Let somebody no longer hold a shared key."""
    named = select(SharedKey.id).where(SharedKey.name == name).scalar_subquery()
    session.execute(
        delete(KeyShare).where(KeyShare.shared_key_id == named, KeyShare.staff_id == staff_id)
    )


def lacking(connection: Connection | Session, name: str, staff_ids: Iterable[int]) -> set[int]:
    """Which of these people do not hold a shared key."""
    holding = connection.execute(
        select(KeyShare.staff_id).join(SharedKey).where(SharedKey.name == name)
    ).scalars()
    return set(staff_ids) - set(holding)
