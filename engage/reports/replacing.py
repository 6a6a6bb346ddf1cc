"""Replacing the recovery key, such as when somebody may have seen its private half.

What is in backups stays sealed to the old one, which is needed until the last of those is gone.
"""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.keyring.models import KeyShare, SharedKey
from engage.keyring.shared import RECOVERY, KeyringError
from engage.reports.holders import KEYS
from engage.reports.restoring import recovered
from engage.seals.broken import BrokenSealError
from engage.seals.pairs import Pair, new_pair, seal_to

SHARES = table_of(KeyShare)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A new recovery key; `left` is how many rows the old one did not open, and nor does it."""

    private: bytes = field(repr=False)
    reports: int
    left: int


def replace(session: Session, old: Pair, today: date) -> Replaced:
    """Seal all that the recovery key opens to a new one, in the caller's transaction.

    `old` is the whole pair of now (`recovery_pair`). Nothing is sealed to the old one meanwhile:
    whoever seals holds its row (`public_for_sealing`). Raises KeyringError.
    """
    row = session.scalars(select(SharedKey).filter_by(name=RECOVERY).with_for_update()).one()
    if row.public != old.public:
        raise KeyringError("Somebody else replaced the recovery key just now: start from theirs.")
    pair = new_pair()
    row.public, row.made_on = pair.public, today
    shares, lost = _shares(session, old, pair.public)
    reports = [
        {"row": each.row_id, "sealed": each.rings.sealed_to(pair.public)}
        for each in recovered(session, old)
    ]
    held_by_it = (KEYS.c.staff_id.is_(None), KEYS.c.mark.is_(None))
    kept = session.scalar(select(func.count()).select_from(KEYS).where(*held_by_it)) or 0
    connection = session.connection()
    for table, rows in ((SHARES, shares), (KEYS, reports)):
        if rows:
            connection.execute(
                update(table)
                .where(table.c.id == bindparam("row"))
                .values(sealed=bindparam("sealed")),
                rows,
            )
    return Replaced(pair.private, len(reports), lost + kept - len(reports))


def _shares(session: Session, old: Pair, public: bytes) -> tuple[list[dict[str, object]], int]:
    """The shared keys for the new recovery key, by row, and how many the old one did not open."""
    rows: list[dict[str, object]] = []
    lost = 0
    stored = select(SHARES.c.id, SHARES.c.sealed).where(SHARES.c.staff_id.is_(None))
    for share_id, sealed in session.execute(stored):
        try:
            rows.append({"row": share_id, "sealed": seal_to(public, old.open(sealed))})
        except BrokenSealError:
            lost += 1
    return rows, lost
