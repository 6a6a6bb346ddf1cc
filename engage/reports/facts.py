"""What is counted of a report: sealed to the statistics key, and kept when the rest is gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, select, update

from engage.extensions import table_of
from engage.keyring.shared import STATISTICS, public_of
from engage.reports.models import Report
from engage.seals.pairs import pair_of, seal_to

REPORTS = table_of(Report)
STEP = 1024
"""Bytes: facts are filled up with spaces to a multiple of it before they are sealed."""


class NoStatisticsKeyError(Exception):
    """There is no statistics key yet, so facts could be read by nobody."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The coded facts of a report: no words, no place but the ward, no day but the month.

    `wishes` are the levels by agency; `centre` is a centre's number; `outcome` is a code.
    """

    month: str
    kind: str = ""
    strands: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    ward: str = ""
    place_type: str = ""
    centre: int | None = None
    wishes: Mapping[str, str] = field(default_factory=dict)
    days_to_first_contact: int | None = None
    outcome: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The facts as JSON can carry them."""
        return asdict(self) | {"wishes": dict(self.wishes)}

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "Facts":
        """The facts that `to_dict` wrote; what it does not know is passed over."""
        known = {name: given[name] for name in cls.__slots__ if name in given}
        listed = {name: tuple(known.get(name, ())) for name in ("strands", "types")}
        return cls(**known | listed)


def sealed_facts(connection: Connection, facts: Facts) -> bytes:
    """Facts for the holders of the statistics key; raises NoStatisticsKeyError."""
    public = public_of(connection, STATISTICS)
    if public is None:
        raise NoStatisticsKeyError(
            "There is no statistics key: it is made with the first caseworker's keys."
        )
    plain = orjson.dumps(facts.to_dict())
    return seal_to(public, plain + b" " * (-len(plain) % STEP))


def seal_facts(connection: Connection, report_id: str, facts: Facts) -> None:
    """Put new facts in the place of a report's; what they were before cannot be read here."""
    sealed = sealed_facts(connection, facts)
    connection.execute(update(REPORTS).where(REPORTS.c.id == report_id).values(facts=sealed))


def facts_of(connection: Connection, report_id: str, private: bytes) -> Facts | None:
    """The facts of a report; `private` is that of the statistics key. None if none are kept."""
    sealed = connection.scalar(select(REPORTS.c.facts).where(REPORTS.c.id == report_id))
    return Facts.from_dict(orjson.loads(pair_of(private).open(sealed))) if sealed else None


def all_facts(connection: Connection, private: bytes) -> Iterator[Facts]:
    """The facts of every report, in no order; `private` is that of the statistics key."""
    pair = pair_of(private)
    sealed: Sequence[bytes] = connection.scalars(
        select(REPORTS.c.facts).where(REPORTS.c.facts.is_not(None))
    ).all()
    for each in sealed:
        yield Facts.from_dict(orjson.loads(pair.open(each)))
