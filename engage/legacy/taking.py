"""Signatures from a list go into the register, and into the count, in one transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.legacy.keyed import Keyed
from engage.pledges import counts
from engage.pledges.models import Kind, Member, Signature, SignatureBatch, Source, State

SIGNATURES = table_of(Signature)


def mailboxes(session: Session, pledge_id: int) -> set[bytes]:
    """The mailboxes that signed a pledge, whatever became of it: nobody is brought back in."""
    signed = select(SIGNATURES.c.address_key).where(
        SIGNATURES.c.pledge_id == pledge_id, SIGNATURES.c.member == Member.FIRST
    )
    return set(session.execute(signed).scalars())


def insert_new(session: Session, batch: SignatureBatch, new: Iterable[Keyed], day: date) -> int:
    """Insert what is new and count it; how many there were. `day` is for rows without one.

    A mailbox that signs at the same moment is skipped, and so not counted twice. Nothing personal
    is stored but the keyed hash, so nobody on the list can be written to.
    """
    rows = [
        {
            "pledge_id": batch.pledge_id,
            "kind": each.kind,
            "state": State.CONFIRMED.value,
            "address_key": each.key,
            "member": Member.ORGANISATION if each.kind == Kind.ORGANISATION else Member.FIRST,
            "source": Source.LEGACY.value,
            "batch_id": batch.id,
            "signed_on": each.day or day,
            "confirmed_on": each.day or day,
        }
        # In one order, so that two lists that are taken at once wait for each other, not in turn.
        for each in sorted(new, key=lambda each: each.key)
    ]
    if not rows:
        return 0
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    inserted = insert(SIGNATURES).on_conflict_do_nothing().returning(SIGNATURES.c.kind)
    kinds = Counter(session.connection().execute(inserted, rows).scalars())
    for kind, number in sorted(kinds.items()):
        counts.shift(session.connection(), batch.pledge_id, kind, "", number)
    return kinds.total()
