"""Letting somebody open again what they lost with their password, by the recovery key.

Its private half is kept away from this machine and is read from standard input, once.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.models import StaffMember
from engage.centres.store import worker_of
from engage.extensions import INSERTS
from engage.keyring.entitled import entitled
from engage.keyring.models import KeyShare, SharedKey
from engage.keyring.roles import KEYED
from engage.keyring.shared import RECOVERY, STATISTICS, KeyringError, public_of, seal_share
from engage.reports.holders import KEYS, staff_row
from engage.reports.rings import Rings, unsealed
from engage.seals.broken import BrokenSealError
from engage.seals.pairs import Pair, pair_of

GROUP = 4
SIZE = 32


def written(private: bytes) -> str:
    """A private half as it is printed: sixteen groups of hexadecimal digits."""
    digits = private.hex()
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def recovery_pair(session: Session, typed: str) -> Pair:
    """The recovery key from what was printed; raises KeyringError, which does not repeat it."""
    try:
        private = bytes.fromhex("".join(typed.split()))
    except ValueError:
        private = b""
    if len(private) != SIZE or pair_of(private).public != public_of(session, RECOVERY):
        raise KeyringError(
            "This is not the private half of this site's recovery key. Give the sixteen groups "
            "that `reports recovery-key` printed, in one line on standard input."
        )
    return pair_of(private)


@dataclass(frozen=True, slots=True)
class Recovered:
    """The keys of a report, out of the row that holds them for the recovery key."""

    row_id: str
    report_id: str
    rings: Rings


def restore(session: Session, recovery: Pair, member: StaffMember) -> int:
    """Seal to somebody's present key all that their role opens; how many reports.

    Raises KeyringError for a role without keys. The caller commits.
    """
    if member.role not in KEYED or not member.active:
        raise KeyringError(f"{member.email} holds no keys: their role is {member.role}.")
    public = entitled(session).get(member.id)
    for name in _shared_names(session, member):
        found = session.execute(
            select(SharedKey.id, KeyShare.sealed)
            .join(KeyShare, KeyShare.shared_key_id == SharedKey.id)
            .where(SharedKey.name == name, KeyShare.staff_id.is_(None))
        ).one_or_none()
        if found is not None:
            seal_share(session, found.id, member.id, recovery.open(found.sealed))
    return _restore_reports(session, recovery, member.id, public) if public else 0


def recovered(session: Session, recovery: Pair) -> Iterator[Recovered]:
    """What the recovery key opens; rows that somebody changed are passed over."""
    held_by_it = (KEYS.c.staff_id.is_(None), KEYS.c.mark.is_(None))
    columns = select(KEYS.c.id, KEYS.c.report_id, KEYS.c.sealed)
    for row_id, report_id, sealed in session.execute(columns.where(*held_by_it)):
        with suppress(BrokenSealError):
            yield Recovered(row_id, report_id, unsealed(recovery, sealed))


def _shared_names(session: Session, member: StaffMember) -> list[str]:
    worker = worker_of(session.connection(), member.id)
    return [worker.shared_key] if worker else [STATISTICS]


def _restore_reports(session: Session, recovery: Pair, staff_id: int, public: bytes) -> int:
    rows = [
        staff_row(each.report_id, staff_id, public, each.rings)
        for each in recovered(session, recovery)
    ]
    put = INSERTS[session.get_bind().dialect.name](KEYS)
    put = put.on_conflict_do_update(
        index_elements=["report_id", "staff_id"], set_={"sealed": put.excluded.sealed}
    )
    if rows:
        session.execute(put, rows)
    return len(rows)
