"""Signatures from a list go into the register, and into the count, in one transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.legacy.keyed import Keyed
from engage.pledges import counts
from engage.pledges.models import Kind, Member, NameState, Signature, SignatureBatch, Source, State

SIGNATURES = table_of(Signature)
NOTHING_TYPED: dict[str, Any] = {
    "contact_id": None,
    "words_id": None,
    "organisation_id": None,
    "name": "",
    "name_state": NameState.WAITS,
    "show_name": False,
    "under_18": False,
    "ward": "",
    "network": None,
    "expires_at": None,
}
"""What a form leaves of itself in a signature that counts from a list."""


def mailboxes(session: Session, pledge_id: int) -> set[tuple[bytes, str]]:
    """The mailboxes that signed a pledge, with the kind of who did: nobody is brought back in.

    Whatever became of it, and whoever of a home it was; an organisation is apart of them. A form
    that nobody confirmed is no signature: a stranger may have filled it in.
    """
    signed = select(SIGNATURES.c.address_key, SIGNATURES.c.kind).where(
        SIGNATURES.c.pledge_id == pledge_id, SIGNATURES.c.state != State.PENDING
    )
    return {(key, kind) for key, kind in session.execute(signed)}


def insert_new(session: Session, batch: SignatureBatch, new: Iterable[Keyed], day: date) -> int:
    """Insert what is new and count it; how many there were. `day` is for rows without one.

    A mailbox that signs at the same moment is skipped, and so not counted twice. One for which a
    form waits counts from the list, and the form's link leads nowhere. Nothing personal is stored
    but the keyed hash, so nobody on the list can be written to.
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
    waited = _take_what_waits(session.connection(), batch.pledge_id, rows)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    inserted = insert(SIGNATURES).on_conflict_do_nothing().returning(SIGNATURES.c.kind)
    kinds = Counter(session.connection().execute(inserted, rows).scalars())
    kinds.update(waited)
    for kind, number in sorted(kinds.items()):
        counts.shift(session.connection(), batch.pledge_id, kind, "", number)
    return kinds.total()


def _take_what_waits(
    connection: Connection, pledge_id: int, rows: Iterable[dict[str, Any]]
) -> list[str]:
    """Make forms that wait what the list says, in the order of their numbers; their kinds."""
    listed = {(each["address_key"], int(each["member"])): each for each in rows}
    forms = select(SIGNATURES.c.id, SIGNATURES.c.address_key, SIGNATURES.c.member).where(
        SIGNATURES.c.pledge_id == pledge_id, SIGNATURES.c.state == State.PENDING
    )
    kinds = []
    for form in connection.execute(forms.order_by(SIGNATURES.c.id)).all():
        row = listed.get((form.address_key, form.member))
        if row is not None:
            still = (SIGNATURES.c.id == form.id, SIGNATURES.c.state == State.PENDING)
            taken = update(SIGNATURES).where(*still).values(row | NOTHING_TYPED)
            if connection.execute(taken).rowcount == 1:
                kinds.append(str(row["kind"]))
    return kinds
