"""Taking a report in: sealed to all who may open it, and stored in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert

from engage.extensions import table_of
from engage.keyring.entitled import entitled
from engage.keyring.shared import RECOVERY, public_for_sealing
from engage.reports.facts import REPORTS, Facts, sealed_facts
from engage.reports.holders import (
    CentreHolder,
    blank_row,
    marked_row,
    new_id,
    put_rows,
    recovery_row,
    staff_row,
)
from engage.reports.models import ReportPart, Status
from engage.reports.parts import PARTS, seal_part
from engage.reports.receipts import CodeKeys, code_keys
from engage.reports.rings import new_rings
from engage.seals.pairs import pair_of

REPORT_PARTS = table_of(ReportPart)


class NobodyCanReadError(Exception):
    """A report could be opened by nobody: there is no recovery key, or no caseworker's key."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report as it comes in. Of `parts`, what is not given is stored as an empty one.

    `centre` is the centre whose worker made it. `code` is the receipt's (None: declined): as
    digits, or already stretched, which is better where a transaction is open.
    """

    parts: Mapping[str, Mapping[str, Any]] = field(repr=False)
    facts: Facts = field(repr=False)
    centre: CentreHolder | None = field(default=None, repr=False)
    code: str | CodeKeys | None = field(default=None, repr=False)


def receive(connection: Connection, new: NewReport, *, salt: bytes, today: date) -> str:
    """Seal and store a report in the caller's transaction; its id.

    Raises NobodyCanReadError, and ValueError for a part that reports do not have.
    """
    unknown = set(new.parts) - set(PARTS)
    if unknown:
        raise ValueError(f"A report has no part {min(unknown)!r}: it has {', '.join(PARTS)}.")
    code = code_keys(new.code, salt) if isinstance(new.code, str) else new.code
    recovery = public_for_sealing(connection, RECOVERY)
    staff = entitled(connection)
    if recovery is None or not staff:
        raise NobodyCanReadError(
            "Make the recovery key (`flask reports recovery-key`) and a caseworker's account "
            "first: nobody could read this report."
        )
    rings, report_id = new_rings(), new_id()
    row = {
        "id": report_id,
        "month": f"{today:%Y-%m}",
        "status": Status.NEW,
        "version": 1,
        "held": False,
        "facts": sealed_facts(connection, new.facts),
    }
    connection.execute(insert(REPORTS), row)
    connection.execute(
        insert(REPORT_PARTS),
        [
            {
                "report_id": report_id,
                "part": part,
                "version": 1,
                "sealed": seal_part(rings, report_id, part, 1, new.parts.get(part, {})),
            }
            for part in PARTS
        ],
    )
    holders = [staff_row(report_id, each, public, rings) for each, public in staff.items()]
    holders.append(recovery_row(report_id, recovery, rings))
    if code is None:
        holders.append(blank_row(report_id))
    else:
        public = pair_of(code.private).public
        reporter = rings.only("content", "talk")
        holders.append(marked_row(report_id, code.mark, public, reporter))
    put_rows(connection, report_id, holders, new.centre, rings)
    return report_id
